import type { YamlNode } from "../languages/yaml/node.ts";
import type { Span } from "../text/span.ts";

/** A value of a config with its place, whether it was read from YAML, from JSON or given by an editor. */
export type ConfigValue = ConfigMap | ConfigList | ConfigScalar;

/** A map; keys in the order written. */
export interface ConfigMap {
  readonly type: "map";
  readonly at: Span;
  readonly entries: readonly { readonly key: string; readonly keyAt: Span; readonly value: ConfigValue }[];
}

/** A list. */
export interface ConfigList {
  readonly type: "list";
  readonly at: Span;
  readonly items: readonly ConfigValue[];
}

/** A string, number, boolean or null; `undefined` for what is none of them. */
export interface ConfigScalar {
  readonly type: "scalar";
  readonly at: Span;
  readonly value: string | number | boolean | null | undefined;
  /** What was written, of a value from YAML: `1.30` where `value` is 1.3. */
  readonly text?: string;
}

/** A YAML node as a config's value; places count from the document's start. */
export function fromYaml(node: YamlNode): ConfigValue {
  const at = node.span;
  if (node.type === "scalar") return { type: "scalar", at, value: node.value, text: node.text };
  if (node.type === "seq") return { type: "list", at, items: node.items.map(fromYaml) };
  const entries = node.entries.map(({ key, keySpan, value }) => ({ key, keyAt: keySpan, value: fromYaml(value) }));
  return { type: "map", at, entries };
}

/** A value that came as JSON does; its place is nowhere. */
export function fromJson(value: unknown): ConfigValue {
  const at = { start: 0, end: 0 };
  if (Array.isArray(value)) return { type: "list", at, items: value.map(fromJson) };
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(([key, inner]) => ({ key, keyAt: at, value: fromJson(inner) }));
    return { type: "map", at, entries };
  }
  const scalar = typeof value === "string" || typeof value === "number" || typeof value === "boolean" || value === null;
  return { type: "scalar", at, value: scalar ? value : undefined };
}
