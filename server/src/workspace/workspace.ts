import type { Span } from "../text/span.ts";
import { folderOf, joinPath, nameOf, normalizePath } from "../text/path.ts";
import type { ScriptFacts } from "../languages/shell/index.ts";
import { historyFile } from "./asks.ts";
import { isNameOnly } from "./beside.ts";
import { askedByCompose, type ComposeFiles, composeFilesOf } from "./compose-files.ts";
import { fileOf } from "./compose-facts.ts";
import type { ComposeProject } from "./compose-project.ts";
import { connectedTo } from "./compose-relations.ts";
import type { ShellComment, ShellComments } from "./shell-comments.ts";
import type { BesideFacts, ComposeFacts, FileFacts, KubernetesFacts, PackageFacts, WorkloadFacts } from "./facts.ts";

/** What a rule may ask about the files around the one it checks. Bound to that file: questions are answered from its point of view. */
export interface WorkspaceView {
  /** The file the questions are asked for. */
  readonly path: string;
  /**
   * The patterns that decide what `COPY . .` of this Dockerfile takes: of `<name>.dockerignore` beside it, else of `.dockerignore` at the root
   * of its build context. `undefined`: it is known that there is none. `"unknown"`: the context is not known or was not looked at.
   */
  ignorePatterns(): readonly string[] | undefined | "unknown";
  /**
   * The file that holds these patterns or, where there is none, the one to write: no such file is there then. `undefined`: that is not known, or several
   * contexts leave it open. `places` tells where each pattern stands.
   */
  ignoreFile(): { readonly path: string; readonly present: boolean; readonly places: readonly Span[] } | undefined;
  /**
   * The `package.json` of what this Dockerfile runs: the one copied to where its program runs, else that at the root of its build context.
   * `undefined`: it is known that there is none. `"unknown"`: it could not be read, or the context is not known.
   */
  packageJson(): PackageFacts | undefined | "unknown";
  /**
   * A script of the build context, `path` seen from its root. Only those are known that ENTRYPOINT and CMD of the final stage start (see
   * `startedFiles`, whose origin has the path). `undefined`: it is known that there is none. `path` of the answer is like that of the view.
   */
  script(path: string): (ScriptFacts & { readonly path: string }) | undefined | "unknown";
  /**
   * Whether the build context has a file, `path` seen from its root: one of the lock files of a program that the Dockerfile speaks of, or one
   * of those above.
   */
  contextHas(path: string): boolean | "unknown";
  /** Whether the history of git is in the build context, for a Dockerfile that copies all of it; `true` where nobody looked. */
  hasHistory(): boolean;
  /** Compose services that build this Dockerfile. */
  builders(): readonly { readonly path: string; readonly service: ComposeFacts["services"][number] }[];
  /** The other files of the application that this Compose file is a part of. */
  composeProject(): ComposeProject;
  /**
   * What a `.env` or a file of `env_file` sets, by name; `path` as this Compose file writes it. A value is as in `EnvironmentEntry`, the empty text for a name
   * without one. `undefined`: it is known that there is none. `"unknown"`: nobody looked, it could not be read, or it is no such file.
   */
  environmentFile(path: string): ReadonlyMap<string, string> | undefined | "unknown";
  /**
   * Whether there is such a file (a folder is none); `path` as this Compose file writes it. Known of its includes, bases and Dockerfiles, of what it reads
   * variables from, of the `file` of secrets and configs, of bind mounts that look like files, and of `.gitignore` beside it.
   */
  hasFile(path: string): boolean | "unknown";
  /** The names of the services of a Compose file that this one names, `path` as written in it; `undefined` where that is not known. */
  servicesOf(path: string): readonly string[] | undefined;
  /** The facts of a Dockerfile that a service of this Compose file builds. */
  dockerfile(path: string): FileFacts | undefined;
  /** Workloads of this file. */
  workloadsInFile(): readonly WorkloadFacts[];
  /** Workloads of every file of the workspace, this one's included. */
  workloads(): readonly (WorkloadFacts & { readonly path: string })[];
  /** What an autoscaler of any file of the workspace sets the number of replicas of. */
  autoscaled(): KubernetesFacts["autoscaled"];
  /** This file holds custom resources, patches or templates, so that pods may exist which none of its workloads describe. */
  otherPodsInFile(): boolean;
  /** Whether ShellCheck had anything to say of a script of this file, of this text or one before. */
  hasShellComments(): boolean;
  /** What ShellCheck says of a script of this file; `undefined` where it was not asked about this very text. */
  shellComments(script: string): readonly ShellComment[] | undefined;
}

