import { lineAt, skipSpaces } from "./blanks.ts";
import type { ParserDirective } from "./model.ts";

/** The lines at the top of a file that the builder takes for directives. They end at the first line that is none. */
export interface DirectiveBlock {
  readonly directives: readonly ParserDirective[];
  /** Where the instructions and comments begin. */
  readonly end: number;
  readonly escape: "\\" | "`";
}

const known: ReadonlySet<string> = new Set(["syntax", "escape", "check"]);

/** A directive given twice, and one with a value that the builder refuses, is among them; the first usable `escape` holds. */
export function parserDirectives(text: string): DirectiveBlock {
  const directives: ParserDirective[] = [];
  let escape: "\\" | "`" = "\\";
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (text.startsWith("#!", at)) at = lineAt(text, at).next;
  while (at < text.length) {
    const line = lineAt(text, at);
    const start = skipSpaces(text, at, line.end);
    const match = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/d.exec(text.slice(start, line.end));
    const name = match?.[1]?.toLowerCase();
    const value = match?.[2];
    const place = match?.indices?.[2];
    if (name === undefined || value === undefined || place === undefined || !known.has(name)) break;
    const valueSpan = { start: start + place[0], end: start + place[1] };
    const first = directives.every((directive) => directive.name !== name);
    if (first && name === "escape" && (value === "\\" || value === "`")) escape = value;
    directives.push({ name, value, span: { start, end: valueSpan.end }, valueSpan });
    at = line.next;
  }
  return { directives, end: at, escape };
}
