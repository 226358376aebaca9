import { isRemoteEntry } from "../languages/kustomize/kustomization.ts";
import { isKustomizationName } from "../languages/sniff.ts";
import { folderOf, joinPath, nameOf } from "../text/path.ts";
import type { FileFacts } from "./facts.ts";
import type { KustomizationFacts } from "./manifest-facts.ts";

/** The kustomizations of a workspace and what they bring together, as they are at one time. */
export interface Kustomizations {
  /** The kustomization of a folder. */
  in(folder: string): string | undefined;
  /** What a kustomization file says. */
  facts(path: string): KustomizationFacts | undefined;
  /** Kustomizations that name a file, as one of objects or of patches, and a kustomization itself; not those further up. */
  owners(path: string): readonly string[];
  /** These kustomizations and those that include them, step by step. */
  above(paths: readonly string[]): readonly string[];
  /** These kustomizations, all that they include, and the files that these name; `complete` unless some of that is not known here. */
  below(paths: readonly string[]): { readonly files: readonly string[]; readonly complete: boolean };
  /** Whether a file holds patches for others to apply. */
  isPatch(path: string): boolean;
  /** Kustomizations that read a file, of whatever sort. */
  readers(path: string): readonly string[];
}

/** Lazy: a workspace without kustomizations pays one look at the names of its files. */
export function kustomizationsOf(files: ReadonlyMap<string, FileFacts>): Kustomizations {
  const byFolder = new Map<string, string>();
  const owners = new Map<string, string[]>();
  const patches = new Set<string>();
  const readers = new Map<string, string[]>();
  const factsAt = (path: string): KustomizationFacts | undefined =>
    files.get(path)?.kubernetes?.documents[0]?.kustomization;
  for (const path of files.keys()) {
    if (isKustomizationName(nameOf(path)) && factsAt(path) !== undefined) byFolder.set(folderOf(path), path);
  }
  /** The file or kustomization that an entry leads to. */
  const targetOf = (folder: string, written: string): string => {
    const at = joinPath(folder, written);
    return byFolder.get(at) ?? at;
  };
  for (const path of byFolder.values()) {
    const folder = folderOf(path);
    for (const { as, written } of factsAt(path)?.entries ?? []) {
      if (isRemoteEntry(written)) continue;
      const target = targetOf(folder, written);
      add(readers, target, path);
      if (as === "patch") patches.add(target);
      if (as === "patch" || as === "objects" || as === "component") add(owners, target, path);
    }
  }
  return {
    in: (folder) => byFolder.get(folder),
    facts: factsAt,
    owners: (path) => owners.get(path) ?? [],
    above(paths) {
      const found = new Set(paths);
      for (const at of found) for (const owner of owners.get(at) ?? []) found.add(owner);
      return [...found];
    },
    below(paths) {
      const found = new Set(paths);
      let complete = true;
      for (const at of found) {
        const facts = factsAt(at);
        if (facts === undefined) continue;
        if (facts.open) complete = false;
        for (const { as, written } of facts.entries) {
          if (as === "file" || as === "environment") continue;
          const target = isRemoteEntry(written) ? undefined : targetOf(folderOf(at), written);
          if (target !== undefined && files.get(target)?.kubernetes !== undefined) found.add(target);
          else if (as !== "patch") complete = false;
        }
      }
      return { files: [...found], complete };
    },
    isPatch: (path) => patches.has(path),
    readers: (path) => readers.get(path) ?? [],
  };
}

function add(to: Map<string, string[]>, key: string, path: string): void {
  const known = to.get(key);
  if (known === undefined) to.set(key, [path]);
  else if (!known.includes(path)) known.push(path);
}
