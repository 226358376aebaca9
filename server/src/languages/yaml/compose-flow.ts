import type { CST } from "yaml";
import type { Span } from "../../text/span.ts";
import { writtenEnd } from "./compose-block.ts";
import type { Composition } from "./composition.ts";
import { type Entries, type Key, addEntry, composeKey } from "./entries.ts";
import type { YamlMap, YamlNode, YamlSequence } from "./node.ts";
import { type Lead, firstLine, readLead, readTail } from "./properties.ts";
import { type NodeProperties, makeMap } from "./tree.ts";

/** A map or a sequence in flow style: `{ … }` or `[ … ]`. */
export function composeFlow(
  token: CST.FlowCollection,
  properties: NodeProperties,
  depth: number,
  composition: Composition,
): YamlMap | YamlSequence {
  const isMap = token.start.source === "{";
  const entries: Entries = { index: new Map(), merges: [] };
  const items: YamlNode[] = [];
  const starts: number[] = [];
  let offset = token.offset + 1;
  for (const [position, item] of token.items.entries()) {
    const lead = readLead(
      item.start,
      leadContext("?", offset, item.key ?? item.sep?.[0] ?? item.value),
      composition.report,
    );
    offset = lead.end;
    if (isEmptyItem(item, lead)) {
      judgeEmptyItem(lead, position, position === token.items.length - 1, composition);
      continue;
    }
    judgeComma(item, lead, position, composition);
    if (!isMap && item.sep === undefined && lead.indicator === undefined) {
      const node = composition.compose(item.value, lead, depth + 1, composition);
      judgeStyle(item.value, composition);
      offset = Math.max(offset, writtenEnd(node));
      items.push(node);
      starts.push(startOf(lead, (node.alias ?? node.span).start));
      continue;
    }
    const key = composeKey(item.key, lead, depth + 1, composition);
    const after = readLead(item.sep, leadContext(":", key.span.end, item.value), composition.report);
    if (after.indicator === undefined) judgeMissing(item.value ?? after.tag ?? after.anchor, composition);
    const value = composition.compose(item.value, after, depth + 1, composition);
    judgeStyle(item.value, composition);
    offset = Math.max(after.end, writtenEnd(value));
    if (isMap) {
      addEntry(entries, key, after.indicator, value, composition);
      continue;
    }
    items.push(composePair(key, after.indicator, value, composition));
    starts.push(startOf(lead, key.span.start));
  }
  const span = { start: token.offset, end: closing(token, offset, composition) };
  return isMap
    ? makeMap(span, true, entries.index, entries.merges, properties)
    : { type: "seq", flow: true, items, starts, span, ...properties };
}

function startOf({ indicator, anchor, tag }: Lead, start: number): number {
  return Math.min(start, indicator?.offset ?? start, anchor?.offset ?? start, tag?.offset ?? start);
}

/** `[a: b]`: a map of one entry without braces of its own. */
function composePair(key: Key, colon: CST.SourceToken | undefined, value: YamlNode, composition: Composition): YamlMap {
  const entries: Entries = { index: new Map(), merges: [] };
  addEntry(entries, key, colon, value, composition);
  const span = { start: key.span.start, end: Math.max(key.span.end, writtenEnd(value)) };
  return makeMap(span, true, entries.index, entries.merges, {});
}

function leadContext(indicator: "?" | ":", offset: number, next: CST.Token | null | undefined) {
  return { indicator, offset, next, atLineStart: false, indent: -1 } as const;
}

function isEmptyItem(item: CST.CollectionItem, lead: Lead): boolean {
  return (
    lead.indicator === undefined &&
    lead.anchor === undefined &&
    lead.tag === undefined &&
    item.sep === undefined &&
    item.value === undefined
  );
}

function judgeEmptyItem(lead: Lead, position: number, last: boolean, { report }: Composition): void {
  if (lead.comma === undefined || (position > 0 && last)) return;
  report(spanOf(lead.comma), "A value is missing before this comma.");
}

function judgeComma(item: CST.CollectionItem, lead: Lead, position: number, { report }: Composition): void {
  if (position === 0) {
    if (lead.comma !== undefined) report(spanOf(lead.comma), "A value is missing before this comma.");
  } else if (lead.comma === undefined) {
    const start = item.key?.offset ?? item.value?.offset ?? lead.solidEnd;
    report({ start, end: start + 1 }, "A comma is missing before this value.");
  }
}

/** Reports what follows a key without a `:` between the two. */
function judgeMissing(value: CST.Token | undefined, { report }: Composition): void {
  if (value === undefined) return;
  const source = "source" in value ? firstLine(value.source) : "";
  const at = { start: value.offset, end: value.offset + 1 };
  report(
    at,
    source.startsWith(":") ? "A blank is missing behind this `:`." : `A comma is missing before \`${source}\`.`,
  );
}

function judgeStyle(value: CST.Token | undefined, { report, text }: Composition): void {
  if (value?.type === "block-seq") {
    report(
      { start: value.offset, end: value.offset + 1 },
      "A list with `-` cannot stand inside `{ }` or `[ ]`: separate its items by commas.",
    );
  }
  if (value?.type !== "block-map") return;
  // Two values without a comma between them run into one, which the next colon then makes a key.
  const key = value.items[0]?.key;
  const source =
    key !== null && key !== undefined && "source" in key && typeof key.source === "string" ? key.source : "";
  const word = /\s+(\S+)$/.exec(source)?.[1];
  const start = word === undefined ? value.offset : value.offset + source.length - word.length;
  const end = start + Math.max(1, word?.length ?? 1);
  report({ start, end }, `A comma is missing before \`${firstLine(text.slice(start, end))}\`.`);
}

/** Where the collection ends; reports a missing or wrong bracket and what follows it. */
function closing(token: CST.FlowCollection, offset: number, { report }: Composition): number {
  const opener = token.start.source;
  const closer = opener === "{" ? "}" : "]";
  const [first, ...rest] = token.end;
  if (first?.source === closer) {
    readTail(rest, report);
    return first.offset + 1;
  }
  const wrong = first !== undefined && (first.source === "]" || first.source === "}");
  const at = wrong ? spanOf(first) : { start: token.offset, end: token.offset + 1 };
  report(at, wrong ? `\`${first.source}\` cannot close a \`${opener}\`.` : `This \`${opener}\` is never closed.`);
  return wrong ? first.offset + 1 : offset;
}

function spanOf(token: CST.SourceToken): Span {
  return { start: token.offset, end: token.offset + token.source.length };
}
