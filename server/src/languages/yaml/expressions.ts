import type { Span } from "../../text/span.ts";

/**
 * Each `{{ … }}`, `{% … %}` and `{# … #}` of a text, in order. One within a string or a comment of another belongs to that. Of one that is left open, as
 * half-written ones are, nothing is found.
 */
export function findExpressions(text: string): readonly Span[] {
  const found: Span[] = [];
  const unclosed = new Set<string>();
  // The shell's `${#name}` is no comment.
  const opening = /\{[{%]|(?<!\$)\{#(?=[\s-])/g;
  const scan = goScanner(text);
  for (let match = opening.exec(text); match !== null && unclosed.size < 3; match = opening.exec(text)) {
    const open = match[0];
    if (unclosed.has(open)) continue;
    const span = open === "{{" ? scan(match.index) : plainSpan(text, match.index, open);
    if (span === undefined) {
      unclosed.add(open);
      continue;
    }
    found.push(span);
    opening.lastIndex = span.end;
  }
  return found;
}

/** The last opening before the closing is the one that belongs to it: those before were left open. */
function plainSpan(text: string, start: number, open: string): Span | undefined {
  const close = text.indexOf(open === "{%" ? "%}" : "#}", start + 2);
  return close < 0 ? undefined : { start: text.lastIndexOf(open, close - 1), end: close + 2 };
}

/** Finds the end of expressions of Go templates: `"…"` ends on its line, a raw string and a comment where they are closed. */
function goScanner(text: string): (start: number) => Span | undefined {
  const lastTick = text.lastIndexOf("`");
  const lastComment = text.lastIndexOf("*/");
  const special = /["`]|\{\{|\}\}/g;
  return (first) => {
    let start = first;
    const comment = /\{\{-?\s*\/\*/y;
    comment.lastIndex = start;
    if (comment.test(text) && lastComment >= comment.lastIndex) {
      const close = text.indexOf("}}", text.indexOf("*/", comment.lastIndex) + 2);
      return close < 0 ? undefined : { start, end: close + 2 };
    }
    special.lastIndex = start + 2;
    for (let match = special.exec(text); match !== null; match = special.exec(text)) {
      const at = match.index;
      if (match[0] === "}}") return { start, end: at + 2 };
      if (match[0] === "{{") start = at;
      else if (match[0] === "`" && at < lastTick) special.lastIndex = text.indexOf("`", at + 1) + 1;
      else if (match[0] === '"') special.lastIndex = quoteEnd(text, at);
    }
    return undefined;
  };
}

/** Behind the closing quote; where that is not on the same line, behind the opening one. */
function quoteEnd(text: string, at: number): number {
  const quoted = /"(?:[^"\\\r\n]|\\.)*"/y;
  quoted.lastIndex = at;
  return quoted.test(text) ? quoted.lastIndex : at + 1;
}
