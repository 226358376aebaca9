import type { OwnDirective } from "../../engine/directives.ts";
import { defineRule } from "../../engine/rule.ts";
import { remove, type TextEdit } from "../../text/edit.ts";
import { linesOf } from "../../text/lines.ts";
import { type Span, span } from "../../text/span.ts";

export default defineRule("seaworthy", {
  slug: "unused-directive",
  summary: "This `seaworthy ignore` comment keeps nothing back.",
  why: `The problem it was written for is gone, or the comment stands in the wrong place. Left behind, it hides the next problem of that rule from everybody,
and the reason it gives is no longer true.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [],
  fix: "safe",
  examples: [
    {
      bad: "# seaworthy ignore floating-tag -- the newest one, on purpose\nFROM scratch\n",
      good: "FROM scratch\n",
    },
  ],
  *check({ text, directives }) {
    for (const directive of directives) {
      if (directive.names.length === 0) {
        if (directive.used) continue;
        yield {
          at: directive.span,
          message: "This comment keeps nothing back: remove it.",
          tag: "unnecessary",
          fixes: [{ title: "Remove the comment", safety: "safe", edits: [withoutComment(text, directive)] }],
        };
        continue;
      }
      const unused = directive.names.filter((name) => !name.used && name.rules.length > 0);
      for (const name of unused) {
        const whole = unused.length === directive.names.length;
        yield {
          at: name.span,
          message: `\`${name.name}\` reports nothing here: remove it from the comment.`,
          tag: "unnecessary",
          fixes: [
            {
              title: whole ? "Remove the comment" : `Remove \`${name.name}\` from the comment`,
              safety: "safe",
              edits: [whole ? withoutComment(text, directive) : withoutName(directive, name.span)],
            },
          ],
        };
      }
    }
  },
});

/** A comment that fills its line goes with the line. */
function withoutComment(text: string, directive: OwnDirective): TextEdit {
  const lines = linesOf(text);
  const line = lines.lineAt(directive.span.start);
  const start = lines.start(line);
  const before = text.slice(start, directive.span.start);
  if (before.trim() === "") return remove(span(start, lines.start(line + 1)));
  return remove(span(start + before.trimEnd().length, directive.span.end));
}

/** The name with the comma between it and a neighbour. */
function withoutName(directive: OwnDirective, name: Span): TextEdit {
  const index = directive.names.findIndex((other) => other.span.start === name.start);
  const next = directive.names[index + 1];
  const previous = directive.names[index - 1];
  if (next !== undefined) return remove(span(name.start, next.span.start));
  return remove(span(previous?.span.end ?? name.start, name.end));
}
