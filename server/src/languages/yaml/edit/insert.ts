import { type TextEdit, insert, replace } from "../../../text/edit.ts";
import type { YamlDocument, YamlMap, YamlNode, YamlSequence } from "../node.ts";
import {
  type WrittenEntry,
  entryEnd,
  leads,
  lineEnd,
  lineStart,
  placeAfter,
  styleOf,
  writtenEntries,
  writtenSpan,
} from "./layout.ts";
import { type FlowStyle, type YamlStyle, entryLines, itemLines, printFlow, printFlowEntry } from "./print.ts";
import { printScalar } from "./scalar.ts";
import { type YamlValue, isPlainScalar, raw } from "./value.ts";

/** Where a new entry goes. Of several names the last one in the map counts for `after`, the first for `before`; with none of them there, the end. */
export type InsertPosition =
  | "start"
  | "end"
  | { readonly after: readonly string[] }
  | { readonly before: readonly string[] };

/** Adds an entry to a map that does not have its key. */
export function insertEntry(
  document: YamlDocument,
  map: YamlMap,
  key: string,
  value: YamlValue,
  position: InsertPosition,
): readonly TextEdit[] | undefined {
  const style = styleOf(document, map);
  const place = placeOf(writtenEntries(map), position);
  if (map.flow) return insertFlowEntry(document.text, map, key, value, place, style);
  const { text } = document;
  const { column } = map;
  const lines = column === undefined ? undefined : entryLines(key, value, column, style);
  if (lines === undefined || column === undefined) return undefined;
  if (place.after !== undefined) {
    return insertLines(text, entryEnd(place.after), place.after.value, lines, style, !isPlainScalar(value));
  }
  return place.before === undefined ? undefined : insertBefore(text, map, place.before, lines, column, style);
}

interface Place {
  readonly after?: WrittenEntry;
  readonly before?: WrittenEntry;
}

function placeOf(entries: readonly WrittenEntry[], position: InsertPosition): Place {
  const first = entries[0];
  const last = entries.at(-1);
  const end: Place = last === undefined ? {} : { after: last };
  if (position === "end") return end;
  if (position === "start") return first === undefined ? {} : { before: first };
  if ("after" in position) {
    const named = entries.findLast(({ key }) => position.after.includes(key));
    return named === undefined ? end : { after: named };
  }
  const named = entries.find(({ key }) => position.before.includes(key));
  return named === undefined ? end : { before: named };
}

/**
 * Puts lines below a node. With `alone` the edit covers the character before, which it writes again: of two fixes that would each put a
 * collection there, and may well both mean the same key, only one is then applied at a time.
 */
function insertLines(
  text: string,
  end: number,
  last: YamlNode | undefined,
  lines: readonly string[],
  style: YamlStyle,
  alone: boolean,
): readonly TextEdit[] {
  const eol = style.lineEnding;
  const { offset, atLineStart } = placeAfter(text, end, last);
  if (atLineStart) {
    const broken = offset === 0 || text[offset - 1] === "\n";
    return [insert(offset, (broken ? "" : eol) + lines.join(eol) + eol)];
  }
  const written = lines.map((line) => eol + line).join("");
  if (!alone || offset === 0) return [insert(offset, written)];
  const width = /[\uDC00-\uDFFF]/.test(text[offset - 1] ?? "") ? 2 : 1;
  return [replace({ start: offset - width, end: offset }, text.slice(offset - width, offset) + written)];
}

function insertBefore(
  text: string,
  map: YamlMap,
  entry: WrittenEntry,
  lines: readonly string[],
  column: number,
  style: YamlStyle,
): readonly TextEdit[] | undefined {
  const eol = style.lineEnding;
  const at = entry.keySpan.start;
  const lead = leads(text, at);
  if (lead === "other") return undefined;
  if (lead === "dashes") {
    const [first = "", ...rest] = lines;
    return [insert(at, [first.slice(column), ...rest, " ".repeat(column)].join(eol))];
  }
  // A comment right above an entry is about that entry, but one at the top of the file is about the file.
  const isTop = map.span.start === at && column === 0;
  const start = isTop ? lineStart(text, at) : aboveComments(text, lineStart(text, at), column);
  return [insert(start, lines.map((line) => line + eol).join(""))];
}

/** The first of the lines right above a line that are comments in `column`, or the line itself. */
function aboveComments(text: string, line: number, column: number): number {
  let start = line;
  while (start > 0) {
    const above = lineStart(text, start - 1);
    const comment = /^( *)#/.exec(text.slice(above, start))?.[1];
    if (comment?.length !== column) break;
    start = above;
  }
  return start;
}

