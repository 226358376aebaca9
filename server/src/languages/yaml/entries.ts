import type { CST } from "yaml";
import type { Span } from "../../text/span.ts";
import type { Composition } from "./composition.ts";
import type { YamlEntry, YamlMerge, YamlNode } from "./node.ts";
import { type Lead, firstLine } from "./properties.ts";

/** The entries of a map that is being composed. */
export interface Entries {
  readonly index: Map<string, YamlEntry>;
  readonly merges: YamlMerge[];
}

/** A key, taken for text. */
export interface Key {
  readonly text: string;
  readonly span: Span;
  readonly merge: boolean;
}

/** Reads a key; one that is not a scalar is taken for the text it is written as. */
export function composeKey(
  token: CST.Token | null | undefined,
  lead: Lead,
  depth: number,
  composition: Composition,
): Key {
  const node = composition.compose(token, lead, depth, composition);
  const span = node.alias ?? node.span;
  if (node.type !== "scalar") {
    composition.report(
      { start: span.start, end: Math.min(span.start + 1, span.end) },
      "A map or a list cannot be a key.",
    );
    return { text: composition.text.slice(span.start, span.end), span, merge: false };
  }
  const merge = node.text === "<<" && node.style === "plain" && node.alias === undefined && node.tag === undefined;
  return { text: node.text, span, merge };
}

/** Adds an entry and reports what is wrong with it among the others. Of two entries with one key the later one stays. */
export function addEntry(
  entries: Entries,
  key: Key,
  colon: CST.SourceToken | undefined,
  value: YamlNode,
  composition: Composition,
): void {
  const at = colon === undefined ? {} : { colon: colon.offset };
  if (key.merge) {
    if (isMergeable(value)) entries.merges.push({ keySpan: key.span, value, ...at });
    else composition.report(key.span, "`<<` takes a map or a list of maps, most often as an alias: `<<: *name`.");
    return;
  }
  composition.keys.add(key.text);
  if (entries.index.has(key.text)) {
    entries.index.delete(key.text);
    composition.report(
      key.span,
      `\`${firstLine(key.text)}\` is already set further up in the same map; keep one of the two.`,
    );
  }
  entries.index.set(key.text, { key: key.text, keySpan: key.span, value, ...at });
}

function isMergeable(value: YamlNode): boolean {
  if (value.type === "map") return true;
  if (value.type === "seq") return value.items.every((item) => item.type === "map" || isUnresolved(item));
  return isUnresolved(value);
}

/** An alias without an anchor: reported already. */
function isUnresolved(node: YamlNode): boolean {
  return node.type === "scalar" && node.alias !== undefined && node.alias.start === node.span.start;
}
