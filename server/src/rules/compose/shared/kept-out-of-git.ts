import type { MoreLines, NewFile } from "../../../engine/rule.ts";
import { folderOf, joinPath } from "../../../text/path.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/** What makes Git pass over a file that a fix writes. */
export interface KeptOut {
  readonly creates: readonly NewFile[];
  readonly appends: readonly MoreLines[];
  /** What is done to the `.gitignore` beside the Compose file; `"unknown"` where nobody looked for one, so that nothing is. */
  readonly ignoreFile: "made" | "extended" | "unknown";
}

/** Puts a pattern into the `.gitignore` beside the Compose file. */
export function keptOutOfGit(workspace: WorkspaceView, pattern: string): KeptOut {
  const path = joinPath(folderOf(workspace.path), ".gitignore");
  switch (workspace.hasFile(".gitignore")) {
    case true:
      return { creates: [], appends: [{ path, lines: [pattern] }], ignoreFile: "extended" };
    case false:
      return { creates: [{ path, text: `${pattern}\n`, ofLines: true }], appends: [], ignoreFile: "made" };
    default:
      return { creates: [], appends: [], ignoreFile: "unknown" };
  }
}
