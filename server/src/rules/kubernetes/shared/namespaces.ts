import { groupOf } from "../../../languages/kubernetes/api-group.ts";
import { resourcesOf } from "../../../knowledge/kubernetes-resources.ts";
import type { Resource } from "../../../languages/kubernetes/model.ts";

/** Whether an object of Kubernetes itself is in a namespace; `undefined` for custom resources, of which nobody knows here. */
export function isNamespaced({ apiVersion, resourceKind }: Resource): boolean | undefined {
  const resources = resourcesOf(groupOf(apiVersion));
  if (resources === undefined) return undefined;
  const name = resourceKind.toLowerCase();
  const plural = [`${name}s`, `${name}es`, name, name.replace(/y$/, "ies")].find((candidate) =>
    resources.has(candidate),
  );
  const resource = plural === undefined ? undefined : resources.get(plural);
  return resource === undefined ? undefined : !resource.cluster;
}
