import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { DockerfileModel, Instruction } from "../../languages/dockerfile/model.ts";
import { insert, replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";

export default defineInstructionRule({
  slug: "stage-description",
  summary: "The comment above a stage or an argument reads as its description, and is none.",
  why: `\`docker build --call=targets\` and \`--call=outline\` list the stages and arguments of a file with the comment directly above them, as long as it begins with
their name: \`# build compiles the program\`. A comment that does not is left out of the list without a word.

A matter of taste for files that nobody lists; BuildKit too checks it only when asked.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["buildkit:InvalidDefinitionDescription"],
  references: ["https://docs.docker.com/reference/build-checks/invalid-definition-description/"],
  fix: "safe",
  examples: [
    {
      bad: "# compiled elsewhere\nFROM alpine:3.23 AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "# compiled elsewhere\n\nFROM alpine:3.23 AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
    },
  ],
  instructions: ["FROM", "ARG"],
  suspects: (instruction) => namesOf(instruction).length > 0,
  *check(instruction, model) {
    if (instruction.onbuild) return;
    const names = namesOf(instruction);
    const above = commentsAbove(model, instruction);
    const last = above.at(-1);
    // A line of dashes is no text, and a word to a tool belongs where it is.
    if (last === undefined || !/\p{L}/u.test(last.text) || above.some(({ text }) => isDirective(text))) return;
    const firstWords = above.map(({ text }) => text.split(/\s/, 1)[0] ?? "");
    if (firstWords.some((word) => names.includes(word))) return;
    const word = firstWords.at(-1) ?? "";
    const meant = names.find((name) => name.toLowerCase() === word.toLowerCase());
    const [name = ""] = names;
    yield {
      at: last.span,
      message:
        meant === undefined
          ? `This reads as the description of \`${name}\` without beginning with its name: write \`# ${name} …\`, or put a blank line below.`
          : `The builder takes this for no description, since the name is \`${meant}\`, in ${meant === meant.toLowerCase() ? "lower" : "upper"} case: begin with it.`,
      fixes: () => [meant === undefined ? separation(last, model.lineEnding) : correction(last, word, meant)],
    };
  },
});

function separation({ next }: CommentLine, lineEnding: string): Fix {
  return { title: "Put a blank line below the comment", safety: "safe", edits: [insert(next, lineEnding)] };
}

function correction({ span, text }: CommentLine, word: string, name: string): Fix {
  const start = span.end - text.length;
  return {
    title: `Begin with \`${name}\``,
    safety: "safe",
    edits: [replace({ start, end: start + word.length }, name)],
  };
}

function namesOf(instruction: Instruction): readonly string[] {
  if (instruction.name === "FROM") {
    const name = instruction.alias?.value.toLowerCase();
    return name === undefined ? [] : [name];
  }
  return instruction.name === "ARG" ? instruction.pairs.map(({ name }) => name) : [];
}

/** A comment that is a word to a tool, which belongs right above what it is about. */
function isDirective(text: string): boolean {
  return /^[\w.@/-]+\s*[:=]|\b(?:ignore|disable|skip|allow|nosec|nosonar|nosemgrep|noqa)\b|^(?:hadolint|seaworthy|kics-scan|tally|renovate|droast)\b/i.test(
    text,
  );
}

interface CommentLine {
  readonly text: string;
  readonly span: Span;
  /** Where the next line begins. */
  readonly next: number;
}

/** The comment lines directly above an instruction, in order. */
function commentsAbove({ text }: DockerfileModel, { span }: Instruction): readonly CommentLine[] {
  const found: CommentLine[] = [];
  let next = text.lastIndexOf("\n", span.start - 1) + 1;
  while (next > 0) {
    const start = text.lastIndexOf("\n", next - 2) + 1;
    const line = text.slice(start, next);
    const match = /^[ \t]*#[ \t]*([^\r\n]*?)\s*$/.exec(line);
    if (match === null) break;
    const hash = start + line.indexOf("#");
    found.unshift({ text: match[1] ?? "", span: { start: hash, end: start + line.trimEnd().length }, next });
    next = start;
  }
  return found;
}
