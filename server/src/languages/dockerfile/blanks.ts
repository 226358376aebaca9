/** White space as the builder trims it around a line; `\n` included. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0x85 || code === 0xa0;
}

/** White space that parts one argument from the next. A non-breaking space does not. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 13 || code === 11 || code === 12;
}

/** The first place from `from` on, at most `end`, that is no white space. */
export function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isSpace(text.charCodeAt(at))) at += 1;
  return at;
}

/** The end of what stands before the white space at `end`. */
export function trimSpaces(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && isSpace(text.charCodeAt(at - 1))) at -= 1;
  return at;
}

/**
 * Where the content of the line from `start` to `end` (its line ending left out) stops if it is continued on the next one; `undefined` if it is not.
 * An escape character at the end continues a line, blanks behind it or not, unless another one stands before it.
 */
export function continuationAt(text: string, start: number, end: number, escape: string): number | undefined {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9)) at -= 1;
  if (at === start || text[at - 1] !== escape) return undefined;
  return at - 1 === start || text[at - 2] !== escape ? at - 1 : undefined;
}

/** The end of the line that starts at `start` without its line ending, and where the next one starts. */
export function lineAt(text: string, start: number): { readonly end: number; readonly next: number } {
  const feed = text.indexOf("\n", start);
  const next = feed < 0 ? text.length : feed + 1;
  let end = feed < 0 ? text.length : feed;
  while (end > start && text.charCodeAt(end - 1) === 13) end -= 1;
  return { end, next };
}
