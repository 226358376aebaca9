import type { Resource } from "../../../languages/kubernetes/model.ts";
import { entriesOf, isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import type { Labels } from "../../../workspace/label-selector.ts";

/** The labels that a Service selects pods by; `undefined` for anything else, for a Service without a selector, and where a label is not known. */
export function selectorOf(resource: Resource): Labels | undefined {
  if (resource.resourceKind !== "Service" || resource.apiVersion !== "v1") return undefined;
  if (scalarText(resource.get("spec", "type")) === "ExternalName") return undefined;
  const labels: Record<string, string> = {};
  for (const { key, value } of entriesOf(resource.get("spec", "selector"))) {
    const text = scalarText(value);
    if (text === undefined || isUnknown(value, "kubernetes")) return undefined;
    labels[key] = text;
  }
  return Object.keys(labels).length === 0 ? undefined : labels;
}
