import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from "./node.ts";

/** A key of a map, or the index of an item of a sequence. */
export type PathStep = string | number;

/** The node at a path, merges and aliases resolved; `undefined` where any step is missing or of another kind. */
export function getPath(node: YamlNode | undefined, ...path: readonly PathStep[]): YamlNode | undefined {
  let at = node;
  for (const step of path) {
    if (at === undefined) return undefined;
    at = typeof step === "number" ? itemAt(at, step) : entryOf(at, step)?.value;
  }
  return at;
}

/** The entry at a path, for the place of its key; the last step must be a key. */
export function entryAt(node: YamlNode | undefined, ...path: readonly PathStep[]): YamlEntry | undefined {
  const key = path.at(-1);
  if (typeof key !== "string") return undefined;
  const parent = getPath(node, ...path.slice(0, -1));
  return parent === undefined ? undefined : entryOf(parent, key);
}

function itemAt(node: YamlNode, index: number): YamlNode | undefined {
  return node.type === "seq" ? node.items.at(index) : undefined;
}

function entryOf(node: YamlNode, key: string): YamlEntry | undefined {
  return node.type === "map" ? node.get(key) : undefined;
}

/** The node if it is a map. */
export function asMap(node: YamlNode | undefined): YamlMap | undefined {
  return node?.type === "map" ? node : undefined;
}

/** The items of a sequence; none where the node is anything else. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  return node?.type === "seq" ? node.items : [];
}

/** The entries of a map; none where the node is anything else. */
export function entriesOf(node: YamlNode | undefined): readonly YamlEntry[] {
  return node?.type === "map" ? node.entries : [];
}

/** The node if it is a scalar. */
export function asScalar(node: YamlNode | undefined): YamlScalar | undefined {
  return node?.type === "scalar" ? node : undefined;
}

/** A scalar's text, be it a string, a number or a boolean; `undefined` for null and for collections. */
export function scalarText(node: YamlNode | undefined): string | undefined {
  return node?.type === "scalar" && node.value !== null ? node.text : undefined;
}

/** Nothing is written there, or a null. */
export function isNull(node: YamlNode | undefined): boolean {
  return node === undefined || (node.type === "scalar" && node.value === null);
}

/** `true` and `false` as YAML 1.2 has them, and in quotes, as Kubernetes annotations do. */
export function booleanOf(node: YamlNode | undefined): boolean | undefined {
  if (node?.type !== "scalar") return undefined;
  if (typeof node.value === "boolean") return node.value;
  return node.value === "true" ? true : node.value === "false" ? false : undefined;
}

/**
 * What a scalar's text stands for may be decided elsewhere: it holds a `{{ … }}`, or a variable of the dialect. In Compose that is
 * `${NAME}` or `$NAME` (`$$` is a dollar sign); in a manifest it is `${NAME}` or `<NAME>`, and `$(NAME)`, which the kubelet fills in, is left to the caller.
 */
export function isUnknown(node: YamlNode | undefined, dialect: "compose" | "kubernetes" = "compose"): boolean {
  return node?.type === "scalar" && isUnknownText(node.text, dialect);
}

/** The same of a bare text. */
export function isUnknownText(text: string, dialect: "compose" | "kubernetes" = "compose"): boolean {
  if (text.includes("{{") || text.includes("{%")) return true;
  if (dialect === "kubernetes") return /\$\{[^}]*\}/.test(text) || isPlaceholder(text);
  return text.includes("$") && /\$[{A-Za-z_]/.test(text.replaceAll("$$", ""));
}

/** A short value with `<NAME>` or `<path:secret/data/db#password>` in it, as people and plugins fill in. */
function isPlaceholder(text: string): boolean {
  return text.length < 200 && text.includes("<") && !text.includes("\n") && /<[A-Za-z][\w .:/#-]*>/.test(text);
}
