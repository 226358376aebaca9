import type { Span } from "../../../text/span.ts";
import { measureLayout } from "../layout.ts";
import type { YamlDocument, YamlMap, YamlNode } from "../node.ts";
import type { YamlStyle } from "./print.ts";

/** Offset of the first character of the line that holds `offset`, a byte order mark left out. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
  return start === 0 && text.charCodeAt(0) === 0xfeff ? Math.min(1, offset) : start;
}

/** Offset of the line ending of the line that holds `offset`, or the text's end. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end < 0) return text.length;
  return end > offset && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
}

/** Offset of the line after the one that holds `offset`, or the text's end. */
export function nextLine(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? text.length : end + 1;
}

/** Whether a comment starts within a stretch of the document. */
export function hasComment({ comments }: YamlDocument, { start, end }: Span): boolean {
  return comments.some(({ span }) => span.start >= start && span.start < end);
}

/** Where the value stands in the text: an alias where it is written as one. */
export function writtenSpan(node: YamlNode): Span {
  return node.alias ?? node.span;
}

/** An entry or merge of a map as it stands in the text. */
export interface WrittenEntry {
  /** `<<` for a merge. */
  readonly key: string;
  readonly keySpan: Span;
  readonly colon?: number;
  readonly value: YamlNode;
}

/** The entries written in a map itself, merges included, in the order of the text. */
export function writtenEntries(map: YamlMap): readonly WrittenEntry[] {
  if (map.merges === undefined) return map.entries;
  const own = map.entries.filter(({ merged }) => merged === undefined);
  const merges = map.merges.map((merge) => ({ key: "<<", ...merge }));
  return [...own, ...merges].sort((a, b) => a.keySpan.start - b.keySpan.start);
}

/** Where an entry ends, its comment left out. */
export function entryEnd({ keySpan, colon, value }: WrittenEntry): number {
  return Math.max(keySpan.end, colon === undefined ? 0 : colon + 1, writtenSpan(value).end);
}

/** Whether only blanks and the dashes of items stand before a place on its line. */
export function leads(text: string, offset: number): "blanks" | "dashes" | "other" {
  const lead = text.slice(lineStart(text, offset), offset);
  if (/^ *$/.test(lead)) return "blanks";
  return /^ *(?:- +)+$/.test(lead) ? "dashes" : "other";
}

/**
 * Where a line after a node of block style can start, given where its content ends: `offset` is behind the last line of the node, at its line
 * ending; or, where blank lines are part of the node, at the start of the line after them.
 */
export function placeAfter(
  text: string,
  end: number,
  last: YamlNode | undefined,
): { readonly offset: number; readonly atLineStart: boolean } {
  const here = { offset: lineEnd(text, end), atLineStart: false };
  const scalar = lastScalar(last);
  if (scalar?.type !== "scalar" || scalar.alias !== undefined) return here;
  if (scalar.style !== "literal" && scalar.style !== "folded") return here;
  const header = text.slice(scalar.span.start, lineEnd(text, scalar.span.start));
  const kept = /^[|>][-0-9]*\+/.test(header);
  let after: number | undefined;
  for (let at = nextLine(text, end); at < text.length; ) {
    const next = nextLine(text, at);
    const line = text.slice(at, next).replace(/\r?\n$/, "");
    if (line.trim() !== "") break;
    if (kept || line !== "") after = next;
    at = next;
  }
  if (kept && after === undefined && nextLine(text, end) > lineEnd(text, end)) after = nextLine(text, end);
  return after === undefined ? here : { offset: after, atLineStart: true };
}

/** The node whose text ends last in a node. */
function lastScalar(node: YamlNode | undefined): YamlNode | undefined {
  let at = node;
  while (at !== undefined && at.alias === undefined && at.type !== "scalar") {
    if (at.flow) return at;
    at = at.type === "seq" ? at.items.at(-1) : writtenEntries(at).at(-1)?.value;
  }
  return at;
}

/** The nodes around and including the one that stands at `span`, outermost first, as written and not through aliases. */
export function pathTo(document: YamlDocument, target: YamlNode): readonly YamlNode[] {
  const span = target.span;
  const path: YamlNode[] = [];
  let at: YamlNode | undefined = document.root;
  while (at !== undefined && at.alias === undefined && at.span.start <= span.start && span.end <= at.span.end) {
    path.push(at);
    const children: readonly YamlNode[] =
      at.type === "map" ? writtenEntries(at).map(({ value }) => value) : at.type === "seq" ? at.items : [];
    at = children.find(
      (child) => child.alias === undefined && child.span.start <= span.start && span.end <= child.span.end,
    );
  }
  return path;
}

/** The node as it is written, where `node` is seen through an alias; `undefined` where it is not part of the document. */
export function writtenNode(document: YamlDocument, node: YamlNode): YamlNode | undefined {
  if (node.alias === undefined) return node;
  return pathTo(document, node).find(
    ({ span, type }) => type === node.type && span.start === node.span.start && span.end === node.span.end,
  );
}

/** How the document is written, most of all around `near`. */
export function styleOf(document: YamlDocument, near: YamlNode | undefined): YamlStyle {
  const { text, lineEnding, layout } = document;
  const local = near === undefined ? layout : measureLayout(text, near, 200);
  const step = stepAround(document, near) ?? local.step ?? layout.step ?? 2;
  return {
    lineEnding,
    step,
    sequenceStep: local.sequenceStep ?? layout.sequenceStep ?? step,
    dashGap: local.dashGap ?? layout.dashGap ?? 1,
    json: layout.json,
  };
}

/** What the maps in a node show, else those beside it and around it: some write less below a dash than elsewhere. */
function stepAround(document: YamlDocument, near: YamlNode | undefined): number | undefined {
  if (near === undefined) return undefined;
  for (const node of pathTo(document, near).toReversed()) {
    if (node.type !== "map" || node.flow) continue;
    const { step } = measureLayout(document.text, node, 1);
    if (step !== undefined) return step;
  }
  return undefined;
}
