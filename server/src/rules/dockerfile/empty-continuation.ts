import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { continuationAt, lineAt } from "../../languages/dockerfile/blanks.ts";
import { keywordNamed } from "../../languages/dockerfile/keywords.ts";
import type { DockerfileModel, Instruction } from "../../languages/dockerfile/model.ts";
import { remove } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";

export default defineRule("dockerfile", {
  slug: "empty-continuation",
  summary: "An instruction goes on behind an empty line.",
  why: `A line that ends in \`\\\` is continued on the next one. Where that is empty, the builder skips it, warns, and goes on with the line after it; a future release will
refuse it. Most often the \`\\\` is one that was left behind, and then the next instruction silently becomes a part of this one: \`RUN make \\\`, an empty line,
\`USER app\` runs \`make USER app\`, and the image stays root.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["buildkit:NoEmptyContinuation", "dockerfile-utils:EMPTY_CONTINUATION_LINE"],
  references: ["https://docs.docker.com/reference/build-checks/no-empty-continuation/"],
  fix: "safe",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nRUN npm config set fund=false && \\\n\n    npm config set audit=false\nUSER node\n",
      good: "FROM node:22.14-alpine\nRUN npm config set fund=false && \\\n    npm config set audit=false\nUSER node\n",
    },
  ],
  *check(model) {
    // One look at the text tells for nearly every file that there is none.
    if (!/[\\`][ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*[ \t\r]*\n/.test(model.text)) return;
    for (const instruction of model.instructions) yield* problemsOf(instruction, model);
  },
});

function* problemsOf(instruction: Instruction, model: DockerfileModel): Generator<Problem> {
  for (const gap of emptyLines(model, instruction)) {
    const next = keywordAt(model, gap.end);
    if (next === undefined) {
      yield {
        at: gap,
        message: `The \`${instruction.name}\` goes on behind this empty line, which builders will refuse: take the line out.`,
        fixes: () => [{ title: "Take the empty line out", safety: "safe", edits: [remove(gap)] }],
      };
    } else {
      yield {
        at: gap,
        severity: "error",
        message: `The \`${model.escape}\` above the empty line makes \`${next}\` a part of the \`${instruction.name}\`: take the \`${model.escape}\` out.`,
        fixes: () => ended(model, gap, next),
      };
    }
  }
}

/** The empty lines between the lines of an instruction, one span for those that stand together, with the line ending of the last. */
function* emptyLines({ text, escape }: DockerfileModel, { span, argumentsSpan }: Instruction): Generator<Span> {
  // Heredocs begin behind the last line of the arguments.
  const last = text.lastIndexOf("\n", Math.max(argumentsSpan.end - 1, 0)) + 1;
  let at = span.start;
  let empty: number | undefined;
  let continued = false;
  while (at <= last && at < text.length) {
    const line = lineAt(text, at);
    const blank = at !== span.start && text.slice(at, line.end).trim() === "";
    if (blank) empty ??= at;
    else {
      if (empty !== undefined && continued) yield { start: empty, end: at };
      empty = undefined;
      if (!/^\s*#/.test(text.slice(at, line.end)) || at === span.start) {
        continued = continuationAt(text, at, line.end, escape) !== undefined;
      }
    }
    at = line.next;
  }
}

/** The instruction that a line seems to be, in capital letters as people write them, not one of a shell or of a list. */
function keywordAt({ text }: DockerfileModel, start: number): string | undefined {
  const word = /^[A-Z]+(?=[ \t]+\S)/.exec(text.slice(start, lineAt(text, start).end))?.[0] ?? "";
  return keywordNamed(word) === "unknown" ? undefined : word;
}

function ended({ text, escape }: DockerfileModel, gap: Span, next: string): readonly Fix[] {
  let start = gap.start;
  for (;;) {
    if (start === 0) return [];
    const end = text[start - 2] === "\r" ? start - 2 : start - 1;
    start = text.lastIndexOf("\n", start - 2) + 1;
    const open = continuationAt(text, start, end, escape);
    if (/^\s*#/.test(text.slice(start, end))) continue;
    if (open === undefined) return [];
    const before = text.slice(start, open).trimEnd();
    // What stands at the end of the line shows that it should go on.
    if (/(?:&&|\|\|?|;|,)$/.test(before) || before.trim() === "") return [];
    return [
      {
        title: `Take the \`${escape}\` out (\`${next}\` is then an instruction of its own)`,
        safety: "review",
        edits: [remove({ start: start + before.length, end })],
      },
    ];
  }
}
