import type { YamlNode } from "../languages/yaml/node.ts";

/** A part of a YAML file as plain data, aliases and merges resolved. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

/** Of so many nodes a value is made; anchors can make millions out of a few lines. */
const mostNodes = 5000;

/** A node as plain data; what is too much is null. The one name that an object takes for something else is left out. */
export function plainValue(root: YamlNode): PlainValue {
  let room = mostNodes;
  const plain = (node: YamlNode): PlainValue => {
    room -= 1;
    if (node.type === "scalar") return node.value;
    if (room <= 0) return null;
    if (node.type === "seq") return node.items.map(plain);
    const value: Record<string, PlainValue> = {};
    for (const { key, value: inner } of node.entries) if (key !== "__proto__") value[key] = plain(inner);
    return value;
  };
  return plain(root);
}

/** What stands at a path of keys and indexes; `undefined` where a step is not there. */
export function plainAt(value: PlainValue | undefined, ...path: readonly (string | number)[]): PlainValue | undefined {
  let at = value;
  for (const step of path) {
    if (isPlainList(at)) at = typeof step === "number" ? at[step] : undefined;
    else if (isPlainMap(at)) at = Object.hasOwn(at, step) ? at[String(step)] : undefined;
    else return undefined;
  }
  return at;
}

/** The items at a path; none where there is no list. */
export function plainItems(
  value: PlainValue | undefined,
  ...path: readonly (string | number)[]
): readonly PlainValue[] {
  const found = plainAt(value, ...path);
  return isPlainList(found) ? found : [];
}

/** The text or number at a path, as text. */
export function plainText(value: PlainValue | undefined, ...path: readonly (string | number)[]): string | undefined {
  const found = plainAt(value, ...path);
  return typeof found === "string" || typeof found === "number" ? String(found) : undefined;
}

/** Whether a value is a list. */
export function isPlainList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** Whether a value is a map. */
export function isPlainMap(value: PlainValue | undefined): value is { readonly [key: string]: PlainValue } {
  return typeof value === "object" && value !== null && !isPlainList(value);
}
