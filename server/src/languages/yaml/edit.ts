import { type TextEdit, insert, replace } from "../../text/edit.ts";
import { keepingAnchors } from "./edit/anchors.ts";
import { type InsertPosition, insertEntry, insertItem } from "./edit/insert.ts";
import { hasComment, styleOf, writtenEntries, writtenNode } from "./edit/layout.ts";
import { entryLines, recordLines } from "./edit/print.ts";
import { type Part, partsOf, removePart } from "./edit/remove.ts";
import { isEmptyCollection, replaceValue } from "./edit/replace.ts";
import { printScalar } from "./edit/scalar.ts";
import { type Slot, slotOf, slotOfEntry, slotOfItem } from "./edit/slot.ts";
import type { YamlRecord, YamlValue } from "./edit/value.ts";
import type { YamlDocument, YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence } from "./node.ts";
import type { PathStep } from "./path.ts";

/** Where a new key goes. */
export type { InsertPosition } from "./edit/insert.ts";
export { type YamlRecord, type YamlValue, aliasTo, anchored, flow, raw } from "./edit/value.ts";

/**
 * Changes of a YAML document, as edits of its text. Whatever is not asked for stays as it is: comments, order, indentation, quotes, anchors,
 * line endings. All return `undefined` where the change cannot be made without harm, and no edits where there is nothing to change.
 * Edits asked of one document can be applied together as long as they do not touch the same place.
 */
export interface EditOptions {
  /** Also change what was written elsewhere and is only reached through an alias or a merge: it then changes wherever that is used. */
  readonly intoAnchor?: boolean;
}

/** How `setPath` goes about it. */
export interface SetOptions extends EditOptions {
  /** Where a new key goes; in maps that have to be made on the way, it is their first. */
  readonly position?: InsertPosition;
}

/** Sets the value at a path, making the maps that are missing on the way. An index one past the end of a sequence appends. */
export function setPath(
  document: YamlDocument,
  map: YamlMap,
  path: readonly PathStep[],
  value: YamlValue,
  options: SetOptions = {},
): readonly TextEdit[] | undefined {
  const { intoAnchor = false, position = "end" } = options;
  let at: YamlNode | undefined = reachable(document, map, options);
  for (const [index, step] of path.entries()) {
    if (at === undefined || at.type === "scalar") return undefined;
    const rest = path.slice(index + 1);
    const found = stepInto(at, step);
    if (found === undefined) return undefined;
    // At the path's end a key of its own wins over a merged one, and leaves that alone.
    if (found === "missing" || (found.merged && rest.length === 0 && !intoAnchor)) {
      const nested = nest(rest, value);
      if (nested === undefined) return undefined;
      if (isEmptyCollection(at)) return fillEmpty(document, at, step, nested);
      if (at.type === "seq") return insertItem(document, at, nested);
      return insertEntry(document, at, String(step), nested, position);
    }
    const { node } = found.slot;
    if (rest.length === 0) {
      const slot = found.merged ? slotOf(document, node) : found.slot;
      return slot === undefined ? undefined : keepingAnchors(document.text, replaceValue(document, slot, value));
    }
    if (found.merged && !intoAnchor) return undefined;
    if (node.type === "scalar" && node.alias === undefined) {
      const nested = node.value === null && node.tag === undefined ? nest(rest, value) : undefined;
      return nested === undefined ? undefined : replaceValue(document, found.slot, nested);
    }
    at = reachable(document, node, options);
  }
  return undefined;
}

type Step = "missing" | { readonly merged: boolean; readonly slot: Slot };

function stepInto(at: YamlMap | YamlSequence, step: PathStep): Step | undefined {
  if (at.type === "map") {
    if (typeof step === "number") return undefined;
    const entry = at.get(step);
    if (entry === undefined) return "missing";
    const slot = slotOfEntry(at, entry);
    return slot === undefined ? undefined : { merged: entry.merged !== undefined, slot };
  }
  if (typeof step === "string" || step < 0 || step > at.items.length) return undefined;
  if (step === at.items.length) return "missing";
  const slot = slotOfItem(at, step);
  return slot === undefined ? undefined : { merged: false, slot };
}

