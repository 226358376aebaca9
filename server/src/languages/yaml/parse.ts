import { detached } from "../../text/detached.ts";
import { inOrder } from "../in-order.ts";
import type { Span } from "../../text/span.ts";
import { lineEndingOf } from "../../text/lines.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { LineComment } from "../comment.ts";
import { TOO_DEEP, composeDocument, composeNode, reportMisplaced } from "./compose.ts";
import type { Composition } from "./composition.ts";
import { type DocumentText, splitDocuments } from "./documents.ts";
import { type Piece, readPieces } from "./pieces.ts";
import { measureLayout } from "./layout.ts";
import type { YamlDocument, YamlLayout, YamlNode } from "./node.ts";
import { type Report, TAB } from "./properties.ts";
import { FILLER, type MaskedText, maskTemplates } from "./templates.ts";
import { readTokens } from "./tokens.ts";

/** One document of a stream and where its text starts in the file. */
export interface ParsedYamlUnit {
  readonly base: number;
  readonly document: YamlDocument;
}

/** Cuts the text of a document into parts that mean the same when they are read by themselves; `undefined` where it is to be read as a whole. */
export type CutDocument = (
  text: string,
) => { readonly parts: readonly DocumentText[]; readonly layout: Partial<YamlLayout> } | undefined;

/** The documents of a file, or the parts that `cut` makes of them; one whose text is that of a document of `previous` is that very object. */
export function parseStream(
  text: string,
  previous: readonly ParsedYamlUnit[] = [],
  cut?: CutDocument,
): readonly ParsedYamlUnit[] {
  const known = inOrder(previous, ({ document }) => document.text);
  const units: ParsedYamlUnit[] = [];
  const read = (base: number, part: string, around?: Partial<YamlLayout>): void => {
    const kept = known(part, units.length)?.document;
    units.push({ base, document: kept ?? parseYaml(detached(part), previous[units.length]?.document, around) });
  };
  for (const { base, text: whole } of splitDocuments(text)) {
    const kept = known(whole, units.length)?.document;
    const made = kept === undefined ? cut?.(whole) : undefined;
    if (kept !== undefined) units.push({ base, document: kept });
    else if (made === undefined) read(base, whole);
    else for (const part of made.parts) read(base + part.base, part.text, made.layout);
  }
  return units;
}

/** Above so many code units a document is read in pieces. Small ones are read as fast as they are cut. */
const longDocument = 4_000;

/**
 * Reads one document; of a text with several, the first. Never throws. `previous` is an earlier reading of it, from before an edit; `around` tells how the
 * document is indented that the text is a part of, where the text itself does not show it.
 */
export function parseYaml(text: string, previous?: YamlDocument, around?: Partial<YamlLayout>): YamlDocument {
  const masked = maskTemplates(text);
  const pieced =
    masked.masks.length === 0 && text.length > longDocument ? readInPieces(text, previous?.pieces) : undefined;
  let reading = pieced ?? read(text, { text, filled: [] });
  let templated = false;
  if (masked.masks.length > 0 && (reading.problems.length > 0 || areOutside(masked.masks, reading))) {
    const around = read(text, masked);
    templated = areOutside(masked.masks, around) || isOnTemplateLine(text, reading);
    reading = around;
  }
  let layout: YamlLayout | undefined;
  // While a document is broken its former pieces are kept for when it is mended.
  const pieces = pieced?.pieces ?? previous?.pieces;
  return {
    text,
    root: reading.root,
    problems: templated ? [] : onePerLine(text, reading.problems),
    comments: reading.comments,
    keys: reading.keys,
    templated,
    lineEnding: lineEndingOf(text),
    ...(around === undefined ? {} : { part: true }),
    ...(pieces === undefined ? {} : { pieces }),
    get layout() {
      layout ??= { ...around, ...measureLayout(text, reading.root, 2_000) };
      return layout;
    },
  };
}

interface Reading {
  readonly root: YamlNode | undefined;
  readonly problems: readonly FoundProblem[];
  readonly comments: readonly LineComment[];
  readonly keys: ReadonlySet<string>;
  readonly opaque: readonly Span[];
}

interface FoundProblem extends SyntaxProblem {
  readonly mend?: Span;
}

/** How often a text is read again without what kept the rest from being understood. */
const MOST_MENDS = 3;

