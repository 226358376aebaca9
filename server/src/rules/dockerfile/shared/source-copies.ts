import type { Instruction, TransferInstruction } from "../../../languages/dockerfile/model.ts";

/** `COPY . …` or `ADD . …`: the whole build context, as far as an ignore file lets it. `undefined` for any other instruction. */
export function contextCopy(instruction: Instruction): TransferInstruction | undefined {
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return undefined;
  if (instruction.from !== undefined || instruction.flag("from") !== undefined) return undefined;
  const [source, ...others] = instruction.sources;
  if (source === undefined || others.length > 0 || instruction.heredocs.length > 0) return undefined;
  return /^(?:\.|\.?\/|\.\/\.)$/.test(source.value) ? instruction : undefined;
}
