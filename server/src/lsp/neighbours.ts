import { lockFileNames } from "../knowledge/lock-files.ts";
import { parseFile } from "../languages/index.ts";
import { folderOf, joinPath } from "../text/path.ts";
import {
  type AskedFile,
  besideFacts,
  factsOf,
  type FileFacts,
  ignoreFacts,
  isProjectName,
  longestManifest,
  mainNames,
  manifestsBelow,
} from "../workspace/index.ts";
import type { Files } from "./files.ts";
import type { Folder, Look } from "./folders.ts";
import { foldersUp, isWithin } from "./uri.ts";

/** A file to look at, or a `folder`, with a slash at its end, whose Compose files are. */
interface Neighbour {
  readonly path: string;
  readonly as: AskedFile["as"] | "ignore" | "folder";
}

/**
 * The files around one that its answers depend on: for a Dockerfile the ignore files of its build, the Compose files at the usual places above it
 * with what these include, and what it asks of its build context, as far as that lies in the folder; for a Compose file those of its project, what they name,
 * and the Compose files beside and above that may include it; for a manifest those around it.
 */
function neighboursOf(facts: FileFacts, folder: Folder): readonly Neighbour[] {
  // A document that was never saved has no place that others could be beside.
  if (!facts.path.startsWith("/")) return [];
  const { workspace } = folder;
  if (facts.kind === "dockerfile") return [...buildNeighbours(facts, folder), ...asked(facts.path, folder)];
  if (facts.kind === "kubernetes") return manifestsAround(facts.path, folder);
  if (facts.kind !== "compose") return [];
  const own = folderOf(facts.path);
  return [
    ...composeFilesAbove(facts, folder),
    { path: `${own === "/" ? "" : own}/`, as: "folder" },
    ...(folder.composeNames.get(own) ?? []).map((name): Neighbour => ({ path: joinPath(own, name), as: "compose" })),
    ...[facts.path, ...workspace.connected(facts.path)].flatMap((path) => asked(path, folder)),
  ];
}

/** A folder that was looked into asks for what was found there. */
function manifestsAround(path: string, folder: Folder): readonly Neighbour[] {
  return asked(path, folder).flatMap((neighbour) => {
    const found = neighbour.as === "manifests" ? (folder.manifests.get(neighbour.path) ?? []) : [];
    return [neighbour, ...found.map((other): Neighbour => ({ path: other, as: "manifest" }))];
  });
}

function asked(path: string, { workspace, path: top }: Folder): readonly Neighbour[] {
  return workspace.asked(path).filter(({ path, as }) => as === "compose" || as === "dockerfile" || isWithin(top, path));
}

function buildNeighbours(facts: FileFacts, folder: Folder): readonly Neighbour[] {
  const above = foldersUp(folderOf(facts.path), folder.path);
  const contexts = folder.workspace
    .view(facts.path)
    .builders()
    .flatMap(({ service }) => service.build?.context ?? []);
  const ignoreFiles = [
    `${facts.path}.dockerignore`,
    ...[...above, ...contexts].map((context) => joinPath(context, ".dockerignore")),
  ];
  return [
    ...[...new Set(ignoreFiles)].map((path): Neighbour => ({ path, as: "ignore" })),
    ...projectsAbove(facts, folder),
  ];
}

/** The Compose files above with those that they include or are overridden by: each of them may build what lies below. */
function projectsAbove(facts: FileFacts, folder: Folder): readonly Neighbour[] {
  const { workspace } = folder;
  const above = composeFilesAbove(facts, folder);
  const named = above.flatMap(({ path }) =>
    [path, ...workspace.connected(path)].flatMap((one) => workspace.asked(one)).filter(({ as }) => as === "compose"),
  );
  return [...above, ...named];
}

function composeFilesAbove(facts: FileFacts, folder: Folder): readonly Neighbour[] {
  return foldersUp(folderOf(facts.path), folder.path).flatMap((at) =>
    mainNames.map((name): Neighbour => ({ path: joinPath(at, name), as: "compose" })),
  );
}

/**
 * Reads the files that a document's answers depend on and tells the folder's workspace of them, each once as long as it does not change.
 * Waits for them, but not for ever: `onLate` is called when those are there that took too long.
 */
export async function lookAround(
  facts: FileFacts,
  folder: Folder,
  context: {
    read(path: string): Promise<string | undefined>;
    /** See `Files.readBeside`. */
    readBeside: Files["readBeside"];
    /** See `Files.namesIn`. */
    namesIn: Files["namesIn"];
    /** See `Files.foldersIn`. */
    foldersIn: Files["foldersIn"];
    onLate(): void;
  },
): Promise<void> {
  const seen = new Set<string>();
  // A Compose file that was found may tell of another build context, and so of other files.
  for (;;) {
    const neighbours = neighboursOf(facts, folder).filter((neighbour) => !seen.has(keyOf(neighbour)));
    if (neighbours.length === 0) return;
    const looks = neighbours.map((neighbour) => {
      const key = keyOf(neighbour);
      const known = folder.looked.get(key);
      if (known !== undefined) return known;
      const look = lookFor(neighbour, folder, context);
      folder.looked.set(key, look);
      return look;
    });
    const pending = looks.filter((look) => !look.settled);
    if (pending.length > 0) await settledSoon(pending, () => context.onLate());
    for (const neighbour of neighbours) seen.add(keyOf(neighbour));
  }
}

