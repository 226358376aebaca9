import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { type Kind, parseFile } from "../languages/index.ts";
import {
  type AskedFile,
  type BesideContent,
  besideFacts,
  factsOf,
  type FolderNames,
  ignoreFacts,
  isProjectName,
  longestBeside,
  longestManifest,
  mainNames,
  manifestsBelow,
  type Workspace,
} from "../workspace/index.ts";
import { readText } from "./files.ts";
import { isWithin, shownFrom } from "./paths.ts";

/**
 * Reads what the files of a project depend on and the walk does not bring: Compose files at the usual places above a Dockerfile or a Compose file (up to
 * the project's root), which say what its build context is, or include it; what Compose files name, and those beside them; the ignore files of all contexts;
 * and what Dockerfiles ask of their contexts and what lies around manifests, within the project.
 */
export function lookAround(project: {
  readonly root: string;
  readonly workspace: Workspace;
  readonly files: readonly { readonly absolutePath: string; readonly path: string; readonly kind: Kind }[];
}): void {
  const { root, workspace, files } = project;
  const seen = new Set(files.map(({ path }) => path));
  const composeFiles: string[] = [];
  const tell = ({ path, as }: AskedFile): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const absolutePath = resolve(root, path);
    if (as === "manifests") {
      for (const found of manifestsIn(root, path)) tell({ path: shownFrom(root, found), as: "manifest" });
    } else if (as === "manifest") {
      if (isWithin(root, absolutePath) && workspace.facts(path) === undefined) {
        const content = besideContentOf(absolutePath, false, longestManifest);
        const parsed = typeof content === "object" ? parseFile({ path, text: content.text }) : undefined;
        workspace.set(parsed?.kind === "kubernetes" ? factsOf(parsed) : besideFacts(path, content && "unread"));
      }
    } else if (as === "compose" || as === "dockerfile") {
      const text = textOf(absolutePath);
      const languageId = as === "compose" ? "dockercompose" : "dockerfile";
      const parsed = text === undefined ? undefined : parseFile({ path, text, languageId });
      workspace.set(parsed === undefined ? besideFacts(path, undefined) : factsOf(parsed));
      if (parsed?.kind === "compose") composeFiles.push(path);
    } else if (isWithin(root, absolutePath) && workspace.facts(path) === undefined) {
      workspace.set(besideFacts(path, besideContentOf(absolutePath, as === "named")));
    }
  };

  const dockerfiles = files.filter(({ kind }) => kind === "dockerfile");
  for (const { kind, path } of files) if (kind === "compose") composeFiles.push(path);
  const folders = (paths: readonly string[]): readonly string[] => paths.map((path) => dirname(resolve(root, path)));
  const above = foldersUpTo(root, folders(dockerfiles.map(({ path }) => path)));
  const composeFolders = new Set(folders(composeFiles));
  for (const folder of new Set([...above, ...foldersUpTo(root, [...composeFolders])])) {
    for (const name of mainNames) tell({ path: shownFrom(root, join(folder, name)), as: "compose" });
  }
  for (const folder of composeFolders) {
    for (const name of namesIn(folder)) tell({ path: shownFrom(root, join(folder, name)), as: "compose" });
  }

  // an ignore file further up makes it doubtful that a Dockerfile's own folder is the context
  const contexts = new Set(above);
  for (const composeFile of composeFiles) {
    for (const { build } of workspace.facts(composeFile)?.compose?.services ?? []) {
      if (build !== undefined) contexts.add(resolve(root, build.context));
    }
    // those found on the way are looked at in their turn
    for (const asked of workspace.asked(composeFile)) tell(asked);
  }

  const ignoreFiles = [
    ...dockerfiles.map((file) => `${file.absolutePath}.dockerignore`),
    ...[...contexts].map((context) => join(context, ".dockerignore")),
  ];
  for (const ignoreFile of ignoreFiles) {
    workspace.set(ignoreFacts(shownFrom(root, ignoreFile), textOf(ignoreFile)));
  }

  for (const dockerfile of dockerfiles) for (const asked of workspace.asked(dockerfile.path)) tell(asked);
  lookAroundManifests(files, workspace, tell);
}

/** What is read may name more, until nothing new is named. */
function lookAroundManifests(
  files: readonly { readonly path: string; readonly kind: Kind }[],
  workspace: Workspace,
  tell: (asked: AskedFile) => void,
): void {
  const own = files.filter(({ kind }) => kind === "kubernetes");
  for (let generation = -1; generation !== workspace.generation; ) {
    ({ generation } = workspace);
    // all are asked before any is told, since telling makes them ask anew
    for (const asked of own.flatMap(({ path }) => workspace.asked(path))) tell(asked);
  }
}

/** The files that may be manifests below a folder of the project. */
function manifestsIn(root: string, path: string): readonly string[] {
  const top = resolve(root, path);
  if (!isWithin(root, top)) return [];
  const below = manifestsBelow(top);
  let step = below.next();
  while (step.done !== true) step = below.next(folderNames(step.value));
  return step.value;
}

function folderNames(folder: string): FolderNames {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const folders = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : []));
    return { files: entries.flatMap((entry) => (entry.isDirectory() ? [] : [entry.name])), folders };
  } catch {
    return { files: [], folders: [] };
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(isProjectName);
  } catch {
    return [];
  }
}

/** The folders themselves and those above them, up to `root`. */
function foldersUpTo(root: string, folders: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const folder of folders) {
    for (let at = folder; !all.has(at); at = dirname(at)) {
      all.add(at);
      if (at === root) break;
    }
  }
  return all;
}

function besideContentOf(path: string, named: boolean, longest = longestBeside): BesideContent | undefined {
  try {
    const found = statSync(path);
    if (!found.isFile()) return undefined;
    return named || found.size > longest ? "unread" : { text: readText(path).text };
  } catch {
    return undefined;
  }
}

function textOf(path: string): string | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return readText(path).text;
  } catch {
    return undefined;
  }
}