/** Fills `{}` or `[]`, in block style where that is what is around it. */
function fillEmpty(
  document: YamlDocument,
  collection: YamlMap | YamlSequence,
  step: PathStep,
  value: YamlValue,
): readonly TextEdit[] | undefined {
  const slot = slotOf(document, collection);
  if (slot === undefined || hasComment(document, collection.span)) return undefined;
  const filled: YamlValue = collection.type === "seq" ? [value] : { [step]: value };
  return replaceValue(document, slot, filled);
}

/** The value within maps of the remaining keys. */
function nest(path: readonly PathStep[], value: YamlValue): YamlValue | undefined {
  let nested = value;
  for (const step of path.toReversed()) {
    if (typeof step === "number") return undefined;
    const record: YamlRecord = { [step]: nested };
    nested = record;
  }
  return nested;
}

/** The node as it is written, if it may be changed. */
function reachable<N extends YamlNode>(document: YamlDocument, node: N, { intoAnchor }: EditOptions): N | undefined {
  if (node.alias === undefined) return node;
  const written = intoAnchor === true ? writtenNode(document, node) : undefined;
  return written !== undefined && isSameType(written, node) ? written : undefined;
}

function isSameType<N extends YamlNode>(a: YamlNode, b: N): a is N {
  return a.type === b.type;
}

/** Adds an item to the end of a sequence. */
export function appendItem(
  document: YamlDocument,
  sequence: YamlSequence,
  value: YamlValue,
  options: EditOptions = {},
): readonly TextEdit[] | undefined {
  const written = reachable(document, sequence, options);
  if (written === undefined) return undefined;
  return isEmptyCollection(written) ? fillEmpty(document, written, 0, value) : insertItem(document, written, value);
}

/** Removes a key of a map with its value and the comment on its line; the last one leaves `{}`. Not for a key that comes from a merge. */
export function removeEntry(
  document: YamlDocument,
  map: YamlMap,
  key: string,
  options: EditOptions = {},
): readonly TextEdit[] | undefined {
  const written = reachable(document, map, options);
  if (written === undefined) return undefined;
  const index = writtenEntries(written).findIndex((entry) => entry.key === key);
  return index < 0 ? undefined : keepingAnchors(document.text, removePart(document, written, index));
}

/** Removes an item of a sequence with the comment on its line; the last one leaves `[]`. */
export function removeItem(
  document: YamlDocument,
  sequence: YamlSequence,
  index: number,
  options: EditOptions = {},
): readonly TextEdit[] | undefined {
  const written = reachable(document, sequence, options);
  return written === undefined ? undefined : keepingAnchors(document.text, removePart(document, written, index));
}

/** Removes what is at a path, and with it the collections around it, within the path, that would be left empty. */
export function removePath(
  document: YamlDocument,
  map: YamlMap,
  path: readonly PathStep[],
  options: EditOptions = {},
): readonly TextEdit[] | undefined {
  let at: YamlNode = map;
  let from: { readonly collection: YamlMap | YamlSequence; readonly index: number } | undefined;
  for (const step of path) {
    const written: YamlNode | undefined = reachable(document, at, options);
    if (written === undefined || written.type === "scalar") return undefined;
    const parts: readonly Part[] = partsOf(written);
    const index: number = written.type === "map" ? parts.findIndex(({ key }) => key === step) : Number(step);
    const found: Part | undefined = parts[index];
    if (found === undefined) return undefined;
    if (from === undefined || parts.length > 1) from = { collection: written, index };
    at = found.value;
  }
  return from === undefined
    ? undefined
    : keepingAnchors(document.text, removePart(document, from.collection, from.index));
}

