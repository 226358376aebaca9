import { isBlank, isSpace, skipSpaces } from "./blanks.ts";
import { unquote } from "./quotes.ts";

/** A range of a logical line. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface FlagRange extends Range {
  readonly name: string;
  readonly nameEnd: number;
  /** Quotes and escapes taken out. */
  readonly value: string | undefined;
}

/** The flags at the start of an instruction's arguments, and where the rest begins. They end at the first word without dashes, or behind a `--`. */
export function readFlags(
  line: string,
  from: number,
  end: number,
  escape: string,
): { readonly flags: readonly FlagRange[]; readonly rest: number } {
  const flags: FlagRange[] = [];
  let at = skipSpaces(line, from, end);
  while (line.startsWith("--", at) && at < end) {
    const stop = quotedWordEnd(line, at, end, escape);
    const word = line.slice(at, stop);
    if (word === "--") return { flags, rest: skipSpaces(line, stop, end) };
    const equals = word.indexOf("=");
    const nameEnd = equals < 0 ? stop : at + equals;
    flags.push({
      start: at,
      end: stop,
      name: line.slice(at + 2, nameEnd),
      nameEnd,
      value: equals < 0 ? undefined : unquote(word.slice(equals + 1), escape),
    });
    at = skipSpaces(line, stop, end);
  }
  return { flags, rest: at };
}

/** Parted by blanks; quotes and escapes mean nothing. */
export function blankWords(line: string, from: number, end: number): readonly Range[] {
  const words: Range[] = [];
  let at = from;
  while (at < end) {
    while (at < end && isBlank(line.charCodeAt(at))) at += 1;
    const start = at;
    while (at < end && !isBlank(line.charCodeAt(at))) at += 1;
    if (at > start) words.push({ start, end: at });
  }
  return words;
}

/** Parted by blanks that are neither quoted nor escaped, as in ENV, LABEL and ARG. An open quote runs to the end. */
export function quotedWords(line: string, from: number, end: number, escape: string): readonly Range[] {
  const words: Range[] = [];
  let at = skipSpaces(line, from, end);
  while (at < end) {
    const stop = quotedWordEnd(line, at, end, escape);
    words.push({ start: at, end: stop });
    at = skipSpaces(line, stop, end);
  }
  return words;
}

function quotedWordEnd(line: string, from: number, end: number, escape: string): number {
  let quote = "";
  let at = from;
  for (; at < end; at++) {
    const char = line.charAt(at);
    if (char === escape && quote !== "'") at += 1;
    else if (quote !== "") {
      if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (isSpace(line.charCodeAt(at))) break;
  }
  return Math.min(at, end);
}

export interface JsonElement extends Range {
  readonly value: string;
}

/**
 * The elements of an argument in exec form, each with its quotes in its range. `undefined` where it is no JSON array, which makes it the shell form;
 * `"mixed"` for an array with something else than strings, which the builder refuses.
 */
export function jsonElements(line: string, from: number, end: number): readonly JsonElement[] | "mixed" | undefined {
  if (line[from] !== "[") return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(line.slice(from, end));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  const values: unknown[] = parsed;
  const elements: JsonElement[] = [];
  const string = /"(?:[^"\\]|\\.)*"/g;
  string.lastIndex = from;
  for (const value of values) {
    if (typeof value !== "string") return "mixed";
    const match = string.exec(line);
    if (match === null) return undefined;
    elements.push({ value, start: match.index, end: match.index + match[0].length });
  }
  return elements;
}
