import type { Instruction, OtherInstruction } from "./model.ts";
import { joinPath } from "../../text/path.ts";

/** Where a builder stands. */
export interface WorkingDirectory {
  /** Absolute. */
  readonly path: string;
  /** No variable went into it. */
  readonly certain: boolean;
}

/**
 * Where the last of these leaves a builder that stood at `from`; `undefined` where no absolute path is among them and none before, or one that is not
 * known.
 */
export function workingDirectoryAfter(
  instructions: Iterable<Instruction>,
  from?: WorkingDirectory,
): WorkingDirectory | undefined {
  let directory = from;
  for (const instruction of instructions) {
    if (instruction.name === "WORKDIR") directory = entered(directory, instruction);
  }
  return directory;
}

/** Where an image stands that says nothing of it. */
export const topDirectory: WorkingDirectory = { path: "/", certain: true };

/** Where a WORKDIR leads from there. */
export function entered(from: WorkingDirectory | undefined, { words }: OtherInstruction): WorkingDirectory | undefined {
  const [word] = words;
  const path = word?.resolved;
  if (word === undefined || path === undefined || words.length > 1 || /^[a-z]:|\\/i.test(path)) return undefined;
  if (path.startsWith("/")) return { path: joinPath("/", path), certain: !word.variable };
  return from && { path: joinPath(from.path, path), certain: from.certain && !word.variable };
}
