import { parseIgnoreFile } from "../languages/ignore/index.ts";
import { parseFile } from "../languages/index.ts";
import { folderOf, joinPath, nameOf } from "../text/path.ts";
import { factsOf, type FileFacts } from "../workspace/index.ts";
import type { Folder } from "./folders.ts";
import { foldersUp } from "./uri.ts";

/**
 * The files around one that its answers depend on, by path: for a Dockerfile the ignore files of its build and the Compose files at the
 * usual places above it; for a Compose file the Dockerfiles it builds.
 */
export function neighboursOf(facts: FileFacts, folder: Folder): readonly string[] {
  // A document that was never saved has no place that others could be beside.
  if (!facts.path.startsWith("/")) return [];
  if (facts.kind === "compose") {
    return unique((facts.compose?.services ?? []).flatMap(({ build }) => build?.dockerfile ?? []));
  }
  if (facts.kind !== "dockerfile") return [];
  const above = foldersUp(folderOf(facts.path), folder.path);
  const contexts = folder.workspace
    .view(facts.path)
    .builders()
    .flatMap(({ service }) => service.build?.context ?? []);
  return unique([
    `${facts.path}.dockerignore`,
    ...[...above, ...contexts].map((context) => joinPath(context, ".dockerignore")),
    ...above.flatMap((at) => composeNames.map((name) => joinPath(at, name))),
  ]);
}

/** Reads the file at `path` and tells the folder's workspace of it. */
export async function lookAt(
  path: string,
  folder: Folder,
  read: (path: string) => Promise<string | undefined>,
): Promise<void> {
  const text = await read(path);
  if (path.endsWith(".dockerignore")) {
    // Without patterns: it is known that there is none.
    const patterns = text === undefined ? {} : { ignorePatterns: parseIgnoreFile(text) };
    folder.workspace.set({ path, kind: "ignore-file", ...patterns });
    return;
  }
  const parsed = text === undefined ? undefined : parseFile({ path, text, ...languageOf(path) });
  if (parsed !== undefined) folder.workspace.set(factsOf(parsed));
}

const composeNames: readonly string[] = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/** Patterns of the files that `neighboursOf` may ask for, for a watcher. */
export const neighbourGlobs: readonly string[] = [
  "**/*.dockerignore",
  "**/*{Dockerfile,dockerfile,Containerfile,containerfile}*",
  ...composeNames.map((name) => `**/${name}`),
];

/** What a Compose file builds is a Dockerfile, whatever it is called. */
function languageOf(path: string): { readonly languageId?: string } {
  return composeNames.includes(nameOf(path)) ? {} : { languageId: "dockerfile" };
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}
