import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeEntry, replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlMap } from "../../languages/yaml/node.ts";
import { asMap, asScalar, getPath, isNull, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "invalid-topology-spread",
  summary: "A topology spread constraint that Kubernetes refuses.",
  why: `A constraint needs a \`topologyKey\` to count by and a \`maxSkew\` of 1 or more; \`minDomains\` is at least 1 and goes with \`DoNotSchedule\` alone; no two may have both key and
\`whenUnsatisfiable\` in common. The API server refuses a pod with any other, and a Deployment with such a template never gets one.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-score:Pod Topology Spread Constraints", "kube-score:pod-topology-spread-constraints"],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"],
  fix: "review",
  keys: ["topologySpreadConstraints"],
  examples: [
    { bad: example("maxSkew: 0"), good: example("maxSkew: 1") },
    { bad: example("maxSkew: 1", "minDomains: 2"), good: example("maxSkew: 1") },
  ],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      const seen = new Set<string>();
      for (const item of itemsOf(pod.get("topologySpreadConstraints"))) {
        const constraint = asMap(item);
        if (constraint === undefined) continue;
        yield* amounts(model, constraint);
        const first = constraint.entries[0];
        const key = getPath(constraint, "topologyKey");
        if (whole && isNull(key) && first !== undefined && constraint.merges === undefined) {
          yield {
            at: first.keySpan,
            message:
              "Kubernetes refuses a constraint without `topologyKey`: add the label to count by, such as `kubernetes.io/hostname` or `topology.kubernetes.io/zone`.",
          };
        }
        const text = isUnknown(key, "kubernetes") ? undefined : scalarText(key);
        const pair = `${text} ${scalarText(getPath(constraint, "whenUnsatisfiable"))}`;
        if (text !== undefined && key !== undefined && seen.has(pair)) {
          yield {
            at: key.span,
            message: `Another constraint has \`${text}\` and the same \`whenUnsatisfiable\`, and Kubernetes refuses two of them: keep one.`,
          };
        }
        seen.add(pair);
      }
    }
  },
});

function* amounts(model: KubernetesModel, constraint: YamlMap): Iterable<Problem> {
  const skew = asScalar(getPath(constraint, "maxSkew"));
  if (typeof skew?.value === "number" && skew.value < 1) {
    yield {
      at: skew.span,
      message: `Kubernetes refuses \`maxSkew: ${skew.text}\`: 1 is the most even spread there is.`,
      fixes: () => reviewed("Set `maxSkew: 1`, the most even spread", replaceScalar(model.document, skew, 1)),
    };
  }
  const domains = asScalar(getPath(constraint, "minDomains"));
  if (typeof domains?.value !== "number") return;
  const soft = scalarText(getPath(constraint, "whenUnsatisfiable")) === "ScheduleAnyway";
  if (domains.value >= 1 && !soft) return;
  yield {
    at: domains.span,
    message: soft
      ? "`minDomains` goes with `whenUnsatisfiable: DoNotSchedule` alone, and Kubernetes refuses it here: remove one of the two."
      : `Kubernetes refuses \`minDomains: ${domains.text}\`: write 1 or more, or leave it out.`,
    fixes: () =>
      reviewed(
        "Remove `minDomains` (pods no longer wait for further nodes or zones)",
        removeEntry(model.document, constraint, "minDomains"),
      ),
  };
}

function example(...amounts: readonly string[]): string {
  const [first = "", ...rest] = amounts;
  return deploymentWith({
    pod: [
      "topologySpreadConstraints:",
      `  - ${first}`,
      ...rest.map((line) => `    ${line}`),
      "    topologyKey: kubernetes.io/hostname",
      "    whenUnsatisfiable: ScheduleAnyway",
      "    labelSelector:",
      "      matchLabels:",
      "        app: api",
    ],
  });
}
