import assert from "node:assert/strict";
import type { CodeAction, Diagnostic, TextDocument } from "vscode";
import { commands, languages, Position, Range, Uri, window, workspace, WorkspaceEdit } from "vscode";

/** A file of the suite's workspace, which is a fresh copy for each run. */
export function fileUri(name: string): Uri {
  const [folder] = workspace.workspaceFolders ?? [];
  assert(folder, "the suite needs its workspace folder");
  return Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<TextDocument> {
  const document = await workspace.openTextDocument(fileUri(name));
  // A tab of its own: findings of a document go when its tab is taken by another.
  await window.showTextDocument(document, { preview: false });
  return document;
}

/** Writes a new file and opens it. */
export async function create(name: string, text: string): Promise<TextDocument> {
  await workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
  return open(name);
}

/** Closes all editors without saving, and takes back what was typed. */
export async function closeAll(): Promise<void> {
  while (window.activeTextEditor !== undefined)
    await commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
}

export async function replaceText(document: TextDocument, text: string): Promise<void> {
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end), text);
  assert(await workspace.applyEdit(edit));
}

/** The slug in a diagnostic's code. */
export function slugOf({ code }: Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

export function findings(document: TextDocument): readonly Diagnostic[] {
  return languages.getDiagnostics(document.uri).filter(({ source }) => source === "seaworthy");
}

export function slugs(document: TextDocument): readonly string[] {
  return findings(document).map(slugOf);
}

/** The document's findings as soon as they are as wanted; mocha's own limit is the only one. */
export async function findingsWhen(
  document: TextDocument,
  wanted: (slugs: readonly string[]) => boolean,
): Promise<readonly Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): void => {
      if (!wanted(slugs(document))) return;
      listener.dispose();
      resolve(findings(document));
    };
    const listener = languages.onDidChangeDiagnostics(look);
    look();
  });
}

export async function findingWhen(document: TextDocument, slug: string): Promise<Diagnostic> {
  const all = await findingsWhen(document, (present) => present.includes(slug));
  const found = all.find((finding) => slugOf(finding) === slug);
  assert(found, `${slug} is among the findings`);
  return found;
}

/** What the lightbulb offers at a finding, in its order. */
export async function quickFixes(document: TextDocument, { range }: Diagnostic): Promise<readonly CodeAction[]> {
  return commands.executeCommand<CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    "quickfix",
    100,
  );
}

/** Paths of the modules that this extension host has loaded. */
export function loadedModules(): readonly string[] {
  return Object.keys(require.cache).map((path) => path.replaceAll("\\", "/"));
}

export function isSessionLoaded(): boolean {
  return loadedModules().some((path) => path.endsWith("/dist/session.js"));
}
