import type { Connection, WorkspaceEdit } from "vscode-languageserver";
import type { TextEdit } from "../text/edit.ts";
import { toLspEdit } from "./convert.ts";
import type { ImageFile, ImageFilesContext } from "./image-files.ts";

/** Edits of a file, made from the text that it had then. */
export interface FileEdits {
  readonly file: ImageFile;
  readonly edits: readonly TextEdit[];
}

/** `nothing`: there was nothing to change any more. `refused`: the editor did not take it. */
export type Applied = "applied" | "nothing" | "refused";

const mostTries = 3;

/** Has the editor change files. `make` is called again where a document was edited meanwhile, so that edits are always for the text as it is. */
export async function applyToFiles(
  label: string,
  make: () => Promise<readonly FileEdits[]>,
  context: ImageFilesContext & { readonly connection: Connection },
): Promise<Applied> {
  for (let tries = 0; tries < mostTries; tries++) {
    const files = (await make()).filter(({ edits }) => edits.length > 0);
    if (files.length === 0) return "nothing";
    // Files that nobody looks at should not stay behind unsaved; an editor that knows refactorings saves them.
    const isRefactoring = files.length > 1 || files.some(({ file }) => file.version === null);
    const edit = workspaceEditOf(files, context.abilities.versionedEdits);
    const { applied } = await context.connection.workspace.applyEdit({ label, edit, metadata: { isRefactoring } });
    if (applied) return "applied";
    const changed = files.some(
      ({ file: { uri, version } }) => (context.documents.get(uri)?.version ?? null) !== version,
    );
    if (!changed) return "refused";
  }
  return "refused";
}

function workspaceEditOf(files: readonly FileEdits[], versioned: boolean): WorkspaceEdit {
  const made = files.map(({ file: { uri, version, places }, edits }) => {
    return { textDocument: { uri, version }, edits: edits.map((edit) => toLspEdit(edit, places)) };
  });
  if (versioned) return { documentChanges: made };
  return { changes: Object.fromEntries(made.map(({ textDocument, edits }) => [textDocument.uri, edits])) };
}
