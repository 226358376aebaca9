import type { Span } from "../../text/span.ts";
import { alternatives } from "./branches.ts";
import { findExpressions } from "./expressions.ts";

/** Stands for each character of a template expression; a private-use character, so that no file means anything by it. */
export const FILLER = "\uE000";

/** A text whose template expressions are taken out without moving anything else. */
export interface MaskedText {
  readonly text: string;
  /** Where expressions stand, in order. */
  readonly masks: readonly Span[];
  /** Those of them in whose place fillers stand. */
  readonly filled: readonly Span[];
}

/**
 * Replaces each `{{ … }}` and `{% … %}` by as many filler characters, or by blanks where nothing else stands on its lines, so that what is
 * left can be read as YAML; and by blanks what never stands beside the rest, as both branches of an `if` do not. Line endings stay.
 */
export function maskTemplates(text: string): MaskedText {
  const masks = findExpressions(text);
  if (masks.length === 0) return { text, masks, filled: masks };
  let out = "";
  let at = 0;
  for (let i = 0; i < masks.length; ) {
    const last = endOfRun(text, masks, i);
    const from = masks[i]?.start ?? at;
    const to = masks[last]?.end ?? from;
    const filler = standsAlone(text, from, to) ? " " : FILLER;
    for (const mask of masks.slice(i, last + 1)) {
      out += text.slice(at, mask.start) + text.slice(mask.start, mask.end).replace(/[^\r\n]/g, filler);
      at = mask.end;
    }
    i = last + 1;
  }
  const masked = blankOut(out + text.slice(at), alternatives(text, masks));
  return { text: masked, masks, filled: masks.filter(({ start }) => masked[start] === FILLER) };
}

/** A text of which only blanks are left where `maskTemplates` leaves blanks; other expressions are as they were. */
export function blankTemplates(text: string): string {
  const masked = maskTemplates(text);
  return masked.filled.reduceRight(
    (left, { start, end }) => left.slice(0, start) + text.slice(start, end) + left.slice(end),
    masked.text,
  );
}

/** With blanks in the place of some characters, line endings left. Of spans within others nothing more is left to blank out. */
function blankOut(text: string, spans: readonly Span[]): string {
  let out = "";
  let at = 0;
  for (const { start, end } of spans) {
    if (end <= at) continue;
    out += text.slice(at, start) + text.slice(Math.max(start, at), end).replace(/[^\r\n]/g, " ");
    at = end;
  }
  return out + text.slice(at);
}

/** Index of the last of the expressions that only blanks separate from the one at `first`. */
function endOfRun(text: string, masks: readonly Span[], first: number): number {
  let last = first;
  for (;;) {
    const here = masks[last];
    const next = masks[last + 1];
    if (here === undefined || next === undefined || skipBlanks(text, here.end) !== next.start) return last;
    last += 1;
  }
}

function standsAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isBlank(text.charCodeAt(before))) before -= 1;
  if (before >= 0 && text.charCodeAt(before) !== 10) return false;
  const after = text[skipBlanks(text, end)];
  return after === undefined || after === "\n" || after === "\r" || after === "#";
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}
