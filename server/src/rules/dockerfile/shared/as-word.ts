import type { FromInstruction, Word } from "../../../languages/dockerfile/model.ts";

/** The `AS` of a `FROM image AS name`. */
export function asWord({ alias, words }: FromInstruction): Word | undefined {
  return alias === undefined ? undefined : words[1];
}
