import type { YamlDocument, YamlMap, YamlNode, YamlSequence } from "../node.ts";
import { type WrittenEntry, pathTo, writtenEntries, writtenSpan } from "./layout.ts";

/** A place that holds one value. */
export interface Slot {
  readonly holder: "entry" | "item" | "flow" | "root";
  readonly node: YamlNode;
  /** Behind the `:` or `-`; in flow style without a colon, and for a root, where the value starts. */
  readonly after: number;
  /** Column of the key or the dash; 0 in flow style. */
  readonly column: number;
  /** What is to be put before a value so that it becomes one: a `:` for a flow entry that has none. */
  readonly prefix: string;
}

/** The slot of an entry's value; `undefined` where it has neither a `:` nor a place for one. */
export function slotOfEntry(map: YamlMap, entry: WrittenEntry): Slot | undefined {
  if (entry.colon === undefined && (!map.flow || entry.keySpan.start === entry.keySpan.end)) return undefined;
  return {
    holder: map.flow ? "flow" : "entry",
    node: entry.value,
    after: entry.colon === undefined ? entry.keySpan.end : entry.colon + 1,
    column: map.column ?? 0,
    prefix: entry.colon === undefined ? ":" : "",
  };
}

/** The slot of an item; `undefined` where there is no such item. */
export function slotOfItem(sequence: YamlSequence, index: number): Slot | undefined {
  const node = sequence.items[index];
  const start = sequence.starts?.[index];
  if (node === undefined || start === undefined) return undefined;
  return {
    holder: sequence.flow ? "flow" : "item",
    node,
    after: sequence.flow ? start : start + 1,
    column: sequence.column ?? 0,
    prefix: "",
  };
}

/** The slot of a node of the document; `undefined` where the node is not part of it. */
export function slotOf(document: YamlDocument, node: YamlNode): Slot | undefined {
  const path = pathTo(document, node);
  // A map and its first key's value never share a span, but a sequence in flow style may hold a map without braces that fills it.
  const at = path.findIndex(
    ({ span, type }) => span.start === node.span.start && span.end === node.span.end && type === node.type,
  );
  const found = path[at];
  if (found === undefined) return undefined;
  const parent = path[at - 1];
  if (parent === undefined) return { holder: "root", node: found, after: found.span.start, column: 0, prefix: "" };
  if (parent.type === "map") {
    const entry = writtenEntries(parent).find(({ value }) => value === found);
    return entry === undefined ? undefined : slotOfEntry(parent, entry);
  }
  return parent.type === "seq" ? slotOfItem(parent, parent.items.indexOf(found)) : undefined;
}

/** Where a value's properties (`&anchor`) end and the value itself starts or would start; `undefined` where they cannot be kept. */
export function behindProperties(text: string, slot: Slot): number | undefined {
  const { start } = writtenSpan(slot.node);
  let at = slot.after;
  for (;;) {
    let next = at;
    while (text[next] === " " || text[next] === "\t") next += 1;
    if (next >= start || text[next] !== "&")
      return text.slice(at, start).includes("!") && tagged(text, at, start) ? undefined : at;
    while (next < start && !/\s/.test(text[next] ?? " ")) next += 1;
    at = next;
  }
}

/** Whether a tag stands in a stretch before a value; comments aside. */
function tagged(text: string, from: number, to: number): boolean {
  return /(?:^|\s)!/.test(text.slice(from, to).replace(/(?:^|\s)#.*/g, ""));
}
