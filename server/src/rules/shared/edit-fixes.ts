import type { EditFix } from "../../engine/rule.ts";
import type { TextEdit } from "../../text/edit.ts";

/** One fix for a problem's list, or none where its edits could not be made. The title says what may break. */
export function reviewed(title: string, edits: readonly TextEdit[] | undefined): readonly EditFix[] {
  return editFixes(title, "review", edits);
}

/** The same for a fix that leaves what is built and run as it is. */
export function safe(title: string, edits: readonly TextEdit[] | undefined): readonly EditFix[] {
  return editFixes(title, "safe", edits);
}

/** The same, of either grade. */
export function editFixes(
  title: string,
  safety: EditFix["safety"],
  edits: readonly TextEdit[] | undefined,
): readonly EditFix[] {
  return edits === undefined || edits.length === 0 ? [] : [{ title, safety, edits }];
}
