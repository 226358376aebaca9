import type { Span } from "../../text/span.ts";
import { continuationAt, lineAt, skipSpaces } from "./blanks.ts";

/**
 * An instruction as the builder sees it: one line, without continuations and the comments and empty lines between them.
 * Heredoc bodies are no part of it. Offsets in it and in its source both count UTF-16 code units from the first character of the keyword.
 */
export interface LogicalLine {
  readonly text: string;
  /** The place of a range of `text` in the source; an empty range is a place before the character behind it. */
  span(start: number, end: number): Span;
}

export function logicalLine(source: string, escape: string): LogicalLine {
  return source.includes("\n") ? severalLines(source, escape) : oneLine(source, escape);
}

function oneLine(source: string, escape: string): LogicalLine {
  const end = continuationAt(source, 0, source.length, escape);
  const text = end === undefined ? source : source.slice(0, end);
  return { text, span: (start, end) => ({ start, end }) };
}

function severalLines(source: string, escape: string): LogicalLine {
  const starts: number[] = [];
  const origins: number[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const line = lineAt(source, at);
    const first = skipSpaces(source, at, line.end);
    if (first < line.end && source[first] !== "#") {
      const end = continuationAt(source, at, line.end, escape) ?? line.end;
      starts.push(text.length);
      origins.push(at);
      text += source.slice(at, end);
    }
    at = line.next;
  }
  const origin = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (origins[low] ?? 0) + offset - (starts[low] ?? 0);
  };
  return {
    text,
    span(start, end) {
      if (end > start) return { start: origin(start), end: origin(end - 1) + 1 };
      const place = start > 0 && start >= text.length ? origin(start - 1) + 1 : origin(start);
      return { start: place, end: place };
    },
  };
}
