import { isRemoteEntry, type KustomizationEntry } from "../languages/kustomize/kustomization.ts";
import { folderOf, joinPath, nameOf } from "../text/path.ts";
import type { FileFacts } from "./facts.ts";
import type { Kustomizations } from "./kustomizations.ts";
import { chartOf } from "./manifest-scopes.ts";
import type { AskedFile } from "./workspace.ts";

/** In bytes: nobody writes a longer manifest by hand, and what a machine wrote is seldom named by one. */
export const longestManifest = 1_000_000;

/** The names of kustomization files; of several in one folder Kustomize takes none. */
export const kustomizationNames: readonly string[] = ["kustomization.yaml", "kustomization.yml", "Kustomization"];

/**
 * The files that the answers of a manifest depend on, as far as can be told by what is known: the manifests in its folder and in the one above, each with what
 * lies below; the kustomizations of its own and of all folders above, and what these list; for a template those of its chart.
 */
export function askedByManifest(path: string, kustomizations: Kustomizations): readonly AskedFile[] {
  const found = new Map<string, AskedFile["as"]>();
  const add = (other: string, as: AskedFile["as"]): void => {
    if (other !== path && !found.has(other)) found.set(other, as);
  };
  const folder = folderOf(path);
  add(slashed(folder), "manifests");
  if (folderOf(folder) !== folder) add(slashed(folderOf(folder)), "manifests");
  for (let at = folder; ; at = folderOf(at)) {
    for (const name of kustomizationNames) add(joinPath(at, name), "manifest");
    if (folderOf(at) === at) break;
  }
  const chart = chartOf(path);
  if (chart !== undefined) {
    add(joinPath(chart, "Chart.yaml"), "named");
    add(slashed(joinPath(chart, "templates")), "manifests");
    add(slashed(joinPath(chart, "crds")), "manifests");
  }
  const own = kustomizations.facts(path) === undefined ? kustomizations.owners(path) : [path];
  const beside = kustomizations.in(folder);
  const above = kustomizations.above(beside === undefined || own.length > 0 ? own : [beside]);
  for (const at of kustomizations.below(above).files) {
    for (const { as, written } of kustomizations.facts(at)?.entries ?? []) {
      if (isRemoteEntry(written)) continue;
      const target = joinPath(folderOf(at), written);
      if (as === "environment") add(target, "beside");
      else if (as === "file") add(target, "named");
      else if (/\.(?:ya?ml|json)$/i.test(nameOf(target))) add(target, "manifest");
      else {
        add(target, "named");
        for (const name of kustomizationNames) add(joinPath(target, name), "manifest");
      }
    }
  }
  return [...found].map(([other, as]) => ({ path: other, as }));
}

/** Whether a Kustomization's entry leads to something; `unknown` where nobody looked. */
export function targetState(
  folder: string,
  { written, as }: Pick<KustomizationEntry, "written" | "as">,
  files: ReadonlyMap<string, FileFacts>,
): "there" | "missing" | "unknown" {
  const target = joinPath(folder, written);
  const states = [target, ...kustomizationNames.map((name) => joinPath(target, name))].map((path) => {
    const facts = files.get(path);
    return facts === undefined ? undefined : (facts.beside?.present ?? true);
  });
  if (states.includes(true)) return "there";
  const isFile = as === "file" || as === "environment" || /\.(?:ya?ml|json)$/i.test(target);
  return (isFile ? states.slice(0, 1) : states).every((state) => state === false) ? "missing" : "unknown";
}

/** A file or folder that a kustomization could name. */
export interface Nameable {
  readonly written: string;
  /** It lies in the kustomization's very folder. */
  readonly beside: boolean;
  /** The kustomization, or another one, names it. */
  readonly named: boolean;
}

/** What a kustomization could name. */
export function nameableFrom(
  path: string,
  files: ReadonlyMap<string, FileFacts>,
  kustomizations: Kustomizations,
): readonly Nameable[] {
  const own = folderOf(path);
  return [...files.values()].flatMap(({ path: other, kubernetes }) => {
    if (kubernetes === undefined || other === path) return [];
    const folder = folderOf(other);
    const isFolder = kustomizations.facts(other) !== undefined;
    const written = relativePath(own, isFolder ? folder : other);
    if (written === undefined || (!isFolder && written.startsWith("../"))) return [];
    return [{ written, beside: folder === own, named: kustomizations.readers(other).length > 0 }];
  });
}

/** A path as it is written in a folder; `undefined` for the folder itself, and where one of them is absolute and the other one is not. */
function relativePath(folder: string, path: string): string | undefined {
  if (folder.startsWith("/") !== path.startsWith("/")) return undefined;
  const from = folder.split("/").filter((part) => part !== "" && part !== ".");
  const to = path.split("/").filter((part) => part !== "" && part !== ".");
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  const written = [...from.slice(same).map(() => ".."), ...to.slice(same)].join("/");
  return written === "" ? undefined : written;
}

/** What lies in a folder. */
export interface FolderNames {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/** How many folders deep, how many files and how many folders are looked at for one manifest; nearer ones first. */
const deepest = 3;
const mostFiles = 400;
const mostFolders = 400;

/**
 * Finds the files below a folder that may be manifests by their names: yields folders, and is told what lies in each. Hidden folders and those with other
 * people's code are left out.
 */
export function* manifestsBelow(top: string): Generator<string, readonly string[], FolderNames> {
  const found: string[] = [];
  let level: readonly string[] = [top];
  let looked = 0;
  for (let depth = 0; depth <= deepest && level.length > 0; depth++) {
    const below: string[] = [];
    for (const folder of level) {
      if (looked >= mostFolders || found.length >= mostFiles) return found;
      looked += 1;
      const { files, folders } = yield folder;
      for (const name of files.toSorted()) {
        if (/\.ya?ml$/i.test(name) || name === "Kustomization") found.push(joinPath(folder, name));
      }
      for (const name of folders.toSorted()) if (!skipped.test(name)) below.push(joinPath(folder, name));
    }
    level = below;
  }
  return found.slice(0, mostFiles);
}

const skipped = /^\.|^(?:node_modules|vendor|target|dist|build|__pycache__)$/;

function slashed(folder: string): string {
  return folder === "/" ? "/" : `${folder}/`;
}
