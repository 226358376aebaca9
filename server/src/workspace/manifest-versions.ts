import type { FileFacts } from "./facts.ts";
import type { ManifestFacts, ObjectFacts } from "./manifest-facts.ts";
import { anyNamespace, anyWorkload, labelKey, nameKey, openWorkload, selectionKeyOf } from "./manifest-index.ts";
import { usualNamespaceOf } from "./manifest-scopes.ts";
import { sameData } from "./same-facts.ts";

/** Counts the changes of what manifests tell, by kinds, names and labels, so that an answer can be kept while nothing that it came from has changed. */
export interface ManifestVersions {
  /** Takes note that the facts of a file changed; either is `undefined` where there was, or is, none. */
  changed(before: FileFacts | undefined, after: FileFacts | undefined): void;
  /** That of objects which a key stands for: a kind, {@link anyWorkload}, or a key of `manifest-index.ts`. The same object for the same key. */
  of(key: string): ManifestVersion;
  /** Grows when something changed that decides which objects belong together: a kustomization, or which files there are. */
  readonly layout: number;
}

/** Its `count` grows when any of the objects may have changed, anywhere. */
export interface ManifestVersion {
  readonly count: number;
}

export function manifestVersions(): ManifestVersions {
  const versions = new Map<string, { count: number }>();
  let layout = 0;
  const of = (key: string): { count: number } => {
    let version = versions.get(key);
    if (version === undefined) {
      version = { count: 0 };
      versions.set(key, version);
    }
    return version;
  };
  const grow = (key: string): void => {
    of(key).count += 1;
  };
  return {
    of,
    get layout() {
      return layout;
    },
    changed(before, after) {
      const was = before?.kubernetes?.documents ?? [];
      const is = after?.kubernetes?.documents ?? [];
      // Files of other sorts decide what a generated object holds and whether something is a chart.
      if (before?.kubernetes === undefined || after?.kubernetes === undefined) layout += 1;
      const differing = differences(was, is);
      const keys = new Set<string>();
      for (const { objects } of differing)
        for (const object of objects) for (const key of keysOf(object)) keys.add(key);
      for (const key of keys) grow(key);
      if (movesNamespaces(was, is, differing) && usualNamespaceIn(was) !== usualNamespaceIn(is)) grow(anyNamespace);
      if (differing.some(decidesLayout)) layout += 1;
    },
  };
}

/** The documents that the other list does not have, of both; those that say the same at the same place are left out. */
function differences(all: readonly ManifestFacts[], now: readonly ManifestFacts[]): readonly ManifestFacts[] {
  const [was, is] = withoutEnds(all, now);
  const before = new Set(was);
  const after = new Set(is);
  const gone = was.filter((one) => !after.has(one));
  const come = is.filter((one) => !before.has(one));
  if (gone.length === come.length) {
    const changed = gone.flatMap((one, index) => (sameData(one, come[index]) ? [] : [one, come[index] ?? one]));
    // The same ones in another order: which of two comes first may matter.
    return changed.length > 0 || was.every((one, index) => one === is[index] || gone.includes(one)) ? changed : is;
  }
  return [...gone, ...come];
}

/** What two lists have between the ends that are the same. */
function withoutEnds<T>(a: readonly T[], b: readonly T[]): readonly [readonly T[], readonly T[]] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

/** Whether other namespaces are named than before, or others as often: counting them all for each edit would cost more than the edit. */
function movesNamespaces(
  was: readonly ManifestFacts[],
  is: readonly ManifestFacts[],
  differing: readonly ManifestFacts[],
): boolean {
  if (differing.length === 0) return false;
  const named = (documents: readonly ManifestFacts[]): readonly string[] => {
    const all = new Set(documents);
    return differing
      .filter((one) => all.has(one))
      .flatMap(({ objects }) => objects.map(({ kind, namespace, partial }) => `${kind} ${namespace ?? ""} ${partial}`));
  };
  return named(was).join("\n") !== named(is).join("\n");
}

function usualNamespaceIn(documents: readonly ManifestFacts[]): string | undefined {
  return usualNamespaceOf(documents.flatMap(({ objects }) => objects));
}

function keysOf(object: ObjectFacts): readonly string[] {
  const { kind, name, workload, secrets } = object;
  const keys = [kind];
  if (name !== undefined) keys.push(nameKey(kind, name));
  const selection = selectionKeyOf(object);
  if (selection !== undefined) keys.push(selection);
  if (workload !== undefined) {
    keys.push(anyWorkload);
    if (workload.open) keys.push(openWorkload);
    for (const pair of Object.entries(workload.labels)) keys.push(labelKey(anyWorkload, pair));
  }
  if (secrets !== undefined) keys.push("Secret", ...secrets.map((one) => nameKey("Secret", one)));
  return keys;
}

function decidesLayout({ kustomization }: ManifestFacts): boolean {
  return kustomization !== undefined;
}
