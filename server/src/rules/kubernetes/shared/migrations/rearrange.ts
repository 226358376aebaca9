import {
  entryEnd,
  hasComment,
  leads,
  lineEnd,
  lineStart,
  styleOf,
  writtenEntries,
  type WrittenEntry,
} from "../../../../languages/yaml/edit/layout.ts";
import type { YamlStyle } from "../../../../languages/yaml/edit/print.ts";
import type { YamlDocument, YamlMap } from "../../../../languages/yaml/node.ts";
import { applyEdits, replace, shiftEdit, type TextEdit } from "../../../../text/edit.ts";

/** Stands in a path for the one item of a list that is made: `["versions", anItem, "name"]`. */
export const anItem = "-";

/** What becomes of the keys of a map; those that are not named stay as they are. */
export interface Rearrangement {
  /** Keys that are written elsewhere within the map, under keys that are made for them; their values, comments and anchors go with them. */
  readonly moves?: readonly {
    readonly from: string;
    readonly to: readonly string[];
    /** Before all else of the map that is made. */
    readonly head?: boolean;
  }[];
  /** Keys that come into being: in a map that is made they stand first, else behind what moved. Texts are written as they are. */
  readonly adds?: readonly {
    readonly to: readonly string[];
    readonly value: string | number | boolean;
    /** Behind all else of the map that is made. */
    readonly last?: boolean;
  }[];
  readonly drops?: readonly string[];
  /** Changes inside the values of what moves. */
  readonly within?: readonly TextEdit[];
}

/**
 * Moves the keys of a map about as text, so that all that is written in and around their values stays. `undefined` where that cannot be done: the
 * map is reached through an alias or has merge keys, or a key that is to be made is there already.
 */
export function rearrange(document: YamlDocument, map: YamlMap, plan: Rearrangement): readonly TextEdit[] | undefined {
  if (map.alias !== undefined || map.merges !== undefined) return undefined;
  const { moves = [], adds = [], drops = [], within = [] } = plan;
  const target = new Map(moves.map((move) => [move.from, move]));
  const entries = writtenEntries(map);
  const touched = entries.flatMap(({ key }, index) => (target.has(key) || drops.includes(key) ? [index] : []));
  const [first] = touched;
  const last = touched.at(-1);
  if (first === undefined || last === undefined) return adds.length === 0 ? [] : undefined;
  const kept = new Set(entries.flatMap(({ key }) => (target.has(key) || drops.includes(key) ? [] : [key])));
  if ([...moves, ...adds].some(({ to }) => kept.has(to[0] ?? ""))) return undefined;
  const nodes: Made[] = [];
  for (const entry of entries.slice(first, last + 1)) {
    if (drops.includes(entry.key)) continue;
    const to = target.get(entry.key);
    if (to === undefined) nodes.push({ is: "kept", key: entry.key, entry });
    else place(nodes, to.to, (key) => ({ is: "kept", key, entry, head: to.head === true }), "last");
  }
  for (const { to, value } of adds.filter(comesFirst).toReversed()) {
    place(nodes, to, (key) => ({ is: "new", key, value }), "first");
  }
  for (const { to, value } of adds.filter((add) => !comesFirst(add))) {
    place(nodes, to, (key) => ({ is: "new", key, value }), "last");
  }
  const stretch: Stretch = { first, last, nodes, within };
  return map.flow ? inFlow(document, entries, stretch) : inBlock(document, map, entries, stretch);
}

function comesFirst({ to, last }: { readonly to: readonly string[]; readonly last?: boolean }): boolean {
  return to.length > 1 && last !== true;
}

type Made =
  | { readonly is: "kept"; readonly key: string; readonly entry: WrittenEntry; readonly head?: boolean }
  | { readonly is: "new"; readonly key: string; readonly value: string | number | boolean }
  | { readonly is: "map"; readonly key: string; readonly item: boolean; readonly within: Made[] };

