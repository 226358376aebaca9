import type { Span } from "../../text/span.ts";
import type { LineComment } from "../comment.ts";
import { continuationAt, lineAt, skipSpaces, trimSpaces } from "./blanks.ts";
import type { Chunk } from "./chunk.ts";
import type { Heredoc } from "./model.ts";

/** An instruction and where it stands. */
export interface Piece {
  readonly chunk: Chunk;
  /** Offset of the keyword in the unit. */
  readonly start: number;
  /** Without the final line ending; heredocs included. */
  readonly end: number;
  readonly heredocs: readonly Heredoc[];
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  readonly comments: readonly LineComment[];
}

/** Cuts a file into instructions as the builder does. `chunkOf` gives what is known of an instruction by its text, heredoc bodies left out. */
export function splitInstructions(
  text: string,
  from: number,
  escape: string,
  chunkOf: (source: string) => Chunk,
): Pieces {
  const pieces: Piece[] = [];
  const comments: LineComment[] = [];
  let at = from;
  while (at < text.length) {
    let line = lineAt(text, at);
    const start = skipSpaces(text, at, line.end);
    at = line.next;
    if (start === line.end) continue;
    if (text[start] === "#") {
      comments.push(commentOf(text, { start, end: line.end }));
      continue;
    }
    let end = line.end;
    let continued = continuationAt(text, start, line.end, escape) !== undefined;
    while (continued && at < text.length) {
      line = lineAt(text, at);
      const first = skipSpaces(text, at, line.end);
      if (text[first] === "#" && first < line.end) comments.push(commentOf(text, { start: first, end: line.end }));
      else if (first < line.end) {
        continued = continuationAt(text, at, line.end, escape) !== undefined;
        end = line.end;
      }
      at = line.next;
    }
    const chunk = chunkOf(text.slice(start, end));
    if (chunk.keyword === "") continue;
    const heredocs: Heredoc[] = [];
    for (const opener of chunk.openers) {
      const { bodyEnd, next, last } = heredocBody(text, at, opener.delimiter, opener.strip);
      const opened = chunk.line.place.span(opener.start, opener.end);
      heredocs.push({
        delimiter: opener.delimiter,
        quoted: opener.quoted,
        strip: opener.strip,
        openerSpan: { start: start + opened.start, end: start + opened.end },
        bodySpan: { start: at, end: bodyEnd },
        body: text.slice(at, bodyEnd),
        terminated: last !== undefined,
      });
      end = last ?? Math.max(end, lastLineEnd(text, bodyEnd));
      at = next;
    }
    pieces.push({ chunk, start, end, heredocs });
  }
  return { pieces, comments };
}

function commentOf(text: string, span: Span): LineComment {
  const start = skipSpaces(text, span.start + 1, span.end);
  return { span, text: text.slice(start, trimSpaces(text, start, span.end)), alone: true };
}

function heredocBody(
  text: string,
  from: number,
  delimiter: string,
  strip: boolean,
): { readonly bodyEnd: number; readonly next: number; readonly last: number | undefined } {
  let at = from;
  while (at < text.length) {
    const line = lineAt(text, at);
    let start = at;
    if (strip) while (text[start] === "\t") start += 1;
    if (line.end - start === delimiter.length && text.startsWith(delimiter, start)) {
      return { bodyEnd: at, next: line.next, last: line.end };
    }
    at = line.next;
  }
  return { bodyEnd: text.length, next: text.length, last: undefined };
}

function lastLineEnd(text: string, end: number): number {
  let at = end;
  while (at > 0 && (text[at - 1] === "\n" || text[at - 1] === "\r")) at -= 1;
  return at;
}
