import type { Span } from "../text/span.ts";
import { folderOf, joinPath, nameOf, normalizePath } from "../text/path.ts";
import type { Descriptions } from "../languages/image/description.ts";
import type { ImageReference } from "../languages/image/reference.ts";
import type { ScriptFacts } from "../languages/shell/index.ts";
import { historyFile } from "./asks.ts";
import { isNameOnly } from "./beside.ts";
import { type Builder, buildContexts } from "./build-contexts.ts";
import { askedByCompose, type ComposeFiles, composeFilesOf } from "./compose-files.ts";
import { fileOf } from "./compose-facts.ts";
import type { ComposeProject } from "./compose-project.ts";
import { connectedTo } from "./compose-relations.ts";
import { type RegistryImage, registryImageOf, type RegistryImages } from "./registry-images.ts";
import { sameFacts } from "./same-facts.ts";
import type { ShellComment, ShellComments } from "./shell-comments.ts";
import type { FileFacts, PackageFacts } from "./facts.ts";
import { factsOf, isToldBy } from "./facts-of.ts";
import { askedByManifest } from "./manifest-files.ts";
import { manifestVersions } from "./manifest-versions.ts";
import { type Manifests, manifestsOf, type ManifestView, newLayout } from "./manifests.ts";
import { dockerfilesOf, tellsOfImages, tellsOthers } from "./tells.ts";
import { watch, type WatchedState, type WatchedView } from "./watched-view.ts";
import type { ParsedFile } from "../languages/index.ts";

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
  builders(): readonly Builder[];
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
  /** The objects of this manifest and of those around it; for a file of another kind, of the workspace. */
  manifests(): ManifestView;
  /**
   * The same view once this reading of its file takes the place of what the workspace knows of it: a text that is checked but not told, as between one fix
   * and the next.
   */
  reading(parsed: ParsedFile): WorkspaceView;
  /** A view that remembers what it was asked: the one of `before`, where it is of this workspace and file and all its answers still hold. */
  watched(before?: WatchedView): WatchedView;
  /** Whether ShellCheck had anything to say of a script of this file, of this text or one before. */
  hasShellComments(): boolean;
  /** What ShellCheck says of a script of this file; `undefined` where it was not asked about this very text. */
  shellComments(script: string): readonly ShellComment[] | undefined;
  /** What the registry said of the image that a reference names; `undefined` where nobody asked it, or not lately. */
  registryImage(reference: ImageReference): RegistryImage | undefined;
  /** What registries said of all images that somebody asked about, by `imageKey`: models are read with it. The same object as long as nothing changes. */
  registryDescriptions(): Descriptions;
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
  /** Takes note of what registries said, in the place of all that they said before. The same object again changes nothing. */
  setRegistryImages(images: RegistryImages): void;
  /** Forgets the file. */
  remove(path: string): void;
  facts(path: string): FileFacts | undefined;
  /** The files of a kind that are known. */
  paths(kind: FileFacts["kind"]): readonly string[];
  view(path: string): WorkspaceView;
  /**
   * Files that the answers of a file depend on: what a Compose file names, what a Dockerfile asks of its build contexts, what lies around a manifest. That of
   * a file which is not there is told as well, by facts of kind `beside`. Once some of them are known there may be more.
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
  /**
   * To be read as one of ours, as any other file, or only looked for; `manifests`: a folder, with a slash at its end, of which those files are wanted that
   * `manifestsBelow` finds.
   */
  readonly as: "dockerfile" | "compose" | "manifest" | "manifests" | "beside" | "named";
}

