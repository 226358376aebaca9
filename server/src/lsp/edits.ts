import type { ChangeAnnotation, TextEdit as LspTextEdit, WorkspaceEdit } from "vscode-languageserver";
import type { TextEdit } from "../text/edit.ts";
import type { Abilities } from "./abilities.ts";
import { toLspEdit } from "./convert.ts";
import type { OpenDocument } from "./documents.ts";

/** Edits of a document, for the very version they were made from where the client can tell versions apart. */
export function workspaceEdit(
  document: OpenDocument,
  edits: readonly TextEdit[],
  abilities: Pick<Abilities, "versionedEdits">,
): WorkspaceEdit {
  return wrap(
    document,
    edits.map((edit) => toLspEdit(edit, document.places)),
    abilities,
  );
}

/** An edit with one placeholder, which the editor selects so that it is typed over: `mark` in the edit's text, shown as `hint`. */
export function snippetEdit(document: OpenDocument, edit: TextEdit, mark: string, hint: string): WorkspaceEdit {
  const { uri, version, places } = document;
  const { range, newText } = toLspEdit(edit, places);
  // A function, since `$` means something in a replacement as it does in a snippet.
  const value = newText.replaceAll(/[\\$}]/g, (character) => `\\${character}`).replace(mark, () => `\${1:${hint}}`);
  const snippet = { range, snippet: { kind: "snippet" as const, value } };
  return { documentChanges: [{ textDocument: { uri, version }, edits: [snippet] }] };
}

/** A change that a person shall confirm, with what is said of it. */
export interface AnnotatedEdits {
  readonly label: string;
  readonly description: string;
  readonly edits: readonly TextEdit[];
}

/** As `workspaceEdit`, each change with its own annotation that asks for confirmation where the client can show it. */
export function annotatedEdit(
  document: OpenDocument,
  changes: readonly AnnotatedEdits[],
  abilities: Pick<Abilities, "versionedEdits" | "annotatedEdits">,
): WorkspaceEdit {
  if (!abilities.annotatedEdits) {
    return workspaceEdit(
      document,
      changes.flatMap(({ edits }) => edits),
      abilities,
    );
  }
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const edits = changes.flatMap(({ label, description, edits }, index) => {
    const annotationId = String(index);
    changeAnnotations[annotationId] = { label, description, needsConfirmation: true };
    return edits.map((edit) => ({ ...toLspEdit(edit, document.places), annotationId }));
  });
  return { ...wrap(document, edits, abilities), changeAnnotations };
}

function wrap(
  { uri, version }: OpenDocument,
  edits: LspTextEdit[],
  abilities: Pick<Abilities, "versionedEdits">,
): WorkspaceEdit {
  return abilities.versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}
