import type { Span } from "../../text/span.ts";

/** Where the characters of a script stand in its unit: what the shell is given need not be what was written. */
export interface Place {
  /** The unit's characters behind those of the script from `start` to `end` (half-open). */
  span(start: number, end: number): Span;
}

/** The script was written as it is, from `base` on. */
export function placeAt(base: number): Place {
  return { span: (start, end) => ({ start: base + start, end: base + end }) };
}

/** Each character has a place of its own: `offsets[i]` is where the script's character `i` stands in `outer`. */
export function placeOfCharacters(offsets: readonly number[], outer: Place): Place {
  const at = (index: number): number => offsets[Math.min(index, offsets.length - 1)] ?? 0;
  return {
    span(start, end) {
      if (end <= start) {
        const place = start < offsets.length ? at(start) : at(offsets.length - 1) + 1;
        return outer.span(place, place);
      }
      return outer.span(at(start), at(end - 1) + 1);
    },
  };
}

/** A part of a script that stands in one piece in the unit. */
export interface Piece {
  /** Offset in the script. The piece ends where the next one begins. */
  readonly from: number;
  /** Offset in the unit. */
  readonly origin: number;
  /** How much of it really stands there; what is behind is taken to its end. */
  readonly length: number;
}

/** The parts of the script stand apart in the unit. There is one at least, they are in order, and the first is at 0. */
export function placeOfPieces(pieces: readonly Piece[]): Place {
  const pieceBefore = (offset: number): Piece => {
    let low = 0;
    let high = pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((pieces[middle]?.from ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return pieces[low] ?? { from: 0, origin: 0, length: 0 };
  };
  const place = (piece: Piece, offset: number): number => piece.origin + Math.min(offset - piece.from, piece.length);
  return {
    span(start, end) {
      const at = place(pieceBefore(start), start);
      return { start: at, end: end > start ? Math.max(at, place(pieceBefore(end - 1), end)) : at };
    },
  };
}
