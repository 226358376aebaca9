import type { Stage } from "../../../languages/dockerfile/model.ts";

/** Whether a stage, or one it is based on, sets a variable of the image, to whatever value. */
export function setsVariable(stage: Stage, wanted: string): boolean {
  return stage
    .all("ENV")
    .some((instruction) => instruction.name === "ENV" && instruction.pairs.some(({ name }) => name === wanted));
}
