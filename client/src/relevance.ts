import type { TextDocument } from "vscode";
import { languages, Range, RelativePattern, workspace } from "vscode";
import { looksLikeOurs } from "../../server/src/languages/sniff.ts";
import { configFileGlob, ignoreFileGlob, isEdited, ownLanguages } from "./documents.ts";

/** How far into a YAML document we look: licences and comments at the top are seldom longer. */
const headLines = 400;

/**
 * Whether the document is worth loading the server for. Cheap enough to ask on every change: for YAML only the first lines are read.
 */
export function isRelevant(document: TextDocument): boolean {
  if (!isEdited(document)) return false;
  if (ownLanguages.includes(document.languageId)) return true;
  if (languages.match([{ pattern: configFileGlob }, { pattern: ignoreFileGlob }], document) > 0) return true;
  if (document.languageId !== "yaml") return false;
  const head = document.getText(new Range(0, 0, headLines, 0));
  return looksLikeOurs(document.uri.path, head) || isDeclaredManifest(document);
}

/** Whether the person said that files of this name are manifests, whatever they hold. The server reads the globs in the same way. */
function isDeclaredManifest(document: TextDocument): boolean {
  const globs = workspace.getConfiguration("seaworthy", document).get<readonly string[]>("kubernetes.detect", []);
  const folder = workspace.getWorkspaceFolder(document.uri);
  const fits = (glob: string): boolean => {
    const pattern = glob.includes("/") ? glob : `**/${glob}`;
    return (
      languages.match({ pattern: folder === undefined ? pattern : new RelativePattern(folder, pattern) }, document) > 0
    );
  };
  return (
    globs.some((glob) => !glob.startsWith("!") && fits(glob)) &&
    !globs.some((glob) => glob.startsWith("!") && fits(glob.slice(1)))
  );
}