function inOrder(nodes: readonly Made[]): readonly Made[] {
  const leads = (node: Made) => node.is === "kept" && node.head === true;
  return [...nodes.filter(leads), ...nodes.filter((node) => !leads(node))];
}

/** The keys from the `first` to the `last` that is touched, and what is written in their place. */
interface Stretch {
  readonly first: number;
  readonly last: number;
  readonly nodes: readonly Made[];
  readonly within: readonly TextEdit[];
}

/** A piece of the text with the changes that fall into it. */
function textAt(text: string, start: number, end: number, within: readonly TextEdit[]): string {
  const inner = within.flatMap((edit) =>
    edit.span.start >= start && edit.span.end <= end ? [shiftEdit(edit, -start)] : [],
  );
  const piece = text.slice(start, end);
  return inner.length === 0 ? piece : (applyEdits(piece, inner) ?? piece);
}

function place(nodes: Made[], to: readonly string[], make: (key: string) => Made, where: "first" | "last"): void {
  let within = nodes;
  for (const [index, key] of to.slice(0, -1).entries()) {
    if (key === anItem) continue;
    const found = within.find((node) => node.is === "map" && node.key === key);
    const made: Made = found ?? { is: "map", key, item: to[index + 1] === anItem, within: [] };
    if (found === undefined && where === "first") within.unshift(made);
    else if (found === undefined) within.push(made);
    if (made.is === "map") within = made.within;
  }
  const leaf = make(to.at(-1) ?? "");
  if (where === "first") within.unshift(leaf);
  else within.push(leaf);
}

function inBlock(
  document: YamlDocument,
  map: YamlMap,
  entries: readonly WrittenEntry[],
  { first, last, nodes, within }: Stretch,
): readonly TextEdit[] | undefined {
  const { text, lineEnding } = document;
  const column = map.column;
  if (column === undefined) return undefined;
  const starts = entries.map((entry, index) => pieceStart(document, entry, entries[index - 1], column));
  const pieceEnd = (index: number, entry: WrittenEntry): number => {
    const next = starts[index + 1];
    return next === undefined ? lineEnd(text, entryEnd(entry)) : lineBefore(text, next);
  };
  const [start, final] = [starts[first], entries[last]];
  if (start === undefined || final === undefined) return undefined;
  const end = pieceEnd(last, final);
  const style = styleOf(document, map);
  const carriage = lineEnding === "\r\n" ? "\r" : "";
  const linesOf = (entry: WrittenEntry, key: string): readonly string[] => {
    const index = entries.indexOf(entry);
    const from = starts[index] ?? entry.keySpan.start;
    const { keySpan } = entry;
    const written =
      text.slice(from, keySpan.start) +
      keyAs(text, keySpan, key) +
      textAt(text, keySpan.end, pieceEnd(index, entry), within);
    return written.split("\n").map((line, at) => (at === 0 && !leadsLine(text, from) ? line : outdented(line, column)));
  };
  const lines = printed(nodes, 0, { style, carriage, linesOf });
  if (lines.length === 0) return undefined;
  const indent = " ".repeat(column);
  const inline = !leadsLine(text, start);
  const shown = lines.map((line, index) => ((index === 0 && inline) || line.trim() === "" ? line : indent + line));
  // The last line's own ending stays in the text.
  const made = shown.join("\n").replace(/\r$/, "");
  return [replace({ start, end }, made)];
}

