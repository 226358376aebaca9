import { clusterScoped } from "../knowledge/cluster-scoped.ts";
import { folderOf, joinPath } from "../text/path.ts";
import type { FileFacts } from "./facts.ts";
import type { Kustomizations } from "./kustomizations.ts";
import type { Labels } from "./label-selector.ts";
import type { ObjectFacts } from "./manifest-facts.ts";

/** The files whose objects are applied together with a file's own, as far as their places tell. */
export interface ManifestScope {
  /** Of what holds them together: equal keys are equal scopes. */
  readonly key: string;
  readonly files: readonly string[];
  /** Objects may belong to it that are not in these files: what is included is not known, or a folder that is made to be included by others. */
  readonly incomplete: boolean;
  /** It is made to be included by others, none of which is known. */
  readonly included: boolean;
}

/** What the kustomizations around a file make of its objects. */
export interface Overlaid {
  /** `undefined` where none of them sets one; see {@link namespaceOf} where they differ. */
  readonly namespace: string | undefined;
  /** All that any of them sets. */
  readonly namespaces: readonly string[];
  readonly names: readonly Affix[];
  readonly labels: Labels;
  /** Some labels have different values in different overlays. */
  readonly contradicting: boolean;
  /** Labels come into selectors too, and into those that are not written. */
  readonly selectors: boolean;
  /** Images, as they are written without tag and digest, that are given another tag or a digest. */
  readonly retagged: ReadonlySet<string>;
  /** Numbers of replicas that they set, by name. */
  readonly replicas: ReadonlyMap<string, number>;
}

interface Affix {
  readonly prefix: string;
  readonly suffix: string;
}

/**
 * The scope of a file: the kustomization that names it, with those that include that one and all that they bring; else the one beside it; else its chart;
 * else its folder.
 */
export function scopeOf(
  path: string,
  files: ReadonlyMap<string, FileFacts>,
  kustomizations: Kustomizations,
): ManifestScope {
  const own = ownKustomizations(path, kustomizations);
  if (own.length > 0) {
    const above = kustomizations.above(own);
    const { files: below, complete } = kustomizations.below(above);
    const alone = above.length === own.length && own.some((one) => isMadeToBeIncluded(one, kustomizations));
    const members = below.includes(path) ? below : [...below, path];
    return {
      key: `k:${[...own].sort().join("\n")}${below.includes(path) ? "" : `\n${path}`}`,
      files: members,
      incomplete: !complete || alone,
      included: alone,
    };
  }
  const chart = chartOf(path);
  if (chart !== undefined && files.get(joinPath(chart, "Chart.yaml"))?.beside?.present !== false) {
    const prefix = chart === "." ? "" : `${chart}/`;
    const members = manifestsWhere(files, (other) => chartOf(other) === chart || other.startsWith(`${prefix}crds/`));
    return { key: `c:${chart}`, files: members, incomplete: false, included: false };
  }
  const folder = folderOf(path);
  return {
    key: `f:${folder}`,
    files: manifestsWhere(files, (other) => folderOf(other) === folder),
    incomplete: false,
    included: false,
  };
}

/** The folder of the chart whose template a file would be, by its path. */
export function chartOf(path: string): string | undefined {
  const match = /^(?:(.*)\/)?templates\//.exec(path);
  return match === null ? undefined : (match[1] ?? ".");
}

/** What the kustomizations that name a file, and those above them, do to its objects. */
export function overlaidOn(path: string, kustomizations: Kustomizations): Overlaid {
  const own = ownKustomizations(path, kustomizations);
  const names: Affix[] = [{ prefix: "", suffix: "" }];
  const namespaces = new Set<string>();
  const labels: Record<string, string> = {};
  const replicas = new Map<string, number>();
  const retagged = new Set<string>();
  let contradicting = false;
  let selectors = false;
  for (const at of kustomizations.above(own)) {
    const facts = kustomizations.facts(at);
    if (facts === undefined) continue;
    if (facts.namespace !== undefined) namespaces.add(facts.namespace);
    if (facts.selectors) selectors = true;
    for (const image of facts.retagged) retagged.add(image);
    for (const [name, count] of facts.replicas) replicas.set(name, count);
    for (const [key, value] of Object.entries(facts.labels)) {
      if (labels[key] !== undefined && labels[key] !== value) contradicting = true;
      labels[key] ??= value;
    }
    if (facts.namePrefix === "" && facts.nameSuffix === "") continue;
    for (const { prefix, suffix } of names.slice(0, mostNames)) {
      names.push({ prefix: facts.namePrefix + prefix, suffix: suffix + facts.nameSuffix });
    }
  }
  const [namespace] = namespaces;
  return {
    namespace: namespaces.size > 1 ? several : namespace,
    namespaces: [...namespaces],
    names: names.slice(0, mostNames),
    labels,
    contradicting,
    selectors,
    retagged,
    replicas,
  };
}

/** Stands for a namespace that differs from overlay to overlay. */
const several = "\0";

/** Of so many names an object is known at most; one for each way through the overlays. */
const mostNames = 16;

/** The namespace an object comes to stand in; `undefined` where that is left open. */
export function namespaceOf({ kind, namespace }: ObjectFacts, overlaid: Overlaid): string | undefined {
  return clusterScoped.has(kind) ? undefined : resultingNamespace(namespace, overlaid);
}

/** What becomes of a namespace as written. */
export function resultingNamespace(written: string | undefined, { namespace }: Overlaid): string | undefined {
  return namespace === several ? undefined : (namespace ?? written);
}

function ownKustomizations(path: string, kustomizations: Kustomizations): readonly string[] {
  if (kustomizations.facts(path) !== undefined) return [path];
  const owners = kustomizations.owners(path);
  if (owners.length > 0) return owners;
  const beside = kustomizations.in(folderOf(path));
  return beside === undefined ? [] : [beside];
}

/** A component, or a base by its folder's name, that no kustomization includes as far as is known. */
function isMadeToBeIncluded(path: string, kustomizations: Kustomizations): boolean {
  return (
    kustomizations.facts(path)?.component === true || /(?:^|\/)(?:bases?|components?)(?:\/|$)/i.test(folderOf(path))
  );
}

function manifestsWhere(files: ReadonlyMap<string, FileFacts>, test: (path: string) => boolean): readonly string[] {
  return [...files.values()].flatMap(({ path, kubernetes }) => (kubernetes !== undefined && test(path) ? [path] : []));
}

/** Whether two namespaces (or groups) may be one; one that is written nowhere fits any. */
export function mayBeOne(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

/** See `ManifestView.usualNamespace`. */
export function usualNamespaceOf(
  objects: readonly Pick<ObjectFacts, "kind" | "partial" | "namespace">[],
): string | undefined {
  const own = objects.filter(({ kind, partial }) => !partial && !clusterScoped.has(kind));
  const named = own.flatMap(({ namespace }) => namespace ?? []);
  const [first] = named;
  if (named.length < 2 || (own.length - named.length) * 2 > named.length) return undefined;
  return named.every((one) => one === first) ? first : undefined;
}
