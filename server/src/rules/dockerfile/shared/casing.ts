import type { DockerfileModel, FromInstruction, Word } from "../../../languages/dockerfile/model.ts";

/** The `AS` of a `FROM image AS name`. */
export function asWord({ alias, words }: FromInstruction): Word | undefined {
  return alias === undefined ? undefined : words[1];
}

/**
 * How most instructions of a file write their keyword, upper case where there are as many of each; `undefined` where all are written the same way.
 */
export function keywordCasing({ instructions }: DockerfileModel): "upper" | "lower" | undefined {
  let upper = 0;
  let lower = 0;
  let other = 0;
  for (const { name, keyword } of instructions) {
    if (name === "unknown") continue;
    if (keyword === name) upper += 1;
    else if (keyword === name.toLowerCase()) lower += 1;
    else other += 1;
  }
  if (other === 0 && (upper === 0 || lower === 0)) return undefined;
  return lower > upper ? "lower" : "upper";
}