/** Changes a scalar where it is written, its quotes and its comment kept. */
export function replaceScalar(
  document: YamlDocument,
  scalar: YamlScalar,
  value: string | number | boolean | null,
  options: EditOptions = {},
): readonly TextEdit[] | undefined {
  const written = reachable(document, scalar, options);
  const slot = written === undefined ? undefined : slotOf(document, written);
  return slot === undefined ? undefined : replaceValue(document, slot, value);
}

/** Renames a key where it is written, its quotes kept. */
export function renameKey(
  document: YamlDocument,
  entry: YamlEntry,
  name: string,
  options: EditOptions = {},
): readonly TextEdit[] | undefined {
  if (entry.merged !== undefined && options.intoAnchor !== true) return undefined;
  const written = document.text.slice(entry.keySpan.start, entry.keySpan.end);
  if (written.startsWith("*") || written.startsWith("|") || written.startsWith(">")) return undefined;
  const { json } = styleOf(document, undefined);
  const style = written.startsWith('"') ? "double" : written.startsWith("'") ? "single" : "plain";
  const text = printScalar(name, { flow: true, json, style });
  return text === written ? [] : [replace(entry.keySpan, text)];
}

/** Where a new top-level key goes: behind the last of `after` or before the first of `before` that are there, else at the end. */
export interface TopLevelPosition {
  readonly before?: readonly string[];
  readonly after?: readonly string[];
}

/** Adds a key at the top level, with a blank line around it where the document has them there. `undefined` where the key is taken. */
export function insertTopLevel(
  document: YamlDocument,
  key: string,
  value: YamlValue,
  position: TopLevelPosition = {},
): readonly TextEdit[] | undefined {
  const { root, text, lineEnding } = document;
  if (root === undefined) {
    const lines = entryLines(key, value, 0, styleOf(document, undefined));
    if (lines === undefined || document.problems.length > 0) return undefined;
    const separator = text === "" || text.endsWith("\n") ? "" : lineEnding;
    return [insert(text.length, separator + lines.map((line) => line + lineEnding).join(""))];
  }
  if (root.type !== "map" || root.get(key) !== undefined) return undefined;
  // A line of tabs at the end would come to stand below the new key, as its value.
  if (/^ *\t[ \t]*$/m.test(text.slice(root.span.end))) return undefined;
  const { before = [], after = [] } = position;
  const place: InsertPosition = after.some((name) => root.get(name) !== undefined)
    ? { after }
    : before.some((name) => root.get(name) !== undefined)
      ? { before }
      : "end";
  const edits = insertEntry(document, root, key, value, place);
  return root.flow || edits === undefined || !isSpaced(text, root)
    ? edits
    : edits.map((edit) => spaced(edit, text, lineEnding));
}

/**
 * Adds a document to the stream, in block style, right behind this one and before the next. `undefined` for JSON, where a file is one document, and
 * for a document that is broken.
 */
export function appendDocument(document: YamlDocument, record: YamlRecord): readonly TextEdit[] | undefined {
  const { text, lineEnding, layout, problems } = document;
  const lines = recordLines(Object.entries(record), 0, styleOf(document, undefined));
  if (lines === undefined || layout.json || problems.length > 0) return undefined;
  const start = text === "" || text.endsWith("\n") ? "" : lineEnding;
  // A blank line above the next document's marker is kept above the new one, and written again below it.
  const gap = /\n[ \t]*\r?\n$/.test(text) ? lineEnding : "";
  return [insert(text.length, start + ["---", ...lines].map((line) => line + lineEnding).join("") + gap)];
}

/** Whether its author sets parts of the document apart with blank lines: who does so between services does so between top-level keys. */
function isSpaced(text: string, root: YamlMap): boolean {
  return /\n[ \t]*\r?\n/.test(text.slice(root.span.start, root.span.end));
}

/** The edit with a blank line before what it adds, or after it where it adds above something. */
function spaced(edit: TextEdit, text: string, lineEnding: string): TextEdit {
  return edit.text.endsWith("\n")
    ? { ...edit, text: edit.text + lineEnding }
    : { ...edit, text: edit.text.replace(lineEnding, lineEnding + lineEnding) };
}
