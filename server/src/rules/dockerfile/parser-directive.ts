import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { LineComment } from "../../languages/comment.ts";
import { lineAt } from "../../languages/dockerfile/blanks.ts";
import type { DockerfileModel, ParserDirective } from "../../languages/dockerfile/model.ts";
import { nearest } from "../../languages/dockerfile/problems/nearest.ts";
import { insert, remove, replace } from "../../text/edit.ts";

export default defineRule("dockerfile", {
  slug: "parser-directive",
  summary: "A parser directive is misspelt, given twice, or stands where it is only a comment.",
  why: `\`# syntax=\`, \`# escape=\` and \`# check=\` speak to the builder only in the very first lines of a file, before any other comment, empty line or instruction.
Anywhere else, and with a slip of the keyboard, they are comments: the build goes on with the frontend and the escape character of the builder at hand, and
works on one machine and not on the next. A directive given twice, or an escape character that is neither \`\\\` nor a backquote, is refused.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "dockerfile-utils:INVALID_ESCAPE_DIRECTIVE",
    "dockerfile-utils:DUPLICATED_ESCAPE_DIRECTIVE",
    "tally:syntax-directive-typo",
  ],
  references: ["https://docs.docker.com/reference/dockerfile/#parser-directives"],
  fix: "safe",
  examples: [
    {
      bad: "# The report\n# syntax=docker/dockerfile:1\nFROM alpine:3.22\nUSER nobody\n",
      good: "# syntax=docker/dockerfile:1\n# The report\nFROM alpine:3.22\nUSER nobody\n",
    },
    {
      bad: '# escape="`"\nFROM alpine:3.23\nUSER nobody\n',
      good: "# escape=`\nFROM alpine:3.23\nUSER nobody\n",
    },
  ],
  *check(model) {
    yield* refused(model);
    const first = model.instructions[0]?.span.start ?? Infinity;
    for (const comment of model.comments) {
      const early = comment.span.start < first;
      // Below, only what nobody would write for a reader.
      if (!early && !comment.text.startsWith("syntax")) continue;
      const problem = ignored(model, comment, early);
      if (problem !== undefined) yield problem;
    }
  },
});

function* refused(model: DockerfileModel): Generator<Problem> {
  const seen = new Set<string>();
  for (const directive of model.directives) {
    const { name, value, span, valueSpan } = directive;
    if (seen.has(name)) {
      yield {
        at: span,
        severity: "error",
        message: `\`# ${name}=\` is given twice, which the builder refuses: keep the first one.`,
        fixes: () => [{ title: "Take the second one out", safety: "safe", edits: [remove(lineOf(model, directive))] }],
      };
    } else if (name === "escape" && value !== "\\" && value !== "`") {
      yield {
        at: valueSpan,
        severity: "error",
        message: `\`${value}\` cannot be the escape character, and the builder refuses it: use \`\\\` or a backquote.`,
        // Somebody who quotes it means what is in the quotes.
        fixes: () => unquoted(directive),
      };
    }
    seen.add(name);
  }
}

function unquoted({ value, valueSpan }: ParserDirective): readonly Fix[] {
  const meant = /^(["'])([\\`])\1$/.exec(value)?.[2];
  if (meant === undefined) return [];
  return [{ title: "Take the quotes off", safety: "safe", edits: [replace(valueSpan, meant)] }];
}

const names: readonly string[] = ["syntax", "escape", "check"];

/** A value that only the directive of that name has. */
const values: Readonly<Record<string, RegExp>> = {
  syntax: /^(?:docker\.io\/)?docker\/dockerfile\S*$|^[\w.-]+(?::\d+)?\/[\w./-]+(?::[\w.-]+)?(?:@\S+)?$/,
  escape: /^[\\`]$/,
  check: /^(?:skip|error|experimental)=\S+$/,
};

function ignored(model: DockerfileModel, comment: LineComment, early: boolean): Problem | undefined {
  const match = /^([A-Za-z]+)[ \t]*(=|:)[ \t]*(\S+)$/.exec(comment.text);
  const [, written = "", sign, value = ""] = match ?? [];
  const name = names.includes(written.toLowerCase()) ? written.toLowerCase() : nearest(written, names);
  if (match === null || name === undefined || values[name]?.test(value) !== true) return undefined;
  // Another of that name is in effect.
  if (model.directives.some((directive) => directive.name === name)) return undefined;
  if (name === written.toLowerCase() && sign === "=") {
    // `# check=` may stand in front of an instruction, for which it then speaks.
    if (name === "check" || (!early && !value.includes("docker/dockerfile"))) return undefined;
    return {
      at: comment.span,
      message: `\`# ${written}=\` is only a comment here: it counts in the first lines alone, before any other comment, empty line or instruction.`,
      fixes: () => moved(model, comment, name),
    };
  }
  if (!early) return undefined;
  const start = comment.span.start + model.text.slice(comment.span.start, comment.span.end).indexOf(written);
  const at = { start, end: start + written.length };
  const end = comment.span.start + model.text.slice(comment.span.start, comment.span.end).indexOf(value);
  const wrong = name === written.toLowerCase() ? `\`# ${written}:\`` : `\`${written}\``;
  return {
    at,
    message: `${wrong} is no directive, so the line is only a comment: did you mean \`# ${name}=\`?`,
    fixes: () => [
      {
        title: `Write \`${name}=\` (it then takes effect)`,
        safety: "review",
        edits: [replace({ start, end }, `${name}=`)],
      },
    ],
  };
}

function moved(model: DockerfileModel, comment: LineComment, name: string): readonly Fix[] {
  const { text, directives, lineEnding } = model;
  // A backquote at the end of a line continues it then: too much changes.
  if (name === "escape" && comment.text.endsWith("`") && !text.includes("`\n") && !text.includes("`\r\n")) return [];
  const last = directives.at(-1);
  const first = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const shebang = text.startsWith("#!", first) ? lineAt(text, first).next : first;
  const top = last === undefined ? shebang : lineAt(text, last.span.end).next;
  const line = text.slice(comment.span.start, lineAt(text, comment.span.start).end);
  return [
    {
      title: "Move it to the top (it then takes effect)",
      safety: "review",
      edits: [insert(top, line + lineEnding), remove(lineOf(model, comment))],
    },
  ];
}

function lineOf({ text }: DockerfileModel, { span }: Pick<LineComment, "span">): { start: number; end: number } {
  return { start: text.lastIndexOf("\n", span.start - 1) + 1, end: lineAt(text, span.end).next };
}
