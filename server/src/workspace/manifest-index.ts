import { type Labels, wantedLabels } from "./label-selector.ts";
import type { ObjectFacts } from "./manifest-facts.ts";
import type { PlacedObject, PlacedWorkload } from "./placed-objects.ts";
import { plainAt } from "./plain-value.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

/** Kinds that select pods by labels. */
export type SelectingKind = "Service" | "PodDisruptionBudget" | "NetworkPolicy";

/** Objects by what others ask for them by; in the order of the files. */
export interface ObjectIndex {
  ofKind(kind: string): readonly PlacedObject[];
  named(kind: string, name: string): readonly PlacedObject[];
  readonly workloads: readonly PlacedWorkload[];
  /** Those of them whose pods have a label, and those of which it is not known. */
  labelled(pair: readonly [string, string]): readonly PlacedWorkload[];
  selecting(kind: SelectingKind, labels: Labels): readonly PlacedObject[];
}

/** Looks through the objects once for each sort of question that is asked. */
export function indexed(objects: readonly PlacedObject[]): ObjectIndex {
  const byKind = grouped(objects, ({ kind }) => kind);
  let byName: ReadonlyMap<string, readonly PlacedObject[]> | undefined;
  let bySelection: ReadonlyMap<string, readonly PlacedObject[]> | undefined;
  let workloads: readonly PlacedWorkload[] | undefined;
  let byLabel: ReadonlyMap<string, readonly PlacedWorkload[]> | undefined;
  const index: ObjectIndex = {
    ofKind: (kind) => byKind.get(kind) ?? none,
    named(kind, name) {
      byName ??= grouped(objects, ({ found }) => found.names);
      return byName.get(nameKey(kind, name)) ?? none;
    },
    get workloads() {
      return (workloads ??= objects.filter(isWorkload));
    },
    labelled(pair) {
      byLabel ??= grouped(index.workloads, ({ found }) => found.labels);
      const known = byLabel.get(labelKey(anyWorkload, pair)) ?? [];
      const open = byLabel.get(openWorkload);
      if (open === undefined) return known;
      const all = new Set([...known, ...open]);
      return index.workloads.filter((one) => all.has(one));
    },
    selecting(kind, labels) {
      bySelection ??= grouped(objects, ({ found }) => found.selection);
      return selectionKeys(kind, labels).flatMap((key) => bySelection?.get(key) ?? none);
    },
  };
  return index;
}

/** Things by their keys, in their order. */
function grouped<T>(
  things: readonly T[],
  keysOf: (thing: T) => string | readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const keys = keysOf(thing);
    for (const key of typeof keys === "string" ? [keys] : keys) {
      const known = groups.get(key);
      if (known === undefined) groups.set(key, [thing]);
      else known.push(thing);
    }
  }
  return groups;
}

/** Stands for every kind that makes pods. */
export const anyWorkload = "*";

/** Stands for the usual namespaces of files. */
export const anyNamespace = "@";

/** Stands for workloads whose labels are not all known. */
export const openWorkload = "*?";

/** Stands for the objects of a kind with a name. */
export function nameKey(kind: string, name: string): string {
  return `${kind}/${name}`;
}

/** Stands for the workloads whose pods have a label, or for the objects of a kind that select pods by it. */
export function labelKey(kind: string, [name, value]: readonly [string, string]): string {
  return `${kind}:${name}=${value}`;
}

/** Stand for the objects of a kind that may select pods with these labels: those that want one of them, and those that want none. */
export function selectionKeys(kind: SelectingKind, labels: Labels): readonly string[] {
  return [`${kind}:`, ...Object.entries(labels).map((pair) => labelKey(kind, pair))];
}

/** The key among those of `selectionKeys` that stands for an object; `undefined` for one that selects no pods. */
export function selectionKeyOf({ kind, value }: Pick<ObjectFacts, "kind" | "value">): string | undefined {
  if (kind !== "Service" && kind !== "PodDisruptionBudget" && kind !== "NetworkPolicy") return undefined;
  const selector = plainAt(value, "spec", kind === "NetworkPolicy" ? "podSelector" : "selector");
  const [pair] = Object.entries(wantedLabels(selector));
  return pair === undefined ? `${kind}:` : labelKey(kind, pair);
}

/** What an object is found by: made once for it, since an index is made anew with each change. */
export interface IndexKeys {
  readonly names: readonly string[];
  /** Of the pods of a workload; {@link openWorkload} where they are not all known. */
  readonly labels: readonly string[];
  readonly selection: readonly string[];
}

/** `names`: all that others may call it by. */
export function indexKeys(
  object: Pick<ObjectFacts, "kind" | "value">,
  names: readonly string[],
  workload: WorkloadFacts | undefined,
): IndexKeys {
  const { kind } = object;
  const selection = selectionKeyOf(object);
  return {
    names: names.map((name) => nameKey(kind, name)),
    labels: workload === undefined ? [] : workload.open ? [openWorkload] : labelKeys(workload.labels),
    selection: selection === undefined ? [] : [selection],
  };
}

function labelKeys(labels: Labels): readonly string[] {
  return Object.entries(labels).map((pair) => labelKey(anyWorkload, pair));
}

function isWorkload(object: PlacedObject): object is PlacedWorkload {
  return object.workload !== undefined;
}

const none: readonly PlacedObject[] = [];
