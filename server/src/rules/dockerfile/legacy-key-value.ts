import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { DockerfileModel, LabelInstruction, Pair, VariableInstruction } from "../../languages/dockerfile/model.ts";
import { requoted } from "../../languages/dockerfile/quotes.ts";
import { insert, replace } from "../../text/edit.ts";

export default defineInstructionRule({
  slug: "legacy-key-value",
  summary: "`ENV` or `LABEL` sets a value without `=`.",
  why: `\`ENV NAME value\` is the old form, kept for old files. It sets one variable only: everything up to the end of the instruction is its value, whatever it looks
like, so \`ENV A 1 B=2\` sets \`A\` to \`1 B=2\` and never sets \`B\`, and \`ENV A = 1\` begins the value with an equals sign. With \`=\` the value ends where the eye
expects it, and one instruction sets several. Docker documents the form as one that may be removed.`,
  category: "correctness",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["buildkit:LegacyKeyValueFormat", "dockerfile-utils:SYNTAX_MISSING_EQUALS", "sonar:S6574"],
  references: [
    "https://docs.docker.com/reference/build-checks/legacy-key-value-format/",
    "https://docs.docker.com/reference/dockerfile/#env",
  ],
  fix: "safe",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nENV NODE_ENV production\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nENV NODE_ENV=production\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["ENV", "LABEL"],
  suspects: ({ pairs }) => pairs[0]?.legacy === true,
  *check(instruction, model) {
    const [pair] = instruction.pairs;
    if (pair !== undefined) yield problemOf(instruction, pair, model);
  },
});

type Setter = VariableInstruction | LabelInstruction;

function problemOf({ name, words }: Setter, pair: Pair, model: DockerfileModel): Problem {
  const [, first, ...others] = words;
  const severity = "warning";
  if (first?.text.startsWith("=") === true) {
    return {
      at: pair.nameSpan,
      severity,
      message: `The value of \`${pair.name}\` begins with \`=\`: write \`${pair.name}=…\` without blanks around the \`=\`.`,
      fixes: () => unspaced(pair, model),
    };
  }
  const swallowed = others.find(({ text, span }) => looksSet(text) || beginsLine(text, span.start, model));
  if (swallowed !== undefined) {
    return {
      at: pair.nameSpan,
      severity,
      message: `Without \`=\`, all of the line is the value of \`${pair.name}\`, \`${swallowed.text}\` included: write \`${pair.name}=${first?.text ?? ""}\`.`,
      fixes: () => (looksSet(swallowed.text) && others[0] === swallowed ? [joined(pair, first?.span.start)] : []),
    };
  }
  return {
    at: pair.nameSpan,
    message: `\`${name} ${pair.name} …\` is the old form, which takes the rest of the line for its value: write \`${pair.name}=…\`.`,
    fixes: () => rewritten(pair, words.length, model),
  };
}

function looksSet(word: string): boolean {
  return /^[A-Z_][A-Z0-9_]*=/.test(word);
}

/** A name in capitals at the start of a continued line: somebody took it for another variable. */
function beginsLine(word: string, start: number, { text }: DockerfileModel): boolean {
  return (
    /^[A-Z][A-Z0-9]*_[A-Z0-9_]+$/.test(word) && text.slice(text.lastIndexOf("\n", start - 1) + 1, start).trim() === ""
  );
}

/** `NAME = value` and `NAME =value`. */
function unspaced(pair: Pair, { text }: DockerfileModel): readonly Fix[] {
  const { valueSpan, nameSpan } = pair;
  const value = valueSpan === undefined ? "" : text.slice(valueSpan.start, valueSpan.end);
  const rest = /^=[ \t]*((?:[^\s"'=]+|"[^"]*"|'[^']*'))$/.exec(value)?.[1];
  if (valueSpan === undefined || rest === undefined) return [];
  return [
    {
      title: `Write \`${pair.name}=${rest}\` (the value no longer begins with \`=\`)`,
      safety: "review",
      edits: [replace({ start: nameSpan.end, end: valueSpan.end }, `=${rest}`)],
    },
  ];
}

function joined(pair: Pair, start: number | undefined): Fix {
  return {
    title: `Write \`${pair.name}=\` (what follows is then set by itself)`,
    safety: "review",
    edits: start === undefined ? [] : [replace({ start: pair.nameSpan.end, end: start }, "=")],
  };
}

function rewritten({ name, nameSpan, valueSpan }: Pair, words: number, model: DockerfileModel): readonly Fix[] {
  if (valueSpan === undefined) return [];
  const gap = { start: nameSpan.end, end: valueSpan.start };
  const written = model.text.slice(valueSpan.start, valueSpan.end);
  const title = `Write \`${name}=…\``;
  if (words === 2) return [{ title, safety: "safe", edits: [replace(gap, "=")] }];
  if (!written.includes("\n")) {
    const value = requoted(written, model.escape);
    if (value === undefined) return [];
    return [{ title, safety: "safe", edits: [replace({ start: gap.start, end: valueSpan.end }, `="${value}"`)] }];
  }
  // Within quotes a continuation stays one; anything else there would have to be escaped.
  const lines = written.split("\n").map((line) => line.replace(/[\\`][ \t\r]*$/, ""));
  if (lines.some((line) => /["'\\`]/.test(line))) return [];
  return [{ title, safety: "safe", edits: [replace(gap, '="'), insert(valueSpan.end, '"')] }];
}
