import type { Problem } from "../../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import { entriesOf, getPath, isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import type { ManifestView } from "../../../workspace/manifests.ts";

/** The workloads of a document that have not all the labels or annotations that were asked for, and which ones are missing. */
export function* lacking(
  model: KubernetesModel,
  manifests: ManifestView,
  what: "labels" | "annotations",
  asked: readonly string[],
  accepts: (key: string, text: string) => boolean = () => true,
): Iterable<{ readonly resource: Resource; readonly missing: readonly string[]; readonly at: Problem["at"] }> {
  if (model.templated || manifests.patch) return;
  for (const resource of model.resources) {
    if (resource.pod === undefined || resource.partial) continue;
    const holder = getPath(resource.map, "metadata", what);
    if (holder !== undefined && isUnknown(holder, "kubernetes")) continue;
    const entries = new Map(entriesOf(holder).map((entry) => [entry.key, entry.value]));
    const missing = asked.filter((key) => {
      const node = entries.get(key);
      const text = scalarText(node);
      return !isUnknown(node, "kubernetes") && (text === undefined || text === "" || !accepts(key, text));
    });
    const at = resource.entry("metadata", "name")?.keySpan ?? resource.kindEntry.value.span;
    if (missing.length > 0) yield { resource, missing, at };
  }
}
