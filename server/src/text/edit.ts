import { type Span, shift } from "./span.ts";

/** Replaces the characters of `span` by `text`; an empty span inserts, an empty text removes. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
  /**
   * The edit takes away one of the `count` parts of a whole that begins at `at`. Who applies edits of several authors together leaves one of the parts for
   * another pass, in which it is the last one and goes as such: `key: []`, not a bare `key:`.
   */
  readonly partOf?: { readonly at: number; readonly count: number };
}

export function replace(span: Span, text: string): TextEdit {
  return { span, text };
}

export function insert(offset: number, text: string): TextEdit {
  return { span: { start: offset, end: offset }, text };
}

export function remove(span: Span): TextEdit {
  return { span, text: "" };
}

export function shiftEdit(edit: TextEdit, by: number): TextEdit {
  if (by === 0) return edit;
  const { span, text, partOf } = edit;
  const moved = { span: shift(span, by), text };
  return partOf === undefined ? moved : { ...moved, partOf: { ...partOf, at: partOf.at + by } };
}

/**
 * The edits in the order of their places, equal ones once; `undefined` where two of them overlap.
 * Two insertions at one offset keep the order they came in.
 */
export function mergeEdits(edits: readonly TextEdit[]): readonly TextEdit[] | undefined {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index)
    .map(({ edit }) => edit);
  const merged: TextEdit[] = [];
  for (const edit of sorted) {
    const last = merged.at(-1);
    if (last !== undefined) {
      const same = last.span.start === edit.span.start && last.span.end === edit.span.end && last.text === edit.text;
      if (same) continue;
      if (edit.span.start < last.span.end) return undefined;
    }
    merged.push(edit);
  }
  return merged;
}

/** The text after the edits, whose places all refer to the text before them; `undefined` where two overlap or one lies outside. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  const merged = mergeEdits(edits);
  if (merged === undefined) return undefined;
  let out = "";
  let at = 0;
  for (const { span, text: replacement } of merged) {
    if (span.start < at || span.end < span.start || span.end > text.length) return undefined;
    out += text.slice(at, span.start) + replacement;
    at = span.end;
  }
  return out + text.slice(at);
}

/** The same change without the characters it leaves as they were at its start and end; `undefined` where it changes nothing. */
export function minimalEdit(text: string, edit: TextEdit): TextEdit | undefined {
  const before = text.slice(edit.span.start, edit.span.end);
  if (before === edit.text) return undefined;
  const most = Math.min(before.length, edit.text.length);
  let head = 0;
  while (head < most && before[head] === edit.text[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === edit.text[edit.text.length - 1 - tail]) tail += 1;
  return {
    span: { start: edit.span.start + head, end: edit.span.end - tail },
    text: edit.text.slice(head, edit.text.length - tail),
  };
}
