import { isSpace } from "./blanks.ts";

/** The word that opens a heredoc. Offsets count in the logical line. */
export interface HeredocOpener {
  readonly delimiter: string;
  readonly quoted: boolean;
  readonly strip: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a line that open heredocs, as BuildKit finds them: it splits the line like a shell, and takes each word that begins with `<<`
 * (a number before it) and holds no third `<`. So `<<` in quotes, `<<<` and `1<<2` open none; one in arithmetic does not here either.
 * A line with an open quote has none.
 */
export function heredocOpeners(line: string): readonly HeredocOpener[] {
  if (!line.includes("<<")) return [];
  const openers: HeredocOpener[] = [];
  for (const { start, end } of shellWords(line)) {
    const opener = openerIn(line.slice(start, end), start, end);
    if (opener !== undefined) openers.push(opener);
  }
  return openers;
}

function openerIn(word: string, start: number, end: number): HeredocOpener | undefined {
  const match = /^\d*<<(-?)\s*([^<]+)$/.exec(word);
  const written = match?.[2];
  if (match === null || written === undefined) return undefined;
  const delimiter = withoutQuotes(written);
  return {
    delimiter,
    // As in a shell, one escaped character is enough.
    quoted: delimiter !== written,
    strip: match[1] === "-",
    start,
    end,
  };
}

function withoutQuotes(word: string): string {
  return word.replace(
    /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g,
    (_, single?: string, double?: string, escaped?: string) => {
      if (single !== undefined) return single;
      if (double !== undefined) return double.replace(/\\(["$\\])/g, "$1");
      return escaped ?? "";
    },
  );
}

function shellWords(line: string): readonly { readonly start: number; readonly end: number }[] {
  const words: { start: number; end: number }[] = [];
  let start = -1;
  let at = 0;
  while (at < line.length) {
    const char = line.charAt(at);
    if (isSpace(line.charCodeAt(at))) {
      if (start >= 0) words.push({ start, end: at });
      start = -1;
      at += 1;
      continue;
    }
    if (start < 0) start = at;
    const next = afterPart(line, at, char);
    if (next === undefined) return [];
    at = next;
  }
  if (start >= 0) words.push({ start, end: line.length });
  return words;
}

/** The end of the quoted, escaped or braced part at `at`, else of its one character; `undefined` where it does not end. */
function afterPart(line: string, at: number, char: string): number | undefined {
  switch (char) {
    case "\\":
      return Math.min(at + 2, line.length);
    case "'": {
      const close = line.indexOf("'", at + 1);
      return close < 0 ? undefined : close + 1;
    }
    case '"': {
      for (let i = at + 1; i < line.length; i++) {
        if (line[i] === "\\") i += 1;
        else if (line[i] === '"') return i + 1;
      }
      return undefined;
    }
    case "$": {
      if (line.startsWith("$((", at)) {
        const close = line.indexOf("))", at + 3);
        return close < 0 ? at + 1 : close + 2;
      }
      if (line[at + 1] !== "{") return at + 1;
      const close = line.indexOf("}", at + 2);
      return close < 0 ? undefined : close + 1;
    }
    case "<": {
      if (line[at + 1] !== "<") return at + 1;
      let next = at + 2;
      while (line[next] === " " || line[next] === "\t") next += 1;
      return next;
    }
    default:
      return at + 1;
  }
}