/** The facts of the files that may see each other. The one thing here that changes: whoever owns it decides when. Paths are normalised on the way in. */
export interface Workspace {
  /** Grows whenever an answer to some view may have changed; equal facts set again leave it. */
  readonly generation: number;
  /**
   * Takes the place of what was known of the file. Facts of kind `ignore` without patterns say that somebody looked and there is no
   * such file, which is not the same as never having looked.
   */
  set(facts: FileFacts): void;
  /** Takes note of what ShellCheck said of the file's scripts, in the place of what it said before. Forgotten with the file. */
  setShellComments(path: string, comments: ShellComments): void;
  /** Forgets the file. */
  remove(path: string): void;
  facts(path: string): FileFacts | undefined;
  view(path: string): WorkspaceView;
  /**
   * Files that the answers of a Dockerfile or a Compose file depend on: what it names, and for a Dockerfile what it asks of its build contexts. That of a file
   * which is not there is told as well, by facts of kind `beside`.
   */
  asked(path: string): readonly AskedFile[];
  /** The Compose files that are, or may be, one project with this one, and those that it names though they are not there; itself left out. */
  connected(compose: string): readonly string[];
  /**
   * Other files whose answers depend on what is known of this one now. A caller that changes a file's facts asks before and after,
   * since what a file no longer speaks of is affected too.
   */
  affectedBy(path: string): readonly string[];
}

/** A file that another one's answers depend on. */
export interface AskedFile {
  readonly path: string;
  /** To be read as one of ours, as any other file, or only looked for. */
  readonly as: "dockerfile" | "compose" | "beside" | "named";
}

type Service = ComposeFacts["services"][number];
type Builder = { readonly path: string; readonly service: Service };

