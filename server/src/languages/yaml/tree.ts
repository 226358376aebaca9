import type { Span } from "../../text/span.ts";
import type { YamlEntry, YamlMap, YamlMerge, YamlNode, YamlSequence } from "./node.ts";

/** What was written before a node, `!tag &anchor`, and its column. */
export interface NodeProperties {
  readonly tag?: string;
  readonly anchor?: string;
  readonly column?: number;
}

/** A map of own entries, to which the entries of its merges are added. `index` holds the own entries by key. */
export function makeMap(
  span: Span,
  flow: boolean,
  index: Map<string, YamlEntry>,
  merges: readonly YamlMerge[],
  properties: NodeProperties,
): YamlMap {
  const get = (key: string): YamlEntry | undefined => index.get(key);
  if (merges.length === 0) return { type: "map", span, flow, entries: [...index.values()], get, ...properties };
  for (const merge of merges) {
    const sources = merge.value.type === "seq" ? merge.value.items : [merge.value];
    for (const source of sources) {
      if (source.type !== "map") continue;
      for (const entry of source.entries) {
        if (!index.has(entry.key)) index.set(entry.key, { ...entry, merged: merge.keySpan });
      }
    }
  }
  return { type: "map", span, flow, entries: [...index.values()], get, merges, ...properties };
}

/**
 * The node as it is seen through an alias: everything in it carries the alias's place. Made as deep as somebody looks, so that
 * a document of aliases to aliases costs nothing until then.
 */
export function seenThrough(node: YamlNode, alias: Span): YamlNode {
  if (node.type === "map") return seenMap(node, alias);
  if (node.type === "seq") return seenSequence(node, alias);
  return { ...node, alias };
}

function seenSequence(node: YamlSequence, alias: Span): YamlSequence {
  let items: readonly YamlNode[] | undefined;
  return {
    type: "seq",
    span: node.span,
    flow: node.flow,
    alias,
    ...propertiesOf(node),
    ...(node.starts === undefined ? {} : { starts: node.starts }),
    get items() {
      items ??= node.items.map((item) => seenThrough(item, alias));
      return items;
    },
  };
}

function seenMap(node: YamlMap, alias: Span): YamlMap {
  let index: Map<string, YamlEntry> | undefined;
  let entries: readonly YamlEntry[] | undefined;
  const seen = (): Map<string, YamlEntry> => {
    index ??= new Map(
      node.entries.map((entry) => [entry.key, { ...entry, value: seenThrough(entry.value, alias) }] as const),
    );
    return index;
  };
  return {
    type: "map",
    span: node.span,
    flow: node.flow,
    alias,
    ...propertiesOf(node),
    ...(node.merges === undefined ? {} : { merges: node.merges }),
    get entries() {
      entries ??= [...seen().values()];
      return entries;
    },
    get: (key) => seen().get(key),
  };
}

function propertiesOf(node: YamlNode): NodeProperties {
  return {
    ...(node.tag === undefined ? {} : { tag: node.tag }),
    ...(node.anchor === undefined ? {} : { anchor: node.anchor }),
    ...(node.column === undefined ? {} : { column: node.column }),
  };
}
