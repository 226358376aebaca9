import { type Piece, type Place, placeAt, placeOfPieces } from "../shell/place.ts";
import { continuationAt, lineAt, skipSpaces } from "./blanks.ts";

/**
 * An instruction as the builder sees it: one line, without continuations and the comments and empty lines between them.
 * Heredoc bodies are no part of it. `place` tells where it stands in its source, which begins with the keyword.
 */
export interface LogicalLine {
  readonly text: string;
  readonly place: Place;
}

export function logicalLine(source: string, escape: string): LogicalLine {
  return source.includes("\n") ? severalLines(source, escape) : oneLine(source, escape);
}

function oneLine(source: string, escape: string): LogicalLine {
  const end = continuationAt(source, 0, source.length, escape);
  return { text: end === undefined ? source : source.slice(0, end), place: placeAt(0) };
}

function severalLines(source: string, escape: string): LogicalLine {
  const pieces: Piece[] = [];
  let text = "";
  let at = 0;
  while (at < source.length) {
    const line = lineAt(source, at);
    const first = skipSpaces(source, at, line.end);
    if (first < line.end && source[first] !== "#") {
      const end = continuationAt(source, at, line.end, escape) ?? line.end;
      pieces.push({ from: text.length, origin: at, length: end - at });
      text += source.slice(at, end);
    }
    at = line.next;
  }
  return { text, place: placeOfPieces(pieces) };
}
