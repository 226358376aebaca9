import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { insertBefore, replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, Word } from "../../languages/dockerfile/model.ts";
import { cover, touches, type Span } from "../../text/span.ts";
import { isCommandInEffect } from "./shared/final-image.ts";
import { type NearExecForm, nearExecForm } from "./shared/near-exec-form.ts";

export default defineInstructionRule({
  slug: "malformed-exec-form",
  summary: "An argument looks like the exec form, and is no JSON.",
  why: `The exec form is a JSON array: strings in double quotes, commas between them, nothing behind the bracket, backslashes doubled. What is not quite that is
taken for the shell form without a word: the shell then looks for a program called \`[node,\` and the container does not start, a health check never
succeeds, and \`COPY\` looks for files with brackets in their names. The build itself is fine, unless it is \`RUN\` or \`COPY\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "dockerfile-utils:JSON_IN_SINGLE_QUOTES",
    "sonar:S7030",
    "tally:invalid-json-form",
    "hadolint:DL3025",
    "buildkit:JSONArgsRecommended",
    "kics:not_using_json_in_cmd_and_entrypoint_arguments",
  ],
  references: ["https://docs.docker.com/reference/dockerfile/#exec-form"],
  fix: "review",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ['node', 'server.js']\n",
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["ADD", "CMD", "COPY", "ENTRYPOINT", "HEALTHCHECK", "RUN", "VOLUME"],
  // Flags, continuations and comments between its lines aside, a bracket or a quote comes first.
  mentions: /^[a-z]+(?:\s|--\S+|[\\`]\r?\n|#[^\n]*\n)*(?:cmd(?:\s|[\\`]\r?\n)+)?["'“[]/i,
  suspects: (instruction) => {
    const word = argumentWord(instruction);
    return word !== undefined && instruction.heredocs.length === 0 && /^(?:\[|["'“].*["'”],?$)/.test(word.text);
  },
  *check(instruction, model) {
    const word = argumentWord(instruction);
    if (word === undefined) return;
    if (instruction.name === "CMD" || instruction.name === "ENTRYPOINT") {
      // What another one overrides, or a stage that is only copied from, never runs.
      if (!instruction.onbuild && !isCommandInEffect(instruction, model)) return;
    }
    const span = cover(word.span, { start: word.span.start, end: instruction.argumentsSpan.end });
    // Comments between the lines are no part of the argument.
    if (model.comments.some((comment) => touches(comment.span, span))) return;
    const paths = instruction.name === "COPY" || instruction.name === "ADD" || instruction.name === "VOLUME";
    const read = nearExecForm(model.text.slice(span.start, span.end), model.escape, paths);
    if (read === undefined) return;
    const near = paths ? read : { ...read, words: read.words && apart(read.words) };
    const at = { start: span.start + near.start, end: span.start + near.end };
    yield {
      at,
      message: `${reasons[near.fault](model.text.slice(at.start, at.end))}, so this is no exec form: ${effect(instruction.name)}.${todo(near)}`,
      ...(instruction.name === "VOLUME" ? { severity: "warning" as const } : {}),
      fixes: () => (near.words === undefined ? [] : fixesFor(model, instruction, span, near.words, near.comment)),
    };
  },
});

/** The first word of what may be JSON; `undefined` where it is JSON. */
function argumentWord(instruction: Instruction): Word | undefined {
  const [first, second] = instruction.words;
  const word = instruction.name === "HEALTHCHECK" ? (first?.value.toUpperCase() === "CMD" ? second : undefined) : first;
  if (word === undefined || !/^[["'“]/.test(word.text)) return undefined;
  // In a list of paths, quotes are common.
  if (!word.text.startsWith("[") && /^(?:COPY|ADD|VOLUME|RUN)$/.test(instruction.name)) return undefined;
  return "form" in instruction && instruction.form === "exec" ? undefined : word;
}

/** A whole command in one pair of quotes. */
function apart(words: readonly string[]): readonly string[] {
  const [only = "", ...others] = words;
  return others.length === 0 && /^[\w./-]+(?: [\w./:=@,-]+)+$/.test(only) ? only.split(" ") : words;
}

const reasons: Readonly<Record<NearExecForm["fault"], (text: string) => string>> = {
  quotes: (text) => `JSON has no single quotes as around \`${text}\``,
  bare: (text) => `\`${text}\` lacks its double quotes`,
  typographic: (text) => `The quotes around \`${text}\` are typographic ones`,
  escape: (text) => `\`${text}\` has a single backslash, which JSON wants doubled`,
  comma: (text) => `There is no comma in front of \`${text}\``,
  trailing: () => "JSON takes no comma in front of the bracket",
  bracket: (text) => (text === "[" ? "The bracket is never closed" : "The brackets are missing"),
  open: () => "A quote is never closed",
  behind: (text) => `\`${text.length > 20 ? `${text.slice(0, 20)}…` : text}\` stands behind the bracket`,
};

function effect(name: Instruction["name"]): string {
  switch (name) {
    case "RUN":
      return "a shell runs it as it stands, and the build fails";
    case "COPY":
    case "ADD":
      return "its brackets and quotes are taken for parts of paths, and the build fails";
    case "VOLUME":
      return "its brackets and quotes become parts of paths";
    case "HEALTHCHECK":
      return "a shell runs it as it stands, and the check always fails";
    default:
      return "a shell runs it as it stands, and the container does not start";
  }
}

function todo({ words, comment }: NearExecForm): string {
  if (words === undefined) return "";
  const text = toExecForm(words);
  if (text.length > 60) return "";
  return ` Write \`${text}\`${comment === undefined ? "" : " and put the comment above"}.`;
}

function fixesFor(
  model: DockerfileModel,
  instruction: Instruction,
  span: Span,
  words: readonly string[],
  comment: string | undefined,
): readonly Fix[] {
  const before = model.text.slice(instruction.argumentsSpan.start, span.start);
  const edits = [replaceArguments(model, instruction, before + toExecForm(words))];
  if (comment !== undefined) {
    if (instruction.onbuild || words.length === 0) return [];
    edits.unshift(insertBefore(model, instruction, [comment], "part"));
  }
  return [{ title: "Write it as JSON (what did not start or failed so far runs then)", safety: "review", edits }];
}
