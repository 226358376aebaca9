import type { Resource } from "../../../languages/kubernetes/model.ts";
import { entriesOf, isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import type { PlacedWorkload } from "../../../workspace/manifests.ts";

export interface Selector {
  readonly labels: ReadonlyMap<string, string>;
}

/** What a Service selects pods by; `undefined` for anything else, for a Service without a selector, and where a label is not known. */
export function selectorOf(resource: Resource): Selector | undefined {
  if (resource.resourceKind !== "Service" || resource.apiVersion !== "v1") return undefined;
  if (scalarText(resource.get("spec", "type")) === "ExternalName") return undefined;
  const labels = new Map<string, string>();
  for (const { key, value } of entriesOf(resource.get("spec", "selector"))) {
    const text = scalarText(value);
    if (text === undefined || isUnknown(value, "kubernetes")) return undefined;
    labels.set(key, text);
  }
  return labels.size === 0 ? undefined : { labels };
}

/** Whether the pods of a workload are among those selected in a namespace. One that is written nowhere may be any, and fits. */
export function selects({ labels }: Selector, workload: PlacedWorkload, namespace: string | undefined): boolean {
  if (namespace !== undefined && workload.namespace !== undefined && namespace !== workload.namespace) return false;
  return [...labels].every(([key, value]) => workload.workload.labels[key] === value);
}
