import type { Span } from "../text/span.ts";

/** One assignment of a `.env` or an `env_file`. */
export interface EnvironmentEntry {
  readonly name: string;
  /** Quotes and escapes resolved; `${NAME}` and `$NAME` left as they are where the quotes let them count. `undefined` for a name without `=`. */
  readonly value: string | undefined;
  /** The name's place in the file. */
  readonly span: Span;
}

/**
 * Reads a file of `NAME=value` lines as Compose does: `export` before a name, `:` for `=`, comments, single, double and no quotes, values over several lines
 * in quotes. `undefined` where a line is nothing of the kind, so that the file is another one. A dollar sign in single quotes is written `$$`.
 * Source: the package dotenv of compose-go.
 */
export function parseEnvironmentFile(text: string): readonly EnvironmentEntry[] | undefined {
  const entries: EnvironmentEntry[] = [];
  const line = /[^\S\n]*(?:#[^\n]*|(?:export[^\S\n]+)?([A-Za-z_][\w.\-[\]]*)[^\S\n]*(?:([=:])[^\S\n]*|(?=\n|$)))?/y;
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    line.lastIndex = at;
    const match = line.exec(text);
    if (match === null) return undefined;
    at = line.lastIndex;
    const [, name, separator] = match;
    if (name !== undefined) {
      const start = match.index + match[0].indexOf(name, match[0].trimStart().startsWith("export") ? 6 : 0);
      const read = separator === undefined ? { value: undefined, end: at } : valueAt(text, at);
      if (read === undefined) return undefined;
      entries.push({ name, value: read.value, span: { start, end: start + name.length } });
      at = read.end;
    }
    if (at < text.length && text[at] !== "\n") return undefined;
    at += 1;
  }
  return entries;
}

/** The value that begins there, and the end of its line; `undefined` where a quote is not closed. */
function valueAt(text: string, at: number): { readonly value: string; readonly end: number } | undefined {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") {
    const end = lineEnd(text, at);
    const value = text
      .slice(at, end)
      .trimEnd()
      .replace(/(?:^|\s)#.*$/, "")
      .trim();
    return { value, end };
  }
  let close = at + 1;
  while (close < text.length && text[close] !== quote) close += text[close] === "\\" ? 2 : 1;
  if (close >= text.length) return undefined;
  const inner = text.slice(at + 1, close).replaceAll("\r\n", "\n");
  return {
    value: quote === "'" ? inner.replaceAll("\\'", "'").replaceAll("$", "$$$$") : unescaped(inner),
    end: lineEnd(text, close + 1),
  };
}

function unescaped(text: string): string {
  return text.replace(/\\([nrt"\\$])/g, (_whole, character: string) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", $: "$$" };

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
