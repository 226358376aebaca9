import type { DockerfileModel, Instruction, Stage } from "../../../languages/dockerfile/model.ts";

/** Where the first instruction of each stage stands that something holds for; `undefined` is the key of those outside stages. */
export type FirstOfStage = ReadonlyMap<Stage | undefined, number>;

/** One pass over the file, to be asked by `model.once`. */
export function firstOfStage(model: DockerfileModel, holds: (instruction: Instruction) => boolean): FirstOfStage {
  const first = new Map<Stage | undefined, number>();
  for (const instruction of model.instructions) {
    if (!first.has(instruction.stage) && holds(instruction)) first.set(instruction.stage, instruction.span.start);
  }
  return first;
}

/** Whether it holds for an instruction that is carried out before this one in its image. */
export function heldBefore(first: FirstOfStage, { stage, span }: Instruction): boolean {
  if ((first.get(stage) ?? Infinity) < span.start) return true;
  for (let parent = stage?.parent; parent !== undefined; parent = parent.parent) if (first.has(parent)) return true;
  return false;
}
