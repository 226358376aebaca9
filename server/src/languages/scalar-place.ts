import type { Span } from "../text/span.ts";
import type { YamlScalar } from "./yaml/node.ts";
import { blankTemplates } from "./yaml/templates.ts";

/** Where a scalar's text stands, its quotes left out. `text` is the document's. */
export function insideQuotes(text: string, scalar: YamlScalar): Span {
  const { start, end } = scalar.span;
  const quoted = scalar.style === "single" || scalar.style === "double";
  if (!quoted || end - start < 2) return scalar.span;
  const closed = text[end - 1] === text[start];
  return { start: start + 1, end: closed ? end - 1 : end };
}

/**
 * Where the characters `from` to `to` of a scalar's text stand, in every style: blanks at the ends of the part may be left out where lines are folded
 * or indented. The whole text where a part is blank or cannot be told.
 */
export function partOf(text: string, scalar: YamlScalar, from: number, to: number): Span {
  const inside = insideQuotes(text, scalar);
  const written = text.slice(inside.start, inside.end);
  if (written === scalar.text) return { start: inside.start + from, end: inside.start + to };
  const places = placesOfInk(asRead(written, scalar), scalar.style);
  let index = 0;
  let first: number | undefined;
  let end: number | undefined;
  for (let i = 0; i < to; i++) {
    if (isBlank(scalar.text[i])) continue;
    const place = places[index];
    index += 1;
    if (i < from || place === undefined) continue;
    first ??= place.start;
    ({ end } = place);
  }
  if (first === undefined || end === undefined) return inside;
  return { start: inside.start + first, end: inside.start + end };
}

/** Of a template's expressions on lines of their own nothing is in the text. */
function asRead(written: string, { style, text }: YamlScalar): string {
  const block = style === "literal" || style === "folded";
  if (!block || !/\{[{%#]/.test(written)) return written;
  const blank = blankTemplates(written);
  return inkOf(blank.slice(firstLineEnd(blank))) === inkOf(text) ? blank : written;
}

function inkOf(text: string): number {
  return text.replace(/\s+/g, "").length;
}

function isBlank(character: string | undefined): boolean {
  return character === undefined || /\s/.test(character);
}

/** The places of all characters that are not blank, as they are written; an escape's is the whole of it. */
function placesOfInk(written: string, style: YamlScalar["style"]): readonly Span[] {
  const places: Span[] = [];
  const block = style === "literal" || style === "folded";
  // A block's header is no part of its text.
  for (let i = block ? firstLineEnd(written) : 0; i < written.length; ) {
    const character = written[i];
    const length = style === "double" && character === "\\" ? escapeLength(written, i) : undefined;
    if (length !== undefined) {
      for (let unit = inkOfEscape(written.slice(i, i + length)); unit > 0; unit--) {
        places.push({ start: i, end: i + length });
      }
      i += length;
      continue;
    }
    const doubled = style === "single" && character === "'" && written[i + 1] === "'" ? 2 : 1;
    if (!isBlank(character)) places.push({ start: i, end: i + doubled });
    i += doubled;
  }
  return places;
}

function firstLineEnd(written: string): number {
  const end = written.indexOf("\n");
  return end < 0 ? written.length : end;
}

/** `\n` is two characters long, `\x41` four, `\u0041` six, `\U00000041` ten. */
function escapeLength(written: string, at: number): number {
  const digits = { x: 2, u: 4, U: 8 }[written[at + 1] ?? ""] ?? 0;
  return 2 + digits;
}

/** How many code units that are not blank an escape stands for. */
function inkOfEscape(escape: string): number {
  const code = escape.length > 2 ? Number.parseInt(escape.slice(2), 16) : undefined;
  if (code !== undefined) return code > 0xffff ? 2 : isBlank(String.fromCodePoint(code || 0)) ? 0 : 1;
  // A line end, a tab, a line feed, a carriage return, a vertical tab, a form feed, a space, and the blanks of Unicode.
  return /[\n\r\tntrvf _LP]/.test(escape[1] ?? "") ? 0 : 1;
}
