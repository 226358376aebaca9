import type { Span } from "../text/span.ts";
import type { YamlScalar } from "./yaml/node.ts";

/** Where a scalar's text stands, its quotes left out. `text` is the document's. */
export function insideQuotes(text: string, scalar: YamlScalar): Span {
  const { start, end } = scalar.span;
  const quoted = scalar.style === "single" || scalar.style === "double";
  if (!quoted || end - start < 2) return scalar.span;
  const closed = text[end - 1] === text[start];
  return { start: start + 1, end: closed ? end - 1 : end };
}

/**
 * Where the characters `from` to `to` of a scalar's text stand. The whole text where that cannot be told, as behind escapes and in
 * folded lines.
 */
export function partOf(text: string, scalar: YamlScalar, from: number, to: number): Span {
  const inside = insideQuotes(text, scalar);
  return text.slice(inside.start, inside.end) === scalar.text
    ? { start: inside.start + from, end: inside.start + to }
    : inside;
}
