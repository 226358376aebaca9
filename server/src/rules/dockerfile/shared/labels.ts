import type { DockerfileModel, Instruction, LabelInstruction, Pair } from "../../../languages/dockerfile/model.ts";
import { remove, type TextEdit } from "../../../text/edit.ts";
import { removeInstruction } from "../../../languages/dockerfile/edit.ts";

/** A label with the instruction that sets it. */
export interface SetLabel {
  readonly pair: Pair;
  readonly instruction: LabelInstruction;
}

/** The labels that LABEL instructions set, in order. One behind ONBUILD is for other images; a key with a variable in it is unknown. */
export function labelsOf(instructions: readonly Instruction[]): readonly SetLabel[] {
  return instructions.flatMap((instruction) =>
    instruction.name === "LABEL" && !instruction.onbuild
      ? instruction.pairs.filter(({ name }) => isKnownKey(name)).map((pair) => ({ pair, instruction }))
      : [],
  );
}

/** Whether a label's key is as written: no variable in it. */
export function isKnownKey(key: string): boolean {
  return key !== "" && !key.includes("$");
}

/** A label's value where it is the same in every build: it holds no variable. */
export function fixedValue({ text }: DockerfileModel, { value, valueSpan }: Pair): string | undefined {
  if (value === undefined || valueSpan === undefined) return undefined;
  return text.slice(valueSpan.start, valueSpan.end).includes("$") ? undefined : value;
}

/** Takes a label out, with its instruction where it is the only one in it; the line breaks between the others stay as they are. */
export function removeLabel(model: DockerfileModel, { pair, instruction }: SetLabel): TextEdit | undefined {
  const { pairs, span } = instruction;
  if (pairs.length === 1) return removeInstruction(model, instruction);
  const index = pairs.indexOf(pair);
  const next = pairs[index + 1];
  const before = pairs[index - 1];
  const gone =
    next !== undefined
      ? { start: pair.span.start, end: next.span.start }
      : before !== undefined
        ? { start: before.span.end, end: pair.span.end }
        : undefined;
  if (gone === undefined) return undefined;
  // A comment between the two may speak of either.
  const commented = model.comments.some((comment) => comment.span.start >= gone.start && comment.span.end <= gone.end);
  return commented || gone.end > span.end ? undefined : remove(gone);
}
