import type { YamlEntry, YamlNode } from "../languages/yaml/node.ts";
import type { Span } from "../text/span.ts";
import type { ComposeValue } from "./facts.ts";

/**
 * A part of a YAML file as plain data, its places beside it, so that two of them can be compared by what they say alone. Nodes are numbered as they come
 * from the outside in, keys in the order in which `Object.keys` gives them.
 */
export interface FlatValue {
  readonly value: ComposeValue;
  /** Start and end of each node in turn. */
  readonly places: readonly number[];
  /** Number of a node and its tag, such as `!reset`. */
  readonly tags: readonly (readonly [number, string])[];
}

/** Of so many nodes a file tells the others; anchors can make millions out of a few lines. */
const mostNodes = 50_000;

/** Flattens the nodes of one file; `base` is where their document starts in it. What is too much is null. */
export function flattener(): (node: YamlNode | undefined, base: number) => FlatValue {
  let room = mostNodes;
  return (root, base) => {
    const places: number[] = [];
    const tags: [number, string][] = [];
    const flat = (node: YamlNode): ComposeValue => {
      if (node.tag !== undefined) tags.push([places.length / 2, node.tag]);
      places.push(node.span.start + base, node.span.end + base);
      room -= 1;
      if (node.type === "scalar") return node.value;
      if (room <= 0) return null;
      if (node.type === "seq") return node.items.map(flat);
      const value: Record<string, ComposeValue> = {};
      for (const { key, value: inner } of inKeyOrder(node.entries)) value[key] = flat(inner);
      return value;
    };
    return root === undefined ? { value: null, places, tags } : { value: flat(root), places, tags };
  };
}

/** Entries in the order that an object gives its keys in: numbers come first. The one name that an object takes for something else is left out. */
function inKeyOrder(entries: readonly YamlEntry[]): readonly YamlEntry[] {
  if (!entries.some(({ key }) => isDigit(key.charCodeAt(0)) || key === "__proto__")) return entries;
  const byKey = new Map(entries.map((entry) => [entry.key, entry]));
  byKey.delete("__proto__");
  return Object.keys(Object.fromEntries(byKey)).flatMap((key) => byKey.get(key) ?? []);
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A value within another one. */
export interface FoundValue {
  readonly value: ComposeValue;
  readonly tag: string | undefined;
  readonly span: Span;
}

/**
 * What stands at a path of keys. A list of `NAME=value`, as `environment`, `labels` and others may be written, is read like the map it stands for:
 * the value is then that text, `null` where a name has none.
 */
export function valueAt({ value, places, tags }: FlatValue, path: readonly string[]): FoundValue | undefined {
  let at = value;
  let number = 0;
  for (const key of path) {
    if (isList(at)) {
      const index = at.findIndex((item) => typeof item === "string" && (item === key || item.startsWith(`${key}=`)));
      const item = at[index];
      if (typeof item !== "string") return undefined;
      number += 1 + sizeOf(at.slice(0, index));
      at = item === key ? null : item.slice(key.length + 1);
      continue;
    }
    if (!isRecord(at)) return undefined;
    const keys = Object.keys(at);
    const index = keys.indexOf(key);
    if (index < 0) return undefined;
    const record = at;
    number += 1 + sizeOf(keys.slice(0, index).map((before) => record[before] ?? null));
    at = record[key] ?? null;
  }
  const found = number;
  return {
    value: at,
    tag: tags.find(([tagged]) => tagged === found)?.[1],
    span: { start: places[2 * found] ?? 0, end: places[2 * found + 1] ?? 0 },
  };
}

/** Whether a value is a map. */
export function isRecord(value: ComposeValue | undefined): value is Readonly<Record<string, ComposeValue>> {
  return typeof value === "object" && value !== null && !isList(value);
}

/** Whether a value is a list. */
export function isList(value: ComposeValue | undefined): value is readonly ComposeValue[] {
  return Array.isArray(value);
}

/** How many nodes these values are made of. */
function sizeOf(values: readonly ComposeValue[]): number {
  return values.reduce<number>((sum, value) => {
    if (isList(value)) return sum + 1 + sizeOf(value);
    return isRecord(value) ? sum + 1 + sizeOf(Object.values(value)) : sum + 1;
  }, 0);
}