/** Adds an item to the end of a sequence. */
export function insertItem(
  document: YamlDocument,
  sequence: YamlSequence,
  value: YamlValue,
): readonly TextEdit[] | undefined {
  const { text } = document;
  const style = styleOf(document, sequence);
  const last = sequence.items.at(-1);
  const item = quotedLike(value, last, sequence.flow, style);
  if (sequence.flow) {
    const printed = printFlow(item, flowStyle(text, sequence, style));
    const start = sequence.starts?.at(-1);
    if (printed === undefined) return undefined;
    if (last === undefined || start === undefined) return fill(text, sequence, printed, style);
    return addLast(text, start, writtenSpan(last).end, printed, style);
  }
  const start = sequence.starts?.at(-1);
  if (start === undefined || last === undefined || text[start] !== "-") return undefined;
  const lines = sequence.column === undefined ? undefined : itemLines([item], sequence.column, style);
  return lines === undefined
    ? undefined
    : insertLines(text, Math.max(start + 1, writtenSpan(last).end), last, lines, style, false);
}

/** A text in the quotes of the item before it, where that has some. */
function quotedLike(value: YamlValue, like: YamlNode | undefined, inFlow: boolean, { json }: YamlStyle): YamlValue {
  if (typeof value !== "string" || value.includes("\n") || like?.type !== "scalar" || like.alias !== undefined)
    return value;
  return like.style === "single" || like.style === "double"
    ? raw(printScalar(value, { flow: inFlow, json, style: like.style }))
    : value;
}

function insertFlowEntry(
  text: string,
  map: YamlMap,
  key: string,
  value: YamlValue,
  { after, before }: Place,
  style: YamlStyle,
): readonly TextEdit[] | undefined {
  const printed = printFlowEntry(key, value, flowStyle(text, map, style));
  if (printed === undefined || text[map.span.start] !== "{") return undefined;
  if (before !== undefined) {
    const at = before.keySpan.start;
    const column = ownLine(text, at);
    const between = column === undefined ? " " : style.lineEnding + " ".repeat(column);
    const previous = writtenEntries(map).findLast(({ keySpan }) => keySpan.start < at);
    const opener = previous === undefined ? map.span.start : skipTrivia(text, entryEnd(previous));
    // Otherwise an anchor or a `?` stands before the key.
    return skipTrivia(text, opener + 1) === at ? [insert(at, `${printed},${between}`)] : undefined;
  }
  return after === undefined
    ? fill(text, map, printed, style)
    : addLast(text, after.keySpan.start, entryEnd(after), printed, style);
}

/** Writes into an empty `{}` or `[]`. */
function fill(
  text: string,
  { span, type }: YamlMap | YamlSequence,
  printed: string,
  style: YamlStyle,
): readonly TextEdit[] | undefined {
  const inner = { start: span.start + 1, end: span.end - 1 };
  if (text.slice(inner.start, inner.end).trim() !== "") return undefined;
  const pad = type === "map" && !style.json ? " " : "";
  return [replace(inner, pad + printed + pad)];
}

/** Adds behind the entry or item that starts at `start` and ends at `end`, on a line of its own where that one has one. */
function addLast(
  text: string,
  start: number,
  end: number,
  printed: string,
  style: YamlStyle,
): readonly TextEdit[] | undefined {
  const column = ownLine(text, start);
  const separator = column === undefined ? " " : style.lineEnding + " ".repeat(column);
  const next = skipTrivia(text, end);
  const comma = text[next] === ",";
  const solid = comma ? next + 1 : end;
  const written = comma ? `${separator}${printed},` : `${separator}${printed}`;
  // A comment at the end of the line is about what is there already.
  const commented = column !== undefined && /^[ \t]+#/.test(text.slice(solid, lineEnd(text, solid)));
  const at = commented ? lineEnd(text, solid) : solid;
  if (comma) return [insert(at, written)];
  return at === end ? [insert(end, `,${written}`)] : [insert(end, ","), insert(at, written)];
}

/** The column of a place that only blanks stand before on its line, that line not being the collection's first. */
function ownLine(text: string, at: number): number | undefined {
  const start = lineStart(text, at);
  return start > 0 && text.slice(start, at).trim() === "" ? at - start : undefined;
}

/** The first place from `from` on that is no blank, line ending or comment. */
export function skipTrivia(text: string, from: number): number {
  let at = from;
  for (;;) {
    const character = text[at];
    if (character === "#" && (at === 0 || /\s/.test(text[at - 1] ?? " "))) {
      const end = text.indexOf("\n", at);
      at = end < 0 ? text.length : end;
    } else if (character === " " || character === "\t" || character === "\n" || character === "\r") at += 1;
    else return at;
  }
}

function flowStyle(text: string, collection: YamlMap | YamlSequence, style: YamlStyle): FlowStyle {
  const padded = text[collection.span.start + 1] !== undefined && /\s/.test(text[collection.span.start + 1] ?? "");
  const inner = collection.type === "map" ? collection.entries[0]?.keySpan.start : collection.starts?.[0];
  const column = inner === undefined ? undefined : ownLine(text, inner);
  const spread =
    style.json && column !== undefined ? { spread: { column, step: style.step, lineEnding: style.lineEnding } } : {};
  return { json: style.json, padded: collection.type === "map" ? padded : true, ...spread };
}
