import { type TextEdit, remove } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { lineAt } from "./blanks.ts";
import { removeInstruction } from "./edit.ts";
import { gapEnd, gapStart } from "./edit-script.ts";
import type { DockerfileModel, Instruction, Pair } from "./model.ts";

/** Takes a word out with the blanks and the continuation before it; comment lines between stay. Something must stand before it. */
export function removeWord(model: DockerfileModel, word: Span): TextEdit {
  const { text } = model;
  const start = gapStart(model, word.start);
  if (!text.slice(start, word.start).includes("#")) return remove({ start, end: word.end });
  const first = text.lastIndexOf("\n", word.start - 1) + 1;
  const line = lineAt(text, word.end);
  const alone = text.slice(first, word.start).trim() === "" && text.slice(word.end, line.end).trim() === model.escape;
  return remove(alone ? { start: first, end: line.next } : word);
}

/** Takes a word out with the blanks and the continuation behind it: one that begins a command. */
export function removeFirstWord(model: DockerfileModel, word: Span): TextEdit {
  return remove({ start: word.start, end: gapEnd(model, word.end) });
}

/** Takes an element out of an exec form, with the comma before it, or behind the first one. */
export function removeElement({ text }: DockerfileModel, element: Span): TextEdit {
  const before = /,\s*$/.exec(text.slice(0, element.start).slice(-200));
  if (before !== null) return remove({ start: element.start - before[0].length, end: element.end });
  const behind = /^\s*,\s*/.exec(text.slice(element.end, element.end + 200))?.[0].length ?? 0;
  return remove({ start: element.start, end: element.end + behind });
}

/** Takes a variable out of an `ENV` or `ARG`; the whole instruction where it is the only one. */
export function removePair(
  model: DockerfileModel,
  instruction: Instruction & { readonly pairs: readonly Pair[] },
  pair: Pair,
): TextEdit {
  const { pairs } = instruction;
  if (pairs.length < 2) return removeInstruction(model, instruction);
  const next = pairs[pairs.indexOf(pair) + 1];
  return pair === pairs[0] && next !== undefined
    ? remove({ start: pair.span.start, end: next.span.start })
    : removeWord(model, pair.span);
}
