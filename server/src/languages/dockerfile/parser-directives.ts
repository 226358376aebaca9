import { lineAt, skipSpaces } from "./blanks.ts";
import type { ParserDirective } from "./model.ts";
import type { SyntaxProblem } from "../problem.ts";

/** The lines at the top of a file that the builder takes for directives. They end at the first line that is none. */
export interface DirectiveBlock {
  readonly directives: readonly ParserDirective[];
  /** Where the instructions and comments begin. */
  readonly end: number;
  readonly escape: "\\" | "`";
  readonly problems: readonly SyntaxProblem[];
}

const known: ReadonlySet<string> = new Set(["syntax", "escape", "check"]);

export function parserDirectives(text: string): DirectiveBlock {
  const directives: ParserDirective[] = [];
  const problems: SyntaxProblem[] = [];
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
    if (directives.some((directive) => directive.name === name)) {
      problems.push({
        at: valueSpan,
        message: `\`# ${name}=\` is given twice: only one of each directive is allowed.`,
      });
    } else if (name === "escape") {
      if (value === "\\" || value === "`") escape = value;
      else {
        problems.push({
          at: valueSpan,
          message: `\`${value}\` cannot be the escape character: use \`\\\` or a backquote.`,
        });
      }
    }
    directives.push({ name, value, span: { start, end: valueSpan.end }, valueSpan });
    at = line.next;
  }
  return { directives, end: at, escape, problems };
}
