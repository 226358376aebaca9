import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeEntry, replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import {
  asMap,
  asScalar,
  entryAt,
  getPath,
  isNull,
  isUnknown,
  itemsOf,
  scalarText,
} from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "invalid-affinity",
  summary: "An affinity that Kubernetes refuses: a weight, an operator or its values are not possible.",
  why: `A preference weighs from 1 to 100. \`In\` and \`NotIn\` compare with values, \`Exists\` and \`DoesNotExist\` with none, \`Gt\` and \`Lt\` with one whole number, and these two only about
nodes. No schema holds these together; the API server does, and a Deployment with such a template never gets a pod.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#affinity-and-anti-affinity"],
  fix: "review",
  keys: ["affinity"],
  examples: [
    { bad: example("weight: 1000", "In", "[web]"), good: example("weight: 100", "In", "[web]") },
    { bad: example("weight: 10", "Exists", "[web]"), good: example("weight: 10", "Exists") },
  ],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      for (const kind of ["nodeAffinity", "podAffinity", "podAntiAffinity"] as const) {
        const affinity = pod.get("affinity", kind);
        const preferred = itemsOf(getPath(affinity, "preferredDuringSchedulingIgnoredDuringExecution"));
        for (const item of preferred) yield* weightOf(model, item);
        const required = getPath(affinity, "requiredDuringSchedulingIgnoredDuringExecution");
        const lists =
          kind === "nodeAffinity"
            ? [
                ...itemsOf(getPath(required, "nodeSelectorTerms")),
                ...preferred.map((item) => getPath(item, "preference")),
              ].map((term) => getPath(term, "matchExpressions"))
            : [...itemsOf(required), ...preferred.map((item) => getPath(item, "podAffinityTerm"))].map((term) =>
                getPath(term, "labelSelector", "matchExpressions"),
              );
        for (const expression of lists.flatMap(itemsOf)) {
          yield* operatorOf(model, expression, { whole, ofNodes: kind === "nodeAffinity" });
        }
      }
    }
  },
});

function* weightOf(model: KubernetesModel, item: YamlNode): Iterable<Problem> {
  const weight = asScalar(getPath(item, "weight"));
  if (typeof weight?.value !== "number" || (weight.value >= 1 && weight.value <= 100)) return;
  const nearest = weight.value > 100 ? 100 : 1;
  yield {
    at: weight.span,
    message: `A preference weighs from 1 to 100, and Kubernetes refuses \`${weight.text}\`: write \`${nearest}\`, or what it is worth beside the others.`,
    fixes: () =>
      reviewed(
        `Weigh it \`${nearest}\` (look at the other preferences, too)`,
        replaceScalar(model.document, weight, nearest),
      ),
  };
}

function* operatorOf(
  model: KubernetesModel,
  expression: YamlNode,
  { whole, ofNodes }: { readonly whole: boolean; readonly ofNodes: boolean },
): Iterable<Problem> {
  const map = asMap(expression);
  const operator = entryAt(map, "operator");
  const values = entryAt(map, "values");
  const name = scalarText(operator?.value);
  if (map === undefined || operator === undefined || name === undefined || isUnknown(operator.value, "kubernetes"))
    return;
  const items = itemsOf(values?.value);
  if (name === "Exists" || name === "DoesNotExist") {
    if (items.length === 0 || values === undefined) return;
    yield {
      at: values.keySpan,
      message: `\`${name}\` compares with no values, and Kubernetes refuses them here: remove \`values\`, or write \`${name === "Exists" ? "In" : "NotIn"}\`.`,
      fixes: () =>
        reviewed(`Remove \`values\` (any value of the label then counts)`, removeEntry(model.document, map, "values")),
    };
  } else if (name === "In" || name === "NotIn") {
    const given = values !== undefined && !isNull(values.value) && values.value.type !== "seq";
    if (!whole || items.length > 0 || given) return;
    yield {
      at: operator.value.span,
      message: `\`${name}\` has nothing to compare with, and Kubernetes refuses that: add \`values\`, or write \`${name === "In" ? "Exists" : "DoesNotExist"}\`.`,
    };
  } else if (ofNodes && (name === "Gt" || name === "Lt")) {
    // Of pods `unknown-value` tells it.
    if (values === undefined) return;
    if (items.length < 2 && items.every((item) => /^-?\d+$/.test(scalarText(item) ?? "0"))) return;
    yield {
      at: values.keySpan,
      message: `\`${name}\` compares with one whole number, and Kubernetes refuses anything else: keep one.`,
    };
  }
}

function example(weight: string, operator: string, values?: string): string {
  return deploymentWith({
    pod: [
      "affinity:",
      "  nodeAffinity:",
      "    preferredDuringSchedulingIgnoredDuringExecution:",
      `      - ${weight}`,
      "        preference:",
      "          matchExpressions:",
      "            - key: pool",
      `              operator: ${operator}`,
      ...(values === undefined ? [] : [`              values: ${values}`]),
    ],
  });
}
