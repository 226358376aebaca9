import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import type { Fix, Problem } from "../../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import { insideQuotes } from "../../../languages/scalar-place.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/** What a namespace should have: an object of this kind, in any file of the workspace. */
export interface Wanted {
  readonly kind: "LimitRange" | "ResourceQuota";
  readonly message: (namespace: string) => string;
  /** `first`: it is the first workload of that namespace in the file. */
  readonly fixes?: (resource: Resource, first: boolean) => readonly Fix[];
}

/** The objects, of those that are asked, in whose namespace none is: at their namespace, else at their name. */
export function* withoutBounds(
  model: KubernetesModel,
  workspace: WorkspaceView,
  asks: (resource: Resource) => boolean,
  { kind, message, fixes }: Wanted,
): Iterable<Problem> {
  if (model.templated) return;
  for (const resource of model.resources) {
    if (resource.partial || !asks(resource)) continue;
    const node = resource.get("metadata", "namespace") ?? resource.get("metadata", "name");
    const manifests = workspace.manifests();
    const namespace = manifests.namespaceOf(resource.namespace);
    const isThere = manifests.everywhere(kind, "").some((other) => mayBeOne(namespace, other.namespace));
    if (isThere) continue;
    const isFirst = (): boolean => {
      const [first] = manifests
        .workloads()
        .filter((one) => one.path === workspace.path && manifests.namespaceOf(one.namespace) === namespace)
        .sort((a, b) => a.span.start - b.span.start);
      return first === undefined || (first.kind === resource.resourceKind && first.name === resource.name);
    };
    yield {
      at: node?.type === "scalar" ? insideQuotes(model.document.text, node) : resource.kindEntry.keySpan,
      message: message(namespace === undefined ? "this namespace" : `namespace \`${namespace}\``),
      ...(fixes === undefined ? {} : { fixes: () => fixes(resource, isFirst()) }),
    };
  }
}
