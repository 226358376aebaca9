import type { Span } from "./span.ts";

/** A place as editors give it; both count from 0, `character` in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where the lines of a text begin. `\n`, `\r\n` and a lone `\r` end a line, as the Language Server Protocol has it. */
export interface Lines {
  readonly count: number;
  /** The line that holds an offset; offsets outside the text are taken to its nearest end. */
  lineAt(offset: number): number;
  /** Offset of the first character of a line; a line after the last one begins at the end of the text. */
  start(line: number): number;
  /** The characters of a line without its line ending. */
  span(line: number): Span;
  positionAt(offset: number): Position;
  /** A character past the end of its line is taken to that end. */
  offsetAt(position: Position): number;
  /** The lines of `text`, which came of putting `inserted` in the place of a span of this one: cheaper than counting them anew. */
  edited(text: string, replaced: Span, inserted: string): Lines;
}

export function linesOf(text: string): Lines {
  return linesFrom(text, lineStarts(text));
}

function linesFrom(text: string, starts: readonly number[]): Lines {
  const start = (line: number): number => (line < 0 ? 0 : (starts[line] ?? text.length));
  const lineAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const span = (line: number): Span => {
    const from = start(line);
    let to = start(line + 1);
    if (to > from && text.charCodeAt(to - 1) === 10) to -= 1;
    if (to > from && text.charCodeAt(to - 1) === 13) to -= 1;
    return { start: from, end: to };
  };
  return {
    count: starts.length,
    lineAt,
    start,
    span,
    positionAt(offset) {
      const bounded = Math.max(0, Math.min(offset, text.length));
      const line = lineAt(bounded);
      return { line, character: bounded - start(line) };
    },
    offsetAt({ line, character }) {
      if (line < 0) return 0;
      if (line >= starts.length) return text.length;
      const range = span(line);
      return Math.max(range.start, Math.min(range.start + character, range.end));
    },
    edited(next, replaced, inserted) {
      // A `\r` ends a line or half of one, by what comes to stand behind it.
      if (text.includes("\r") || inserted.includes("\r")) return linesOf(next);
      return linesFrom(next, editedStarts(starts, replaced, inserted));
    },
  };
}

function editedStarts(starts: readonly number[], { start, end }: Span, inserted: string): readonly number[] {
  const kept = countUpTo(starts, start);
  const rest = countUpTo(starts, end);
  const by = inserted.length - (end - start);
  const next = starts.slice(0, kept);
  for (let at = inserted.indexOf("\n"); at >= 0; at = inserted.indexOf("\n", at + 1)) next.push(start + at + 1);
  for (let index = rest; index < starts.length; index++) next.push((starts[index] ?? 0) + by);
  return next;
}

/** How many of the sorted numbers are no greater than `most`. */
function countUpTo(sorted: readonly number[], most: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= most) low = middle + 1;
    else high = middle;
  }
  return low;
}

function lineStarts(text: string): readonly number[] {
  const starts: number[] = [0];
  // Texts without `\r`, nearly all, are searched many times faster than they are walked.
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13) {
      if (text.charCodeAt(i + 1) === 10) i++;
      starts.push(i + 1);
    }
  }
  return starts;
}

/** The line ending a text uses: that of its first line, `\n` where it has none. */
export function lineEndingOf(text: string): "\n" | "\r\n" {
  const at = text.indexOf("\n");
  return at > 0 && text.charCodeAt(at - 1) === 13 ? "\r\n" : "\n";
}
