import { defineRule, type Problem } from "../../engine/rule.ts";
import { shapeOfKind } from "../../knowledge/kubernetes-fields/index.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { renameKey, replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlNode } from "../../languages/yaml/node.ts";
import { entriesOf, getPath, isUnknown, isUnknownText, itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { shortened } from "./shared/field-words.ts";
import { labelKeyFault, labelValueFault, type NameFault } from "./shared/names.ts";

export default defineRule("kubernetes", {
  slug: "invalid-label",
  summary:
    "A label or an annotation that Kubernetes refuses: its key or value has other characters than it takes, or too many.",
  why: `Labels are what selectors compare, so that the API server is strict about them: keys and values have at most 63 characters, letters, digits, \`-\`, \`_\` and \`.\`, and begin
and end with a letter or digit. A key may have a DNS name and a \`/\` in front. It refuses the whole object for one that does not fit, an address or a sentence as a value
being the usual case. Sentences belong into annotations, whose values are free; their keys are not.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "kube-score:Label values",
    "kube-score:label-values",
    "kics:metadata_label_is_invalid",
    "datree:WORKLOAD_INVALID_LABELS_VALUE",
  ],
  references: ["https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set"],
  fix: "review",
  examples: [
    {
      bad: jobWith({}).replace("  name: report\n", "  name: report\n  labels:\n    team: data & reports\n"),
      good: jobWith({}).replace("  name: report\n", "  name: report\n  labels:\n    team: data-reports\n"),
    },
  ],
  *check(model) {
    for (const resource of model.resources) yield* faults(model, resource);
  },
});

function* faults(model: KubernetesModel, resource: Resource): Iterable<Problem> {
  const { apiVersion, resourceKind, map, pod } = resource;
  const isKnown = shapeOfKind(apiVersion, resourceKind) !== undefined;
  yield* labels(model, getPath(map, "metadata", "labels"), "label");
  yield* labels(model, getPath(map, "metadata", "annotations"), "annotation");
  if (!isKnown) return;
  if (pod !== undefined && pod.metadata !== getPath(map, "metadata")) {
    yield* labels(model, getPath(pod.metadata, "labels"), "label");
    yield* labels(model, getPath(pod.metadata, "annotations"), "annotation");
  }
  if (pod !== undefined) yield* labels(model, pod.get("nodeSelector"), "label");
  for (const claim of itemsOf(resource.get("spec", "volumeClaimTemplates"))) {
    yield* labels(model, getPath(claim, "metadata", "labels"), "label");
  }
  const selector = resource.get("spec", "selector");
  yield* labels(
    model,
    getPath(selector, "matchLabels") ?? (resourceKind === "Service" ? selector : undefined),
    "label",
  );
}

function* labels(model: KubernetesModel, node: YamlNode | undefined, what: "label" | "annotation"): Iterable<Problem> {
  for (const entry of entriesOf(node)) {
    if (entry.key.startsWith("$") || isUnknownText(entry.key, "kubernetes")) continue;
    const keyFault = labelKeyFault(entry.key);
    if (keyFault !== undefined) yield keyProblem(model, entry, keyFault, what);
    if (what === "annotation") continue;
    const { value } = entry;
    if (
      value.type !== "scalar" ||
      value.value === null ||
      isUnknown(value, "kubernetes") ||
      /\$\(.*\)/.test(value.text)
    )
      continue;
    const { text } = value;
    const fault = labelValueFault(text);
    if (fault === undefined) continue;
    yield {
      at: value.alias ?? { start: value.span.start, end: firstLineEnd(model.document.text, value) },
      message: `\`${shortened(text)}\` is no value for a label: it ${fault.fault}${insteadOf(fault)}`,
      fixes: () =>
        fault.instead === undefined
          ? []
          : reviewed(
              `Write \`${fault.instead}\` (selectors of it must follow)`,
              replaceScalar(model.document, value, fault.instead),
            ),
    };
  }
}

function firstLineEnd(text: string, { span }: YamlNode): number {
  const end = text.indexOf("\n", span.start);
  return end < 0 ? span.end : Math.min(span.end, end);
}

function keyProblem(model: KubernetesModel, entry: YamlEntry, fault: NameFault, what: string): Problem {
  const slash = entry.key.indexOf("/");
  const instead = fault.instead === undefined ? undefined : entry.key.slice(0, slash + 1) + fault.instead;
  return {
    at: entry.keySpan,
    message: `\`${shortened(entry.key)}\` is no key for ${what === "label" ? "a" : "an"} ${what}: it ${fault.fault}${insteadOf(instead === undefined ? {} : { instead })}`,
    fixes: () =>
      instead === undefined
        ? []
        : reviewed(
            `Rename it to \`${instead}\` (what reads it must follow)`,
            renameKey(model.document, entry, instead),
          ),
  };
}

function insteadOf({ instead }: Pick<NameFault, "instead">): string {
  return instead === undefined ? "." : `; \`${instead}\` would do.`;
}