/** A workspace that knows of no file yet. */
export function createWorkspace(): Workspace {
  const files = new Map<string, FileFacts>();
  /** Dockerfile → the services that build it. */
  const builders = new Map<string, readonly Builder[]>();
  /** What is known of how manifests belong together, until any of them changes. */
  let manifests: Manifests | undefined;
  let layout = newLayout();
  const allManifests = (): Manifests => (manifests ??= manifestsOf(files, layout));
  const versions = manifestVersions();
  const shellComments = new Map<string, ShellComments>();
  let registryImages: RegistryImages = { digests: new Map(), descriptions: new Map() };
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
  const contexts = buildContexts(files, builders);
  const changed = (before: FileFacts | undefined, after: FileFacts | undefined): void => {
    if ([before, after].some((facts) => facts?.kubernetes !== undefined || facts?.beside !== undefined)) {
      manifests = undefined;
      const { layout: known } = versions;
      versions.changed(before, after);
      if (versions.layout !== known) layout = newLayout();
    }
    generation += 1;
  };

  const viewOf = (path: string): WorkspaceView => {
    return {
      path,
      ignorePatterns() {
        const found = contexts.ignoreFiles(path);
        if (found === "unknown") return "unknown";
        if (found.length === 1) return found[0]?.ignorePatterns;
        return found.every((facts) => facts.ignorePatterns === undefined) ? undefined : "unknown";
      },
      ignoreFile() {
        const found = contexts.ignoreFiles(path);
        const [file, ...others] = found === "unknown" ? [] : found;
        if (file === undefined || others.length > 0) return undefined;
        return { path: file.path, present: file.ignorePatterns !== undefined, places: file.ignorePlaces ?? [] };
      },
      packageJson() {
        const name = files.get(path)?.dockerfile?.asks.packageJson ?? "package.json";
        const beside = contexts.beside(path, name);
        if (beside === undefined) return "unknown";
        return beside.present ? (beside.package ?? "unknown") : undefined;
      },
      script(name) {
        const beside = contexts.beside(path, name);
        if (beside === undefined) return "unknown";
        if (!beside.present) return undefined;
        const [context = "."] = contexts.of(path);
        return beside.script === undefined
          ? "unknown"
          : { ...beside.script, path: joinPath(context, normalizePath(`/${name}`).slice(1)) };
      },
      hasHistory: () =>
        contexts.of(path).some((context) => files.get(joinPath(context, historyFile))?.beside?.present !== false),
      contextHas: (name) => contexts.beside(path, name)?.present ?? "unknown",
      builders: () => builders.get(path) ?? [],
      composeProject: () => composeFiles().project(path),
      environmentFile(written) {
        const beside = files.get(fileOf(folderOf(path), written) ?? "")?.beside;
        if (beside === undefined) return "unknown";
        if (!beside.present) return undefined;
        const { environment } = beside;
        return environment === undefined ? "unknown" : new Map(environment.map(([name, value]) => [name, value ?? ""]));
      },
      hasFile(written) {
        const facts = files.get(fileOf(folderOf(path), written) ?? "");
        if (facts === undefined) return "unknown";
        return facts.kind === "ignore" ? facts.ignorePatterns !== undefined : (facts.beside?.present ?? true);
      },
      servicesOf: (written) => files.get(fileOf(folderOf(path), written) ?? "")?.compose?.declared.services,
      dockerfile: (dockerfile) => files.get(normalizePath(dockerfile)),
      manifests: () => allManifests().view(path),
      reading: (parsed) => viewReading(viewOf(path), parsed),
      watched: (before) =>
        before?.state === state && before.view.path === path && before.holds() ? before : watch(viewOf(path), state),
      hasShellComments: () => [...(shellComments.get(path)?.values() ?? [])].some(({ length }) => length > 0),
      shellComments: (script) => shellComments.get(path)?.get(script),
      registryImage: (reference) => registryImageOf(registryImages, reference),
      registryDescriptions: () => registryImages.descriptions,
    };
  };

  /** The facts that the workspace has are of another text, so that an index of their own is made, and only where they tell something else. */
  const viewReading = (view: WorkspaceView, parsed: ParsedFile): WorkspaceView => {
    const known = files.get(view.path);
    if (known !== undefined && isToldBy(parsed, known)) return view;
    const read = factsOf(parsed);
    const own = { ...read, path: view.path };
    if (read.kubernetes === undefined || known === undefined || sameFacts(known, own)) return view;
    let other: Manifests | undefined;
    const overlaid = (): Manifests => (other ??= manifestsOf(new Map(files).set(view.path, own)));
    const overlay: WorkspaceView = {
      ...view,
      manifests: () => overlaid().view(view.path),
      watched: () => ({ state, view: overlay, holds: () => false }),
    };
    return overlay;
  };

  const state: WatchedState = {
    files,
    versions,
    get generation() {
      return generation;
    },
    get registryImages() {
      return registryImages;
    },
    get manifests() {
      return allManifests();
    },
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
      changed(before, facts);
    },
    setShellComments(path, comments) {
      shellComments.set(normalizePath(path), comments);
      generation += 1;
    },
    setRegistryImages(images) {
      if (images === registryImages) return;
      registryImages = images;
      generation += 1;
    },
    remove(path) {
      shellComments.delete(normalizePath(path));
      const facts = files.get(normalizePath(path));
      if (facts === undefined) return;
      unlink(facts);
      compose = undefined;
      files.delete(facts.path);
      changed(facts, undefined);
    },
    facts: (path) => files.get(normalizePath(path)),
    paths: (kind) => [...files.values()].flatMap((facts) => (facts.kind === kind ? [facts.path] : [])),
    view: (path) => viewOf(normalizePath(path)),
    asked(given) {
      const path = normalizePath(given);
      const facts = files.get(path);
      if (facts?.compose !== undefined) return askedByCompose(facts, facts.compose);
      if (facts?.kubernetes !== undefined) return askedByManifest(path, allManifests().kustomizations);
      return [...new Set(contexts.asked(path))].map((other) => ({
        path: other,
        as: isNameOnly(other) ? "named" : "beside",
      }));
    },
    connected: (path) => connectedTo(normalizePath(path), composeFiles()),
    affectedBy(given) {
      const path = normalizePath(given);
      const affected = new Set<string>();
      const facts = files.get(path);
      if (facts !== undefined) {
        for (const dockerfile of dockerfilesOf(facts)) if (files.has(dockerfile)) affected.add(dockerfile);
        const manifest = facts.kubernetes;
        if (manifest !== undefined && tellsOthers(manifest)) {
          const images = manifest.documents.some(({ objects }) => objects.some(tellsOfImages));
          for (const other of files.values())
            if (other.kind === "kubernetes" || (images && other.kind === "dockerfile")) affected.add(other.path);
        }
      }
      for (const builder of builders.get(path) ?? []) affected.add(builder.path);
      if (path.endsWith(".dockerignore")) {
        for (const other of files.values()) {
          if (other.kind === "dockerfile" && contexts.mayDecide(path, other.path)) {
            affected.add(other.path);
          }
        }
      }
      if (facts?.beside !== undefined) {
        for (const other of files.values()) {
          if (other.kind === "dockerfile" && contexts.asked(other.path).includes(path)) affected.add(other.path);
        }
      }
      if (facts?.compose !== undefined || composeFiles().referrers(path).length > 0) {
        for (const other of connectedTo(path, composeFiles())) affected.add(other);
      }
      if (facts?.beside !== undefined) {
        for (const other of composeFiles().askers(path)) affected.add(other);
        if (allManifests().kustomizations.readers(path).length > 0 || nameOf(path) === "Chart.yaml")
          for (const other of files.values()) if (other.kubernetes !== undefined) affected.add(other.path);
      }
      affected.delete(path);
      return [...affected];
    },
  };
}
