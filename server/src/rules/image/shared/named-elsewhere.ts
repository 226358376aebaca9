import { contextName, type ImageUse, nameAsWritten } from "../../../languages/image/index.ts";
import type { Kind } from "../../../languages/index.ts";
import { handedContexts } from "../../../workspace/handed-contexts.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/**
 * Whether another file says what the name stands for, so that tag and digest count for nothing here: a kustomization gives the image another tag, or a Compose file hands
 * a build context of that name to the build.
 */
export function isNamedElsewhere(use: ImageUse, kind: Kind, workspace: WorkspaceView): boolean {
  const { reference } = use;
  if (kind !== "kubernetes") return isHandedContext(use, kind, workspace);
  return reference !== undefined && workspace.manifests().retagged(nameAsWritten(reference));
}

/** Whether the name is that of a build context which a Compose file hands to the build, so that no image of that name is pulled. */
export function isHandedContext({ reference, role }: ImageUse, kind: Kind, workspace: WorkspaceView): boolean {
  if (kind !== "dockerfile" || role === "frontend" || reference === undefined) return false;
  return handedContexts(workspace).has(contextName(reference));
}
