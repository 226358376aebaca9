import type {
  ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  TextEdit as LspTextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { EditFix, NewFile } from "../engine/rule.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Abilities } from "./abilities.ts";
import { toLspEdit } from "./convert.ts";
import type { OpenDocument } from "./documents.ts";
import { siblingUri } from "./uri.ts";

/** Whether the client can make what a fix is made of. */
export function canMake(fix: EditFix, abilities: Pick<Abilities, "createsFiles">): boolean {
  return fix.creates === undefined || abilities.createsFiles;
}

/**
 * Edits of a document, for the very version they were made from where the client can tell versions apart, and new files beside it, which only a
 * client with `createsFiles` may be sent.
 */
export function workspaceEdit(
  document: OpenDocument,
  { edits, creates = [] }: { readonly edits: readonly TextEdit[]; readonly creates?: readonly NewFile[] | undefined },
  abilities: Pick<Abilities, "versionedEdits">,
): WorkspaceEdit {
  return wrap(
    document,
    edits.map((edit) => toLspEdit(edit, document.places)),
    creates.flatMap((file) => creationOf(document, file)),
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
  readonly creates: readonly NewFile[];
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
      { edits: changes.flatMap(({ edits }) => edits), creates: changes.flatMap(({ creates }) => creates) },
      abilities,
    );
  }
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const files: (CreateFile | TextDocumentEdit)[] = [];
  const edits = changes.flatMap(({ label, description, edits, creates }, index) => {
    const annotationId = String(index);
    files.push(...creates.flatMap((file) => creationOf(document, file, annotationId)));
    changeAnnotations[annotationId] = { label, description, needsConfirmation: true };
    return edits.map((edit) => ({ ...toLspEdit(edit, document.places), annotationId }));
  });
  return { ...wrap(document, edits, files, abilities), changeAnnotations };
}

function wrap(
  { uri, version }: OpenDocument,
  edits: LspTextEdit[],
  files: readonly (CreateFile | TextDocumentEdit)[],
  abilities: Pick<Abilities, "versionedEdits">,
): WorkspaceEdit {
  if (!abilities.versionedEdits) return { changes: { [uri]: edits } };
  const own = edits.length === 0 && files.length > 0 ? [] : [{ textDocument: { uri, version }, edits }];
  return { documentChanges: [...files, ...own] };
}

/** A new file and its text. A client refuses the whole edit where there is such a file by then. */
function creationOf(
  document: OpenDocument,
  { path, text }: NewFile,
  annotationId?: string,
): readonly (CreateFile | TextDocumentEdit)[] {
  const uri = siblingUri(document.uri, path);
  const annotation = annotationId === undefined ? {} : { annotationId };
  const start = { line: 0, character: 0 };
  return [
    { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false }, ...annotation },
    { textDocument: { uri, version: null }, edits: [{ range: { start, end: start }, newText: text, ...annotation }] },
  ];
}
