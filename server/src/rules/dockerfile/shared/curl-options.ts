import { insertElement, insertFlag } from "../../../languages/dockerfile/edit.ts";
import type { RunInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import { type TextEdit, insert } from "../../../text/edit.ts";
import { bodyOf } from "./run-bodies.ts";

/** Short options of curl, those without a value first: behind these there is room for one more. */
const bundle = /^-([#0123469afgGiIjJklLnNOqRsSv]+)(?:[A-Za-z].*)?$/;

/**
 * Gives curl one more option in the way its others are written: in the bundle that stands there (`-sSL` → `-fsSL`), as a word of its own, or in
 * the long form where the others are. `text` is what a title calls it. `undefined` where the script is not understood.
 */
export function withCurlOption(
  run: RunInstruction,
  command: ShellCommand,
  letter: string,
  long: string,
): { readonly edit: TextEdit; readonly text: string } | undefined {
  if (bodyOf(run)?.broken !== false) return undefined;
  const short = `-${letter}`;
  if (isElement(run, command)) return { edit: insertElement(command.nameSpan, short), text: short };
  for (const { text, value, span } of command.args) {
    const plain = text === value && text.length > 2 ? bundle.exec(text)?.[1] : undefined;
    if (plain === undefined || span.end - span.start !== text.length) continue;
    // Letters stand in the order people know: `-fsSL`.
    return { edit: insert(span.start + 1 + (letter === "f" ? 0 : plain.length), letter), text: short };
  }
  const words = command.args.map((word) => word.text);
  const longOnes = words.some((word) => word.startsWith("--")) && !words.some((word) => /^-[A-Za-z#]/.test(word));
  const text = longOnes ? long : short;
  return { edit: insertFlag(command, text, command.nameSpan), text };
}

/** Whether a command's words are JSON strings of the exec form. */
export function isElement({ form, words }: RunInstruction, { nameSpan }: ShellCommand): boolean {
  return form === "exec" && words.some(({ span }) => span.start === nameSpan.start && span.end === nameSpan.end);
}