export function createWorkspace(): Workspace {
  const files = new Map<string, FileFacts>();
  /** Dockerfile → the services that build it. */
  const builders = new Map<string, readonly Builder[]>();
  let workloads: readonly (WorkloadFacts & { readonly path: string })[] | undefined;
  const shellComments = new Map<string, ShellComments>();
  let generation = 0;
  /** What is known of how Compose files belong together, until any of them changes. */
  let compose: ComposeFiles | undefined;
  const composeFiles = (): ComposeFiles => (compose ??= composeFilesOf(files));

  const unlink = (facts: FileFacts): void => {
    for (const dockerfile of dockerfilesOf(facts)) {
      const left = (builders.get(dockerfile) ?? []).filter((builder) => builder.path !== facts.path);
      if (left.length > 0) builders.set(dockerfile, left);
      else builders.delete(dockerfile);
    }
  };
  const link = (facts: FileFacts): void => {
    for (const service of facts.compose?.services ?? []) {
      if (service.build === undefined) continue;
      const dockerfile = normalizePath(service.build.dockerfile);
      builders.set(dockerfile, [...(builders.get(dockerfile) ?? []), { path: facts.path, service }]);
    }
  };
  const changed = (): void => {
    workloads = undefined;
    generation += 1;
  };

  const allWorkloads = (): readonly (WorkloadFacts & { readonly path: string })[] => {
    workloads ??= [...files.values()].flatMap(({ path, kubernetes }) =>
      (kubernetes?.workloads ?? []).map((workload) => ({ ...workload, path })),
    );
    return workloads;
  };

  const statedContexts = (dockerfile: string): readonly string[] => {
    const contexts = new Set<string>();
    for (const { service } of builders.get(dockerfile) ?? []) {
      if (service.build !== undefined) contexts.add(normalizePath(service.build.context));
    }
    return [...contexts];
  };

  /** Without a word on it the context is the Dockerfile's folder. */
  const contextsOf = (dockerfile: string): readonly string[] => {
    const stated = statedContexts(dockerfile);
    return stated.length > 0 ? stated : [folderOf(dockerfile)];
  };

  /** The ignore files that decide for a Dockerfile, one for each context; `"unknown"` where nobody looked or the context is in doubt. */
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
  const ignorePatterns = (dockerfile: string): readonly string[] | undefined | "unknown" => {
    const found = ignoreFilesOf(dockerfile);
    if (found === "unknown") return "unknown";
    if (found.length === 1) return found[0]?.ignorePatterns;
    return found.every((facts) => facts.ignorePatterns === undefined) ? undefined : "unknown";
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

  return {
    get generation() {
      return generation;
    },
    set(given) {
      const path = normalizePath(given.path);
      const facts = given.path === path ? given : { ...given, path };
      const before = files.get(path);
      if (facts.kind === "compose" || before?.kind !== facts.kind) compose = undefined;
      if (before !== undefined && sameFacts(before, facts)) {
        files.set(path, facts);
        return;
      }
      if (before !== undefined) unlink(before);
      files.set(path, facts);
      link(facts);
      changed();
    },
    setShellComments(path, comments) {
      shellComments.set(normalizePath(path), comments);
      generation += 1;
    },
    remove(path) {
      shellComments.delete(normalizePath(path));
      const facts = files.get(normalizePath(path));
      if (facts === undefined) return;
      unlink(facts);
      compose = undefined;
      files.delete(facts.path);
      changed();
    },
    facts: (path) => files.get(normalizePath(path)),
    view(given) {
      const path = normalizePath(given);
      return {
        path,
        ignorePatterns: () => ignorePatterns(path),
        ignoreFile() {
          const found = ignoreFilesOf(path);
          const [file, ...others] = found === "unknown" ? [] : found;
          if (file === undefined || others.length > 0) return undefined;
          return { path: file.path, present: file.ignorePatterns !== undefined, places: file.ignorePlaces ?? [] };
        },
        packageJson() {
          const name = files.get(path)?.dockerfile?.asks.packageJson ?? "package.json";
          const beside = besideIn(path, name);
          if (beside === undefined) return "unknown";
          return beside.present ? (beside.package ?? "unknown") : undefined;
        },
        script(name) {
          const beside = besideIn(path, name);
          if (beside === undefined) return "unknown";
          if (!beside.present) return undefined;
          const [context = "."] = contextsOf(path);
          return beside.script === undefined
            ? "unknown"
            : { ...beside.script, path: joinPath(context, normalizePath(`/${name}`).slice(1)) };
        },
        hasHistory: () =>
          contextsOf(path).some((context) => files.get(joinPath(context, historyFile))?.beside?.present !== false),
        contextHas: (name) => besideIn(path, name)?.present ?? "unknown",
        builders: () => builders.get(path) ?? [],
        composeProject: () => composeFiles().project(path),
        environmentFile(written) {
          const beside = files.get(fileOf(folderOf(path), written) ?? "")?.beside;
          if (beside === undefined) return "unknown";
          if (!beside.present) return undefined;
          const { environment } = beside;
          return environment === undefined
            ? "unknown"
            : new Map(environment.map(([name, value]) => [name, value ?? ""]));
        },
        hasFile(written) {
          const facts = files.get(fileOf(folderOf(path), written) ?? "");
          if (facts === undefined) return "unknown";
          return facts.kind === "ignore" ? facts.ignorePatterns !== undefined : (facts.beside?.present ?? true);
        },
        servicesOf: (written) => files.get(fileOf(folderOf(path), written) ?? "")?.compose?.declared.services,
        dockerfile: (dockerfile) => files.get(normalizePath(dockerfile)),
        workloadsInFile: () => files.get(path)?.kubernetes?.workloads ?? [],
        workloads: allWorkloads,
        autoscaled: () => [...files.values()].flatMap(({ kubernetes }) => kubernetes?.autoscaled ?? []),
        otherPodsInFile: () => files.get(path)?.kubernetes?.otherPods ?? false,
        hasShellComments: () => [...(shellComments.get(path)?.values() ?? [])].some(({ length }) => length > 0),
        shellComments: (script) => shellComments.get(path)?.get(script),
      };
    },
    asked(given) {
      const path = normalizePath(given);
      const facts = files.get(path);
      if (facts?.compose !== undefined) return askedByCompose(facts, facts.compose);
      return [...new Set(asked(path))].map((other) => ({ path: other, as: isNameOnly(other) ? "named" : "beside" }));
    },
    connected: (path) => connectedTo(normalizePath(path), composeFiles()),
    affectedBy(given) {
      const path = normalizePath(given);
      const affected = new Set<string>();
      const facts = files.get(path);
      if (facts !== undefined) {
        for (const dockerfile of dockerfilesOf(facts)) if (files.has(dockerfile)) affected.add(dockerfile);
        if (facts.kubernetes !== undefined && tellsOthers(facts.kubernetes)) {
          const images = facts.kubernetes.workloads.some(({ probed, numbered }) => probed.length + numbered.length > 0);
          for (const other of files.values())
            if (other.kind === "kubernetes" || (images && other.kind === "dockerfile")) affected.add(other.path);
        }
      }
      for (const builder of builders.get(path) ?? []) affected.add(builder.path);
      if (path.endsWith(".dockerignore")) {
        for (const other of files.values()) {
          if (other.kind === "dockerfile" && readsIgnoreFile(other.path, path, builders.get(other.path) ?? [])) {
            affected.add(other.path);
          }
        }
      }
      if (facts?.beside !== undefined) {
        for (const other of files.values()) {
          if (other.kind === "dockerfile" && asked(other.path).includes(path)) affected.add(other.path);
        }
      }
      if (facts?.compose !== undefined || composeFiles().referrers(path).length > 0) {
        for (const other of connectedTo(path, composeFiles())) affected.add(other);
      }
      if (facts?.beside !== undefined) for (const other of composeFiles().askers(path)) affected.add(other);
      affected.delete(path);
      return [...affected];
    },
  };
}

/** Seen from the root of the context. */
function asksOf(facts: FileFacts | undefined): readonly string[] {
  const asks = facts?.dockerfile?.asks;
  if (asks === undefined) return [];
  return [...(asks.packageJson === undefined ? [] : [asks.packageJson]), ...asks.scripts, ...asks.names];
}

function tellsOthers(facts: KubernetesFacts): boolean {
  return facts.workloads.length > 0 || facts.autoscaled.length > 0;
}

function dockerfilesOf(facts: FileFacts): readonly string[] {
  const paths = (facts.compose?.services ?? []).flatMap(({ build }) => build?.dockerfile ?? []);
  return [...new Set(paths.map(normalizePath))];
}

function readsIgnoreFile(dockerfile: string, ignoreFile: string, builders: readonly Builder[]): boolean {
  if (ignoreFile === `${dockerfile}.dockerignore`) return true;
  if (nameOf(ignoreFile) !== ".dockerignore") return false;
  const folder = folderOf(ignoreFile);
  if (builders.some(({ service }) => service.build !== undefined && normalizePath(service.build.context) === folder)) {
    return true;
  }
  return folder === folderOf(dockerfile) || foldersAbove(folderOf(dockerfile)).includes(folder);
}

function foldersAbove(folder: string): readonly string[] {
  const above: string[] = [];
  for (let at = folder; folderOf(at) !== at; ) {
    at = folderOf(at);
    above.push(at);
  }
  return above;
}

/** Where a Compose file says what it says is nothing new to others. */
function sameFacts(a: FileFacts, b: FileFacts): boolean {
  const { composePlaces: _a, ...mine } = a;
  const { composePlaces: _b, ...theirs } = b;
  return sameData(mine, theirs);
}

/** Facts are plain data, put together in one order. */
function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameData(item, b[index]));
  }
  const left: Readonly<Record<string, unknown>> = { ...a };
  const right: Readonly<Record<string, unknown>> = { ...b };
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length && keys.every((key) => key in right && sameData(left[key], right[key]))
  );
}