function read(source: string, { text, filled }: Pick<MaskedText, "text" | "filled">): Reading {
  let reading = readOnce(source, text, filled);
  let mended = text;
  const found: FoundProblem[] = [];
  for (let i = 0; i < MOST_MENDS; i++) {
    const { problems } = reading;
    const mends = problems.flatMap(({ mend }) => (mend === undefined ? [] : [mend]));
    if (mends.length === 0) break;
    const tabs = problems.filter(({ message }) => message === TAB);
    mended = tabs.length > 0 ? withoutTabs(mended) : blankOut(mended, mends);
    reading = readOnce(source, mended, filled);
    // Tabs hide the structure; what else is wrong shows once they are gone.
    if (tabs.length > 0) return { ...reading, problems: [...found, ...tabs] };
    found.push(...problems.filter(({ mend }) => mend !== undefined));
  }
  return found.length === 0 ? reading : { ...reading, problems: [...found, ...reading.problems] };
}

/** The reading of a document in pieces; `undefined` where it cannot be cut, or anything is wrong with it: only the whole tells what. */
export function readInPieces(
  text: string,
  known: readonly Piece[] = [],
): (Reading & { readonly pieces: readonly Piece[] }) | undefined {
  const tokens = readPieces(text, known);
  if (tokens === undefined) return undefined;
  let faults = 0;
  const report: Report = () => {
    faults += 1;
  };
  const composition = compositionOf(text, report, []);
  const root = composeDocument(tokens.document, composition);
  const { comments, pieces } = tokens;
  return faults > 0 ? undefined : { root, comments, pieces, keys: composition.keys, problems: [], opaque: [] };
}

function compositionOf(text: string, report: Report, masks: readonly Span[]): Composition {
  return {
    text,
    report,
    restore: restorer(text, masks),
    compose: composeNode,
    anchors: new Map(),
    keys: new Set(),
    open: [],
    explained: -1,
    values: 0,
    deepest: 0,
  };
}

function readOnce(source: string, text: string, masks: readonly Span[]): Reading {
  const { document, errors, comments, opaque, tooDeep } = readTokens(text, source);
  const problems: FoundProblem[] = [];
  const report: Report = (at, message, mend) => {
    problems.push(mend === undefined ? { at, message } : { at, message, mend });
  };
  const composition = compositionOf(source, report, masks);
  const root = document === undefined ? undefined : composeDocument(document, composition);
  for (const error of errors) reportMisplaced(error, composition);
  if (tooDeep) report({ start: 0, end: Math.min(1, text.length) }, TOO_DEEP);
  return { root, problems, comments, keys: composition.keys, opaque };
}

/** A text with blanks in the place of some characters, none of them a line ending. */
function blankOut(text: string, spans: readonly Span[]): string {
  let out = "";
  let at = 0;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    if (start < at) continue;
    out += text.slice(at, start) + " ".repeat(end - start);
    at = end;
  }
  return out + text.slice(at);
}

/** Puts template expressions back into the text of scalars; to be asked in the order of the text. */
function restorer(source: string, masks: readonly Span[]): Composition["restore"] {
  if (masks.length === 0) return (text) => text;
  const run = new RegExp(`${FILLER}+`, "g");
  let next = 0;
  return (text, offset) => {
    while ((masks[next]?.end ?? Number.POSITIVE_INFINITY) <= offset) next += 1;
    if (!text.includes(FILLER)) return text;
    let mask = next;
    return text.replace(run, (filler) => {
      let written = "";
      while (written.length < filler.length && mask < masks.length) {
        written += source.slice(masks[mask]?.start, masks[mask]?.end);
        mask += 1;
      }
      return written;
    });
  };
}

/** Each tab that indents becomes one space, so that places stay. */
function withoutTabs(text: string): string {
  return text.replace(/^[ \t]*\t[ \t]*/gm, (indent) => " ".repeat(indent.length));
}

/** Whether a template expression starts where it shapes the document: outside of comments, quotes and block scalars. */
function areOutside(masks: readonly Span[], { opaque }: Reading): boolean {
  let at = 0;
  return masks.some(({ start }) => {
    while ((opaque[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    const candidate = opaque[at];
    return candidate === undefined || candidate.start > start;
  });
}

/** Whether one of the lines that cannot be read holds a template expression, which then is why. */
function isOnTemplateLine(text: string, { problems }: Reading): boolean {
  return problems.slice(0, 50).some(({ at: { start } }) => /\{[{%]/.test(lineAround(text, start)));
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? text.length : end);
}

/** The problems in the order of their places, the first of each line: those that follow are mostly its consequences. */
function onePerLine(text: string, problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  const kept: SyntaxProblem[] = [];
  let lineEnd = -1;
  for (const problem of [...problems].sort((a, b) => a.at.start - b.at.start)) {
    if (problem.at.start <= lineEnd) continue;
    const { start, end: to } = problem.at;
    kept.push({
      at: { start: Math.min(start, text.length), end: Math.min(to, text.length) },
      message: problem.message,
    });
    const end = text.indexOf("\n", problem.at.start);
    lineEnd = end < 0 ? text.length : end;
  }
  return kept;
}
