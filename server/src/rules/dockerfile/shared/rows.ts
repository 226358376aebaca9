import type { DockerfileModel, Instruction } from "../../../languages/dockerfile/model.ts";

/**
 * Rows of two or more instructions that stand directly behind each other, `belongs` accepts, and of which each `fits` the one before it; in what
 * is shipped alone: the final stage, those it is based on, and a piece of a Dockerfile. Comments may stand between them.
 */
export function* shippedRows<T extends Instruction>(
  model: Pick<DockerfileModel, "instructions">,
  belongs: (instruction: Instruction) => instruction is T,
  fits: (before: T, instruction: T) => boolean,
): Generator<readonly [T, ...T[]]> {
  let row: [T, ...T[]] | undefined;
  for (const instruction of model.instructions) {
    const { stage } = instruction;
    const candidate = stage?.shipped !== false && belongs(instruction) ? instruction : undefined;
    const last = row?.at(-1);
    if (candidate !== undefined && last !== undefined && last.stage === stage && fits(last, candidate)) {
      row?.push(candidate);
      continue;
    }
    if (row !== undefined && row.length > 1) yield row;
    row = candidate && [candidate];
  }
  if (row !== undefined && row.length > 1) yield row;
}
