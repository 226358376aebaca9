import { lockFileNames } from "../knowledge/lock-files.ts";
import { parseFile } from "../languages/index.ts";
import { folderOf, joinPath, nameOf } from "../text/path.ts";
import { besideFacts, factsOf, type FileFacts, ignoreFacts } from "../workspace/index.ts";
import type { Files } from "./files.ts";
import type { Folder, Look } from "./folders.ts";
import { foldersUp, isWithin } from "./uri.ts";

/** A file to look at: one that is read, or one of a build context that is asked for, perhaps only whether it is there. */
interface Neighbour {
  readonly path: string;
  readonly as: "file" | "beside" | "named";
}

/**
 * The files around one that its answers depend on: for a Dockerfile the ignore files of its build, the Compose files at the usual places above it
 * and what it asks of its build context, as far as that lies in the folder; for a Compose file the Dockerfiles it builds.
 */
function neighboursOf(facts: FileFacts, folder: Folder): readonly Neighbour[] {
  const asked = facts.kind === "dockerfile" && facts.path.startsWith("/") ? folder.workspace.asked(facts.path) : [];
  return [
    ...filesAround(facts, folder).map((path): Neighbour => ({ path, as: "file" })),
    ...asked
      .filter(({ path }) => isWithin(folder.path, path))
      .map(({ path, named }): Neighbour => ({ path, as: named ? "named" : "beside" })),
  ];
}

function filesAround(facts: FileFacts, folder: Folder): readonly string[] {
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
    onLate(): void;
  },
): Promise<void> {
  const seen = new Set<string>();
  // A Compose file that was found may tell of another build context, and so of other files.
  for (;;) {
    const neighbours = neighboursOf(facts, folder).filter(({ path }) => !seen.has(path));
    if (neighbours.length === 0) return;
    const looks = neighbours.map(({ path, as }) => {
      const known = folder.looked.get(path);
      if (known !== undefined) return known;
      const look =
        as === "file"
          ? lookAt(context.read(path), (text) => {
              tellOf(path, text, folder);
              return text;
            })
          : lookAt(context.readBeside(path, as === "named"), (content) => tellOfBeside(path, content, folder));
      folder.looked.set(path, look);
      return look;
    });
    const pending = looks.filter((look) => !look.settled);
    if (pending.length > 0) await settledSoon(pending, () => context.onLate());
    for (const { path } of neighbours) seen.add(path);
  }
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

function tellOf(path: string, text: string | undefined, { workspace }: Folder): void {
  if (path.endsWith(".dockerignore")) {
    workspace.set(ignoreFacts(path, text));
    return;
  }
  const parsed = text === undefined ? undefined : parseFile({ path, text, ...languageOf(path) });
  if (parsed !== undefined) workspace.set(factsOf(parsed));
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

const composeNames: readonly string[] = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/** Patterns of the files that `neighboursOf` may ask for, for a watcher. */
export const neighbourGlobs: readonly string[] = [
  "**/*.dockerignore",
  "**/*{Dockerfile,dockerfile,Containerfile,containerfile}*",
  ...composeNames.map((name) => `**/${name}`),
  `**/{package.json,${lockFileNames.join(",")}}`,
  "**/*.sh",
  "**/*entrypoint*",
];

/** What a Compose file builds is a Dockerfile, whatever it is called. */
function languageOf(path: string): { readonly languageId?: string } {
  return composeNames.includes(nameOf(path)) ? {} : { languageId: "dockerfile" };
}

function unique(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)];
}
