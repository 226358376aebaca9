import { folderOf, joinPath } from "../../../text/path.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/** What Compose puts in for variables, as far as files tell: the caller's environment comes first, and nobody knows it. */
export interface ProjectVariables {
  /** Where the `.env` is, or would be: beside the Compose file. As in `WorkspaceView.path`. */
  readonly path: string;
  /** What it says; `undefined` where there is none, `"unknown"` where nobody looked. */
  readonly values: ReadonlyMap<string, string> | undefined | "unknown";
  /** Whether it is known to define the name. */
  readonly defines: (name: string) => boolean;
}

/** The variables of the project that the workspace's file belongs to. */
export function projectVariables(workspace: WorkspaceView): ProjectVariables {
  const path = joinPath(folderOf(workspace.path), ".env");
  const values = workspace.environmentFile(".env");
  return { path, values, defines: (name) => values !== undefined && values !== "unknown" && values.has(name) };
}
