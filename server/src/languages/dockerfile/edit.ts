import type { Span } from "../../text/span.ts";
import { type TextEdit, insert, remove, replace } from "../../text/edit.ts";
import type { ShellCommand } from "../shell/model.ts";
import { continuationAt, lineAt } from "./blanks.ts";
import type { DockerfileModel, Instruction } from "./model.ts";

export { appendToRun, removeCommand } from "./edit-script.ts";
export { toExecForm } from "./exec-form.ts";

/**
 * Puts new lines in front of an instruction, with its indentation. The comment lines directly above it stay with it only where
 * `comments` is `"keep"`; else the new lines stand between them and the instruction.
 */
export function insertBefore(
  model: DockerfileModel,
  instruction: Instruction,
  lines: readonly string[],
  comments: "keep" | "part" = "part",
): TextEdit {
  const start = lineStart(model, instruction.span.start);
  const indentation = model.text.slice(start, instruction.span.start);
  const at = comments === "keep" ? aboveComments(model, start) : start;
  return insert(at, lines.map((line) => indentation + line + model.lineEnding).join(""));
}

/** Puts new lines behind an instruction (its heredocs included), with its indentation. */
export function insertAfter(model: DockerfileModel, instruction: Instruction, lines: readonly string[]): TextEdit {
  const { start, end } = instruction.span;
  const first = lineStart(model, start);
  const indentation = model.text.slice(first, start);
  const text = lines.map((line) => model.lineEnding + indentation + line).join("");
  // A continuation with nothing to continue, at the end of the file, would take the new lines in.
  const open = instruction.heredocs.length > 0 ? undefined : openEnd(model, end);
  return open === undefined ? insert(end, text) : replace({ start: open, end }, text);
}

/** Takes an instruction out with its lines, and one of two blank lines that come to stand together. Comments above it stay. */
export function removeInstruction(model: DockerfileModel, instruction: Instruction): TextEdit {
  const { text } = model;
  let start = lineStart(model, instruction.span.start);
  let end = lineAt(text, instruction.span.end).next;
  const blankAbove = start === topOf(model) || isBlankLine(text, lineStart(model, start - 1));
  if (blankAbove) {
    if (end < text.length && isBlankLine(text, end)) end = lineAt(text, end).next;
  }
  if (end === text.length && !text.endsWith("\n") && start > topOf(model)) {
    start -= text.endsWith("\r", start - 1) || text.slice(start - 2, start) === "\r\n" ? 2 : 1;
  }
  return remove({ start, end });
}

/** Puts other arguments in place of those an instruction has, heredocs included; its flags stay. */
export function replaceArguments(model: DockerfileModel, instruction: Instruction, text: string): TextEdit {
  const { argumentsSpan, heredocs, span } = instruction;
  if (argumentsSpan.start === argumentsSpan.end) return insert(argumentsSpan.start, ` ${text}`);
  return replace({ start: argumentsSpan.start, end: heredocs.length > 0 ? span.end : argumentsSpan.end }, text);
}

/** Puts a flag behind a command's first operand (`apt-get install`), behind its name where it has none, or behind the place given. */
export function insertFlag(command: ShellCommand, flag: string, place?: Span): TextEdit {
  const behind = place ?? command.operands[0]?.span ?? command.nameSpan;
  return insert(behind.end, ` ${flag}`);
}

/** Puts one more word behind a word of an exec form: `["apt-get", "install", "-y"]`. */
export function insertElement(behind: Span, word: string): TextEdit {
  return insert(behind.end, `, ${JSON.stringify(word)}`);
}

/** Takes out a launcher (`sudo`) that stands directly before a command's program. */
export function removePrefix(command: ShellCommand, prefix: { readonly span: Span }): TextEdit {
  return remove({ start: prefix.span.start, end: command.nameSpan.start });
}

/** Puts another text in place of a word, a flag or a name. */
export function replaceWord(word: { readonly span: Span }, text: string): TextEdit {
  return replace(word.span, text);
}

/** Offset of the first character of the file that is not a byte order mark. */
function topOf({ text }: DockerfileModel): number {
  return text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

function lineStart(model: DockerfileModel, offset: number): number {
  return Math.max(topOf(model), offset <= 0 ? 0 : model.text.lastIndexOf("\n", offset - 1) + 1);
}

function isBlankLine(text: string, start: number): boolean {
  return text.slice(start, lineAt(text, start).end).trim() === "";
}

function aboveComments(model: DockerfileModel, start: number): number {
  let top = start;
  for (let index = model.comments.length - 1; index >= 0; index--) {
    const comment = model.comments[index];
    if (comment === undefined || comment.span.start >= top) continue;
    if (lineAt(model.text, comment.span.end).next !== top) break;
    top = lineStart(model, comment.span.start);
  }
  return top;
}

/** Where the last line of an instruction would go on, and its content ends; `undefined` where it does not. */
function openEnd(model: DockerfileModel, end: number): number | undefined {
  const start = model.text.lastIndexOf("\n", end - 1) + 1;
  return continuationAt(model.text, start, end, model.escape);
}
