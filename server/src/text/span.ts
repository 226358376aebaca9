/** A half-open range of UTF-16 code unit offsets: `start` is inside, `end` is not. `start === end` is a place between two characters. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function span(start: number, end: number): Span {
  return { start, end };
}

/** The same range, `by` code units further on. */
export function shift(range: Span, by: number): Span {
  return by === 0 ? range : { start: range.start + by, end: range.end + by };
}

/** The smallest range that holds both. */
export function cover(a: Span, b: Span): Span {
  return { start: Math.min(a.start, b.start), end: Math.max(a.end, b.end) };
}

/** Whether `inner` lies within `outer`; their ends may touch. */
export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether the two share a character, or, where one of them is empty, whether it lies within or at an end of the other. */
export function touches(a: Span, b: Span): boolean {
  return a.start === a.end || b.start === b.end
    ? a.start <= b.end && b.start <= a.end
    : a.start < b.end && b.start < a.end;
}

export function textOf(text: string, range: Span): string {
  return text.slice(range.start, range.end);
}