/** What a look is kept by. A folder may be looked into for its Compose files and for its manifests. */
function keyOf({ path, as }: Neighbour): string {
  return as === "manifests" ? `manifests ${path}` : path;
}

/** Milliseconds that a check waits for the files around. */
const patience = 1000;

async function settledSoon(looks: readonly Look[], onLate: () => void): Promise<void> {
  const all = Promise.all(looks.map(({ done }) => done));
  const inTime = await new Promise<boolean>((resolve) => {
    const timer = setTimeout(() => resolve(false), patience);
    void all.then(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
  if (!inTime) void all.then(onLate);
}

/** `tell` passes on what was read, and gives its text. */
function lookAt<T>(reading: Promise<T>, tell: (read: T) => string | undefined): Look {
  const look: Look = {
    settled: false,
    text: undefined,
    done: reading.then((read) => {
      look.text = tell(read);
      look.settled = true;
    }),
  };
  return look;
}

function lookFor({ path, as }: Neighbour, folder: Folder, context: Parameters<typeof lookAround>[2]): Look {
  switch (as) {
    case "ignore":
      return lookAt(context.read(path), (text) => {
        folder.workspace.set(ignoreFacts(path, text));
        return text;
      });
    case "dockerfile":
    case "compose":
      return lookAt(context.read(path), (text) => {
        tellOf(path, text, as, folder);
        return text;
      });
    case "folder":
      return lookAt(context.namesIn(path), (names) => {
        folder.composeNames.set(folderOf(path) || "/", names.filter(isProjectName));
        return undefined;
      });
    case "manifests":
      return lookAt(filesBelow(path, context), (found) => {
        folder.manifests.set(path, found);
        return undefined;
      });
    case "manifest":
      return lookAt(context.readBeside(path, false, longestManifest), (content) =>
        tellOfManifest(path, content, folder),
      );
    default:
      return lookAt(context.readBeside(path, as === "named"), (content) => tellOfBeside(path, content, folder));
  }
}

async function filesBelow(
  path: string,
  context: Pick<Parameters<typeof lookAround>[2], "namesIn" | "foldersIn">,
): Promise<readonly string[]> {
  const below = manifestsBelow(folderOf(path) || "/");
  let step = below.next();
  while (step.done !== true) {
    const folder = step.value === "/" ? "/" : `${step.value}/`;
    const [files, folders] = await Promise.all([context.namesIn(folder), context.foldersIn(folder)]);
    step = below.next({ files, folders });
  }
  return step.value;
}

/** What is no manifest is of no interest, but whether it is there. An open document is known by its text. */
function tellOfManifest(
  path: string,
  content: Awaited<ReturnType<Files["readBeside"]>>,
  { workspace }: Folder,
): string | undefined {
  if (content === "unknown" || (workspace.facts(path)?.kind ?? "beside") !== "beside") return undefined;
  const text = typeof content === "object" ? content.text : undefined;
  const parsed = text === undefined ? undefined : parseFile({ path, text });
  workspace.set(parsed?.kind === "kubernetes" ? factsOf(parsed) : besideFacts(path, content && "unread"));
  return text;
}

/** What a Compose file names is a Dockerfile or another Compose file, whatever it is called. */
function tellOf(path: string, text: string | undefined, as: "dockerfile" | "compose", { workspace }: Folder): void {
  const languageId = as === "compose" ? "dockercompose" : "dockerfile";
  const parsed = text === undefined ? undefined : parseFile({ path, text, languageId });
  if (parsed !== undefined) workspace.set(factsOf(parsed));
  else if (workspace.facts(path) === undefined) workspace.set(besideFacts(path, undefined));
}

/** A file that is one of ours, a Dockerfile that another one copies, keeps what is known of it. */
function tellOfBeside(
  path: string,
  content: Awaited<ReturnType<Files["readBeside"]>>,
  { workspace }: Folder,
): string | undefined {
  if (content === "unknown" || (workspace.facts(path)?.kind ?? "beside") !== "beside") return undefined;
  workspace.set(besideFacts(path, content));
  return typeof content === "object" ? content.text : undefined;
}

/** Patterns of the files that `neighboursOf` may ask for, for a watcher. */
export const neighbourGlobs: readonly string[] = [
  "**/*.dockerignore",
  "**/*{Dockerfile,dockerfile,Containerfile,containerfile}*",
  `**/{package.json,.gitignore,${lockFileNames.join(",")}}`,
  "**/*.env",
  "**/.env*",
  "**/*.sh",
  "**/*entrypoint*",
  "**/*.{yaml,yml}",
  "**/Kustomization",
];
