import { defineRule } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { type FormerVolume, formerVolumes } from "../../knowledge/deprecated-labels.ts";
import type { YamlEntry, YamlNode } from "../../languages/yaml/node.ts";
import { asMap, itemsOf } from "../../languages/yaml/path.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { jobWith } from "./shared/example.ts";

const volume = (lines: readonly string[]) =>
  jobWith({
    container: ["volumeMounts:", "  - name: site", "    mountPath: /site"],
    podEnd: ["volumes:", "  - name: site", ...lines.map((line) => `    ${line}`)],
  });

export default defineRule("kubernetes", {
  slug: "deprecated-volume",
  summary: "A volume is of a type that Kubernetes has removed or is going to remove.",
  why: `Drivers of storage used to be part of Kubernetes and are drivers of their own now, by CSI. A pod with a volume of a type that is gone does not start: the kubelet has nobody to
mount it. Types that still work are passed on to the CSI driver, which must be installed for that, and will go with a later release. \`gitRepo\` runs git as root on the node and is off
since Kubernetes 1.33.`,
  category: "storage",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#volume-types"],
  fix: null,
  examples: [
    {
      bad: volume(["gitRepo:", "  repository: https://git.example.com/site.git"]),
      good: volume(["emptyDir:", "  sizeLimit: 100Mi"]),
    },
  ],
  keys: formerVolumes.map(({ type }) => type),
  *check(model) {
    for (const { pod, resourceKind, apiVersion, map } of model.resources) {
      const volumes = itemsOf(pod?.get("volumes"));
      const own = resourceKind === "PersistentVolume" && apiVersion === "v1" ? map.get("spec")?.value : undefined;
      for (const holder of own === undefined ? volumes : [own]) yield* problemsOf(model, holder);
    }
  },
});

function* problemsOf(model: KubernetesModel, holder: YamlNode) {
  for (const entry of asMap(holder)?.entries ?? []) {
    const former = formerVolumes.find(({ type }) => type === entry.key);
    if (former !== undefined) yield problemOf(model, entry, former);
  }
}

function problemOf(model: KubernetesModel, { keySpan }: YamlEntry, { type, removedIn, instead }: FormerVolume) {
  const gone = removedIn !== undefined && atLeast(model.release, removedIn);
  const fate = !gone
    ? "is deprecated"
    : type === "gitRepo"
      ? `is off since Kubernetes ${removedIn}`
      : `was removed in Kubernetes ${removedIn}`;
  return {
    at: keySpan,
    message: `\`${type}\` ${fate}: ${instead}.`,
    ...(gone ? {} : ({ severity: "info", tag: "deprecated" } as const)),
  };
}
