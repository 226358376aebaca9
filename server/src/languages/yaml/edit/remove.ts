import { type TextEdit, insert, remove, replace } from "../../../text/edit.ts";
import type { YamlDocument, YamlMap, YamlNode, YamlSequence } from "../node.ts";
import { skipTrivia } from "./insert.ts";
import {
  entryEnd,
  hasComment,
  leads,
  lineEnd,
  lineStart,
  nextLine,
  placeAfter,
  writtenEntries,
  writtenSpan,
} from "./layout.ts";
import { replaceValue } from "./replace.ts";
import { behindProperties, slotOf } from "./slot.ts";
import { raw } from "./value.ts";

/** An entry or item as it stands in the text. */
export interface Part {
  /** Of an entry; `<<` for a merge. */
  readonly key?: string;
  readonly start: number;
  /** Behind its content; its comment is not part of that. */
  readonly end: number;
  readonly value: YamlNode;
}

/** Removes one of the parts of a collection with the comment on its line; the last one leaves `{}` or `[]`. */
export function removePart(
  document: YamlDocument,
  collection: YamlMap | YamlSequence,
  index: number,
): readonly TextEdit[] | undefined {
  const parts = partsOf(collection);
  const part = parts[index];
  if (part === undefined) return undefined;
  if (parts.length === 1) return emptied(document, collection);
  const { text } = document;
  // A line of tabs behind it would come to stand below what is before it, as its value.
  if (!collection.flow && /^[^\n]*\n *\t[ \t]*(?:\r?\n|$)/.test(text.slice(part.end))) return undefined;
  const edits = collection.flow
    ? removeFlowPart(text, parts, index)
    : removeBlockPart(text, part, parts[index + 1], index);
  const partOf = { at: collection.span.start, count: parts.length };
  return edits?.map((edit, which) => (which === 0 ? { ...edit, partOf } : edit));
}

/** What is written in a collection, in the order of the text. */
export function partsOf(collection: YamlMap | YamlSequence): readonly Part[] {
  if (collection.type === "map") {
    return writtenEntries(collection).map((entry) => ({
      key: entry.key,
      start: entry.keySpan.start,
      end: entryEnd(entry),
      value: entry.value,
    }));
  }
  return collection.items.map((value, index) => {
    const start = collection.starts?.[index] ?? writtenSpan(value).start;
    return { start, end: Math.max(start + 1, writtenSpan(value).end), value };
  });
}

/** Writes `{}` or `[]` in the place of a collection that loses its only part. */
function emptied(document: YamlDocument, collection: YamlMap | YamlSequence): readonly TextEdit[] | undefined {
  const { text } = document;
  if (collection.flow) {
    const inner = { start: collection.span.start + 1, end: collection.span.end - 1 };
    if (text[collection.span.start] !== (collection.type === "map" ? "{" : "[")) return undefined;
    return hasComment(document, inner) ? undefined : [remove(inner)];
  }
  const slot = slotOf(document, collection);
  if (slot === undefined) return undefined;
  const part = partsOf(collection)[0];
  const head = behindProperties(text, slot);
  if (part !== undefined && head !== undefined && text.slice(head, collection.span.start).includes("\n")) {
    // What stands between the key and its only part is no part of that.
    const lines = removeBlockPart(text, part, undefined, 1);
    return lines === undefined ? undefined : [insert(head, ` ${bracketsOf(collection)}`), ...lines];
  }
  if (slot.holder !== "root") return replaceValue(document, slot, raw(bracketsOf(collection)));
  const lead = leads(text, collection.span.start);
  if (lead === "other") return undefined;
  return [replace({ start: collection.span.start, end: lineEnd(text, collection.span.end) }, bracketsOf(collection))];
}

function bracketsOf({ type }: YamlMap | YamlSequence): string {
  return type === "map" ? "{}" : "[]";
}

function removeBlockPart(
  text: string,
  { start, end, value }: Part,
  next: Part | undefined,
  index: number,
): readonly TextEdit[] | undefined {
  const lead = leads(text, start);
  if (lead === "other") return undefined;
  const place = placeAfter(text, end, value);
  const below = place.atLineStart ? place.offset : nextLine(text, place.offset);
  if (lead === "blanks") return [remove(wholeLines(text, lineStart(text, start), below, index === 0))];
  // What comes next moves up behind the dash, be it an entry or the comment above it.
  if (next === undefined) return undefined;
  const first = /\S/.exec(text.slice(below, next.start + 1));
  return first === null ? undefined : [remove({ start, end: below + first.index })];
}

/** Whole lines; at the top of the document with the blank lines below, at its end with the line ending before. */
function wholeLines(text: string, start: number, below: number, first: boolean): { start: number; end: number } {
  if (below >= text.length && !text.endsWith("\n") && start > 0) {
    const before = text.charCodeAt(start - 1) === 10 ? start - 1 : start;
    return { start: text.charCodeAt(before - 1) === 13 ? before - 1 : before, end: text.length };
  }
  let end = below;
  if (!first || text.slice(0, start).trim() !== "") return { start, end };
  while (end < text.length && text.slice(end, nextLine(text, end)).trim() === "") end = nextLine(text, end);
  return { start, end };
}

function removeFlowPart(text: string, parts: readonly Part[], index: number): readonly TextEdit[] | undefined {
  const part = parts[index];
  const next = parts[index + 1];
  const previous = parts[index - 1];
  if (part === undefined) return undefined;
  const comma = skipTrivia(text, part.end);
  if (next !== undefined) {
    if (text[comma] !== ",") return undefined;
    const after = skipBlanksAndOwnComment(text, comma + 1);
    return [remove({ start: part.start, end: Math.min(after, next.start) })];
  }
  if (previous === undefined) return undefined;
  const separator = skipTrivia(text, previous.end);
  if (text[separator] !== ",") return undefined;
  const end = text[comma] === "," ? comma + 1 : part.end;
  const between = text.slice(separator + 1, part.start);
  if (!between.includes("#")) return [remove({ start: separator, end })];
  return [remove({ start: separator, end: separator + 1 }), remove({ start: part.start, end })];
}

/** Behind the blanks after a comma, and behind the comment on its line, which is about what was before it. */
function skipBlanksAndOwnComment(text: string, from: number): number {
  const line = lineEnd(text, from);
  let at = /^[ \t]+#/.test(text.slice(from, line)) ? line : from;
  while (/\s/.test(text[at] ?? "")) at += 1;
  return at;
}