function printed(
  nodes: readonly Made[],
  indent: number,
  context: {
    readonly style: YamlStyle;
    readonly carriage: string;
    linesOf(entry: WrittenEntry, key: string): readonly string[];
  },
): readonly string[] {
  const { style, carriage } = context;
  const out: string[] = [];
  for (const node of nodes) {
    if (node.is === "kept") out.push(...context.linesOf(node.entry, node.key).map(pad(indent)));
    else if (node.is === "new") out.push(pad(indent)(`${node.key}: ${shown(node.value, false)}${carriage}`));
    else {
      out.push(pad(indent)(`${node.key}:${carriage}`));
      const inner = printed(inOrder(node.within), 0, context);
      const dash = `${" ".repeat(style.sequenceStep)}-${" ".repeat(style.dashGap)}`;
      const head = inner.findIndex((line) => line.trim() !== "" && !line.trimStart().startsWith("#"));
      const moved = node.item
        ? inner.map((line, index) => (index === head ? dash + line : pad(dash.length)(line)))
        : inner.map(pad(style.step));
      out.push(...moved.map(pad(indent)));
    }
  }
  // A last line without an ending of its own, in a place where others follow.
  return out.map((line) => (carriage === "" || line.endsWith("\r") ? line : line + carriage));
}

function pad(by: number): (line: string) => string {
  return (line) => (line.trim() === "" ? line : " ".repeat(by) + line);
}

/** Where the lines of an entry begin: at the comments right above it, where they are indented as it is. */
function pieceStart(
  { text, comments }: YamlDocument,
  entry: WrittenEntry,
  before: WrittenEntry | undefined,
  column: number,
): number {
  const { start } = entry.keySpan;
  if (!leadsLine(text, start)) return start;
  let at = lineStart(text, start);
  // The first key's comments stay above whatever is first.
  if (before === undefined) return at;
  const floor = entryEnd(before);
  while (at > 0) {
    const above = lineStart(text, at - 1);
    const comment = comments.find(({ span }) => span.start === above + column);
    if (above <= floor || comment === undefined || !/^ *$/.test(text.slice(above, above + column))) break;
    at = above;
  }
  return at;
}

function leadsLine(text: string, offset: number): boolean {
  return leads(text, offset) === "blanks";
}

function lineBefore(text: string, start: number): number {
  return lineEnd(text, Math.max(0, start - 1) - (text[start - 2] === "\r" ? 1 : 0));
}

function outdented(line: string, column: number): string {
  const blanks = /^ */.exec(line)?.[0].length ?? 0;
  return line.slice(Math.min(blanks, column));
}

/** The text between the keys of a flow map stays; what is made of them is written on one line. */
function inFlow(
  document: YamlDocument,
  entries: readonly WrittenEntry[],
  { first, last, nodes, within }: Stretch,
): readonly TextEdit[] | undefined {
  const { text } = document;
  const [from, to] = [entries[first], entries[last]];
  if (from === undefined || to === undefined || nodes.length === 0) return undefined;
  const span = { start: from.keySpan.start, end: entryEnd(to) };
  if (hasComment(document, span)) return undefined;
  const quoted = text.startsWith('"', from.keySpan.start);
  const gap = /^,\s*/.exec(text.slice(entryEnd(entries[0] ?? from)))?.[0] ?? ", ";
  const name = (key: string) => (quoted ? JSON.stringify(key) : key);
  const print = (list: readonly Made[], between: string): string =>
    list
      .map((node): string => {
        if (node.is === "kept") {
          const { keySpan } = node.entry;
          return keyAs(text, keySpan, node.key) + textAt(text, keySpan.end, entryEnd(node.entry), within);
        }
        if (node.is === "new") return `${name(node.key)}: ${shown(node.value, quoted)}`;
        const inner = `{ ${print(inOrder(node.within), ", ")} }`;
        return `${name(node.key)}: ${node.item ? `[${inner}]` : inner}`;
      })
      .join(between);
  return [replace(span, print(nodes, gap))];
}

/** A key's new name, in the quotes of the old one. */
function keyAs(text: string, span: { readonly start: number; readonly end: number }, key: string): string {
  const [quote = ""] = /^["']?/.exec(text.slice(span.start, span.end)) ?? [];
  return quote + key + quote;
}

function shown(value: string | number | boolean, quoted: boolean): string {
  return quoted && typeof value === "string" ? JSON.stringify(value) : String(value);
}
