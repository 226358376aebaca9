import { resourcesOf } from "../../../knowledge/kubernetes-resources.ts";
import type { Resource } from "../../../languages/kubernetes/model.ts";

/** Whether an object of Kubernetes itself is in a namespace; `undefined` for custom resources, of which nobody knows here. */
export function isNamespaced({ apiVersion, resourceKind }: Resource): boolean | undefined {
  const slash = apiVersion.lastIndexOf("/");
  const resources = resourcesOf(slash < 0 ? "" : apiVersion.slice(0, slash));
  if (resources === undefined) return undefined;
  const name = resourceKind.toLowerCase();
  const plural = [`${name}s`, `${name}es`, name, name.replace(/y$/, "ies")].find((candidate) =>
    resources.has(candidate),
  );
  const resource = plural === undefined ? undefined : resources.get(plural);
  return resource === undefined ? undefined : !resource.cluster;
}
