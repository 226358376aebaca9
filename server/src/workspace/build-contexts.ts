import { folderOf, joinPath, nameOf, normalizePath } from "../text/path.ts";
import type { BesideFacts, ComposeFacts, FileFacts } from "./facts.ts";

/** A service that builds a Dockerfile, and the Compose file it stands in. */
export interface Builder {
  readonly path: string;
  readonly service: ComposeFacts["services"][number];
}

/** What is known of the folders that Dockerfiles are built in. Paths of Dockerfiles are normalised; nothing is kept, so that the answers follow the files. */
export interface BuildContexts {
  /** The folders that a Dockerfile is built in; without a word on it, its own. */
  of(dockerfile: string): readonly string[];
  /** The ignore files that decide for a Dockerfile, one for each context; `"unknown"` where nobody looked or the context is in doubt. */
  ignoreFiles(dockerfile: string): readonly FileFacts[] | "unknown";
  /** Whether an ignore file is, or would be, looked at for a Dockerfile. */
  mayDecide(ignoreFile: string, dockerfile: string): boolean;
  /** A file of its contexts, seen from their root; `undefined` where nobody looked, or they differ in it. */
  beside(dockerfile: string, path: string): BesideFacts | undefined;
  /** The files of its contexts that judging it asks for. */
  asked(dockerfile: string): readonly string[];
}

/** `builders` are the services that build a Dockerfile, by its path. */
export function buildContexts(
  files: ReadonlyMap<string, FileFacts>,
  builders: ReadonlyMap<string, readonly Builder[]>,
): BuildContexts {
  const statedContexts = (dockerfile: string): readonly string[] => {
    const contexts = new Set<string>();
    for (const { service } of builders.get(dockerfile) ?? []) {
      if (service.build !== undefined) contexts.add(normalizePath(service.build.context));
    }
    return [...contexts];
  };

  const contextsOf = (dockerfile: string): readonly string[] => {
    const stated = statedContexts(dockerfile);
    return stated.length > 0 ? stated : [folderOf(dockerfile)];
  };

  const ignoreFilesOf = (dockerfile: string): readonly FileFacts[] | "unknown" => {
    const own = files.get(`${dockerfile}.dockerignore`);
    if (own === undefined) return "unknown";
    if (own.ignorePatterns !== undefined) return [own];
    const contexts = statedContexts(dockerfile);
    if (contexts.length > 0) {
      const found = contexts.flatMap((context) => ignoreFileIn(context) ?? []);
      return found.length === contexts.length ? found : "unknown";
    }
    // Without a word on it the context is the Dockerfile's folder, unless a folder above looks like one.
    const folder = folderOf(dockerfile);
    const nearest = ignoreFileIn(folder);
    if (nearest === undefined) return "unknown";
    if (nearest.ignorePatterns !== undefined) return [nearest];
    return foldersAbove(folder).some((above) => ignoreFileIn(above)?.ignorePatterns !== undefined)
      ? "unknown"
      : [nearest];
  };
  const ignoreFileIn = (folder: string): FileFacts | undefined => files.get(joinPath(folder, ".dockerignore"));

  const besideIn = (dockerfile: string, path: string): BesideFacts | undefined => {
    const inside = normalizePath(`/${path}`).slice(1);
    const stated = statedContexts(dockerfile);
    const [first, ...others] = contextsOf(dockerfile).map((context) => files.get(joinPath(context, inside))?.beside);
    if (first === undefined || others.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
      return undefined;
    return first.present || stated.length > 0 || isContext(dockerfile) ? first : undefined;
  };
  /** Whether the folder of a Dockerfile that no Compose file builds shows that it is the build context: something it asks for is there. */
  const isContext = (dockerfile: string): boolean => {
    const folder = folderOf(dockerfile);
    if (ignoreFileIn(folder)?.ignorePatterns !== undefined) return true;
    return asksOf(files.get(dockerfile)).some((path) => files.get(joinPath(folder, path))?.beside?.present === true);
  };
  const asked = (dockerfile: string): readonly string[] => {
    const asks = asksOf(files.get(dockerfile));
    return contextsOf(dockerfile).flatMap((context) => asks.map((path) => joinPath(context, path)));
  };

  const mayDecide = (ignoreFile: string, dockerfile: string): boolean => {
    if (ignoreFile === `${dockerfile}.dockerignore`) return true;
    if (nameOf(ignoreFile) !== ".dockerignore") return false;
    const folder = folderOf(ignoreFile);
    const own = folderOf(dockerfile);
    return statedContexts(dockerfile).includes(folder) || folder === own || foldersAbove(own).includes(folder);
  };

  return { of: contextsOf, ignoreFiles: ignoreFilesOf, mayDecide, beside: besideIn, asked };
}

/** Seen from the root of the context. */
function asksOf(facts: FileFacts | undefined): readonly string[] {
  const asks = facts?.dockerfile?.asks;
  if (asks === undefined) return [];
  return [...(asks.packageJson === undefined ? [] : [asks.packageJson]), ...asks.scripts, ...asks.names];
}

function foldersAbove(folder: string): readonly string[] {
  const above: string[] = [];
  for (let at = folder; folderOf(at) !== at; ) {
    at = folderOf(at);
    above.push(at);
  }
  return above;
}
