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
