import type { CST } from "yaml";
import type { Span } from "../../text/span.ts";
import type { Composition } from "./composition.ts";
import { type Entries, type Key, addEntry, composeKey } from "./entries.ts";
import type { YamlMap, YamlNode, YamlSequence } from "./node.ts";
import { type Lead, firstLine, readLead } from "./properties.ts";
import { type NodeProperties, makeMap } from "./tree.ts";

/** A map in block style. */
export function composeBlockMap(
  token: CST.BlockMap,
  properties: NodeProperties,
  depth: number,
  composition: Composition,
): YamlMap {
  const { report } = composition;
  const entries: Entries = { index: new Map(), merges: [] };
  let start: number | undefined;
  let end = token.offset;
  let offset = token.offset;
  for (const item of token.items) {
    const lead = readLead(
      item.start,
      { indicator: "?", offset, atLineStart: true, indent: token.indent, next: item.key ?? item.sep?.[0] },
      report,
    );
    const bare = item.key === undefined && item.sep === undefined;
    if (bare && lead.indicator === undefined && lead.anchor === undefined && lead.tag === undefined) continue;
    const key = composeKey(item.key, lead, depth + 1, composition);
    start ??= Math.min(key.span.start, lead.indicator?.offset ?? key.span.start);
    const after = readLead(
      item.sep,
      {
        indicator: ":",
        offset: key.span.end,
        atLineStart: item.key === null || item.key === undefined || item.key.type === "block-scalar",
        indent: token.indent,
        next: item.value,
      },
      report,
    );
    judgeKey(item, key, lead, after, token.indent, composition);
    const value = composition.compose(item.value, after, depth + 1, composition);
    end = Math.max(end, key.span.end, after.solidEnd, writtenEnd(value));
    offset = end;
    addEntry(entries, key, after.indicator, value, composition);
  }
  return makeMap({ start: start ?? token.offset, end }, false, entries.index, entries.merges, {
    ...properties,
    column: token.indent,
  });
}

/** Where a node ends in the text, behind an alias that of the alias. */
export function writtenEnd(node: YamlNode): number {
  return node.alias?.end ?? node.span.end;
}

function judgeKey(
  item: CST.BlockMap["items"][number],
  key: Key,
  lead: Lead,
  after: Lead,
  indent: number,
  composition: Composition,
): void {
  const { report, text } = composition;
  const token = item.key;
  if (token?.type === "error" || key.span.start === composition.explained) return;
  if (lead.indicator !== undefined) {
    const at = lead.indicator.offset;
    if (lead.indicator.indent !== indent) report({ start: at, end: at + 1 }, misaligned("?"));
    if (after.indicator === undefined && item.value !== undefined) {
      report({ start: item.value.offset, end: item.value.offset + 1 }, "A `:` is missing before this value.");
    }
    return;
  }
  if (token?.type === "block-seq") {
    report({ start: token.offset, end: token.offset + 1 }, "A list cannot stand here: it needs a key of its own.");
    return;
  }
  const name = firstLine(text.slice(key.span.start, key.span.end));
  const named: Span = {
    start: key.span.start,
    end: key.span.start + Math.max(1, name.endsWith("…") ? 1 : name.length),
  };
  const colon = after.indicator?.offset;
  if (colon !== undefined && (token === null || token === undefined)) {
    report({ start: colon, end: colon + 1 }, "A key is missing before this `:`.");
    return;
  }
  if (colon === undefined || lead.hasNewlineAfterProperty || text.slice(key.span.start, colon).includes("\n")) {
    report(named, withoutColon(name));
    return;
  }
  if (token !== null && token !== undefined && "indent" in token && token.indent !== indent) {
    report(named, misaligned(name));
    return;
  }
  if (item.value?.type === "block-map" && !after.hasNewline) judgeCompact(item.value, name, composition);
}

/** A map on the line of its key: a second colon, or a next line that is indented too far. */
function judgeCompact(map: CST.BlockMap, name: string, composition: Composition): void {
  const { report, text } = composition;
  const inner = map.items[0]?.key;
  const explicit = map.items[0]?.explicitKey === true;
  if (explicit || inner === null || inner === undefined || !("source" in inner) || inner.type === "error") {
    report({ start: map.offset, end: map.offset + 1 }, `The value of \`${name}\` starts on a line of its own.`);
    return;
  }
  const last = inner.source.lastIndexOf("\n");
  if (last >= 0) {
    composition.explained = inner.offset;
    const line = inner.source.slice(last + 1);
    const start = inner.offset + inner.source.length - line.trimStart().length;
    const word = firstLine(line);
    report(
      { start, end: start + Math.max(1, word.length) },
      `\`${word}\` is indented deeper than \`${name}\`, which already has a value.`,
    );
    return;
  }
  const colon = text.indexOf(":", inner.offset + inner.source.length);
  report(
    { start: colon, end: colon + 1 },
    `A second \`:\` cannot stand in the value of \`${name}\`: quote the value if it is meant as text.`,
  );
}

/** What to say of a key that fits below none of the keys above it. */
export function misaligned(name: string): string {
  return `No key above is indented like \`${name}\`: line it up with those it belongs to.`;
}

function withoutColon(name: string): string {
  if (/^(?:<{7}|={7}|>{7})/.test(name)) return "This is left over from a merge conflict: decide which side to keep.";
  if (name === "") return "A key is missing here.";
  const glued = /^([\w.-]+):[^/\s]/.exec(name)?.[1];
  return glued === undefined ? `A \`:\` is missing behind \`${name}\`.` : `A blank is missing behind \`${glued}:\`.`;
}

/** A sequence in block style. */
export function composeBlockSequence(
  token: CST.BlockSequence,
  properties: NodeProperties,
  depth: number,
  composition: Composition,
): YamlSequence {
  const { report } = composition;
  const items: YamlNode[] = [];
  const starts: number[] = [];
  let end = token.offset;
  let offset = token.offset;
  for (const item of token.items) {
    const lead = readLead(
      item.start,
      { indicator: "-", offset, atLineStart: true, indent: token.indent, next: item.value },
      report,
    );
    if (lead.indicator === undefined) {
      if (lead.anchor === undefined && lead.tag === undefined && item.value === undefined) continue;
      const start = item.value?.offset ?? lead.end;
      const message =
        item.value?.type === "block-seq"
          ? "This `-` is not indented like those above it."
          : "A `- ` is missing before this item of the list.";
      report({ start, end: start + 1 }, message);
    }
    const node = composition.compose(item.value, lead, depth + 1, composition);
    end = Math.max(end, lead.solidEnd, writtenEnd(node));
    offset = end;
    items.push(node);
    starts.push(lead.indicator?.offset ?? node.span.start);
  }
  const span = { start: token.offset, end };
  return { type: "seq", flow: false, items, starts, span, ...properties, column: token.indent };
}
