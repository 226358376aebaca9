import type { DocumentSelector, TextDocument } from "vscode";
import { workspace } from "vscode";

/** The language ids whose documents are ours by name alone. `yaml` is not among them: see `relevance.ts`. */
export const ownLanguages: readonly string[] = ["dockerfile", "dockercompose"];

/** Every language id the server is told about. */
export const judgedLanguages: readonly string[] = [...ownLanguages, "yaml"];

/** The ignore files of build contexts. Editors know them by the language of all ignore files, git's among them. */
export const ignoreFileGlob = "**/{*.dockerignore,.dockerignore,.containerignore}";

/** The names of config files, our own and hadolint's, which are checked like any other file of ours. */
export const configFileGlob = "**/.{seaworthy,hadolint}.{yaml,yml,json}";

/**
 * Whether the document lies where a person edits it. Views onto other versions of a file (a diff's left side, a debugger's source)
 * have a scheme of their own that no file system stands behind, or one that cannot be written to.
 */
export function isEdited(document: TextDocument): boolean {
  const { scheme } = document.uri;
  return scheme === "file" || scheme === "untitled" || workspace.fs.isWritableFileSystem(scheme) === true;
}

/** The schemes of the folders that are open, of the documents that are edited, and those that any window may have. */
export function editedSchemes(): readonly string[] {
  const folders = (workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  const documents = workspace.textDocuments.filter(isEdited).map((document) => document.uri.scheme);
  return [...new Set(["file", "untitled", ...folders, ...documents])];
}

/** What the server is told about, on the file systems of these schemes. */
export function selectorOf(schemes: readonly string[]): { scheme: string; language?: string; pattern?: string }[] {
  return schemes.flatMap((scheme) => [
    ...judgedLanguages.map((language) => ({ scheme, language })),
    { scheme, pattern: configFileGlob },
    { scheme, pattern: ignoreFileGlob },
  ]);
}

/** As `selectorOf`, for the editor's own functions. */
export function documentsOf(languages: readonly string[]): DocumentSelector {
  return languages.map((language) => ({ language }));
}
