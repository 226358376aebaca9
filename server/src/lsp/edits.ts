import type {
  ChangeAnnotation,
  CreateFile,
  TextDocumentEdit,
  TextEdit as LspTextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { EditFix, MoreLines, NewFile } from "../engine/rule.ts";
import { appendLines } from "../text/append.ts";
import type { TextEdit } from "../text/edit.ts";
import type { Abilities } from "./abilities.ts";
import { type Places, toLspEdit } from "./convert.ts";
import type { OpenDocument } from "./documents.ts";
import { siblingUri } from "./uri.ts";

/** What a fix, or several, change in the document and beside it. */
export interface Changes {
  readonly edits: readonly TextEdit[];
  readonly creates?: readonly NewFile[] | undefined;
  readonly appends?: readonly MoreLines[] | undefined;
}

/** Another file as the editor would edit it; without a version where it is not open. */
export interface OtherText {
  readonly uri: string;
  readonly version: number | null;
  readonly text: string;
  readonly places: Places;
}

/** Whether the client can make what a fix is made of. */
export function canMake(fix: EditFix, abilities: Pick<Abilities, "createsFiles" | "versionedEdits">): boolean {
  return (
    (fix.creates === undefined || abilities.createsFiles) && (fix.appends === undefined || abilities.versionedEdits)
  );
}

/**
 * Edits of a document, for the very version they were made from where the client can tell versions apart, and changes beside it, which only a
 * client that can make them may be sent (`canMake`).
 */
export function workspaceEdit(
  document: OpenDocument,
  { edits, creates = [], appends = [] }: Changes,
  abilities: Pick<Abilities, "versionedEdits">,
  other: (path: string) => OtherText,
): WorkspaceEdit {
  return wrap(
    document,
    edits.map((edit) => toLspEdit(edit, document.places)),
    [
      ...creates.flatMap((file) => creationOf(document, file)),
      ...appends.map((lines) => additionOf(lines, other(lines.path))),
    ],
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
export interface AnnotatedEdits extends Changes {
  readonly label: string;
  readonly description: string;
}

/** As `workspaceEdit`, each change with its own annotation that asks for confirmation where the client can show it. */
export function annotatedEdit(
  document: OpenDocument,
  changes: readonly AnnotatedEdits[],
  abilities: Pick<Abilities, "versionedEdits" | "annotatedEdits">,
  other: (path: string) => OtherText,
): WorkspaceEdit {
  if (!abilities.annotatedEdits) {
    return workspaceEdit(
      document,
      {
        edits: changes.flatMap(({ edits }) => edits),
        creates: changes.flatMap(({ creates }) => creates ?? []),
        appends: changes.flatMap(({ appends }) => appends ?? []),
      },
      abilities,
      other,
    );
  }
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  const files: (CreateFile | TextDocumentEdit)[] = [];
  const edits = changes.flatMap(({ label, description, edits, creates = [], appends = [] }, index) => {
    const annotationId = String(index);
    files.push(...creates.flatMap((file) => creationOf(document, file, annotationId)));
    files.push(...appends.map((lines) => additionOf(lines, other(lines.path), annotationId)));
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

/** More lines for a file that is there. */
function additionOf(
  { lines }: MoreLines,
  { uri, version, text, places }: OtherText,
  annotationId?: string,
): TextDocumentEdit {
  const annotation = annotationId === undefined ? {} : { annotationId };
  return {
    textDocument: { uri, version },
    edits: [{ ...toLspEdit(appendLines(text, lines), places), ...annotation }],
  };
}

/** A new file and its text. A client refuses the whole edit where there is such a file by then. */
export function creationOf(
  document: Pick<OpenDocument, "uri">,
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
