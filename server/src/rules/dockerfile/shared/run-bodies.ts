import type { DockerfileModel, Instruction, RunInstruction, Word } from "../../../languages/dockerfile/model.ts";
import { type Piece, parseShell, placeOfPieces } from "../../../languages/shell/index.ts";
import type { ShellScript } from "../../../languages/shell/model.ts";

/** What a RUN does, whichever way it is written. */
export interface RunBody {
  readonly run: RunInstruction;
  /** A command in exec form is read as a script of that one command; its words are JSON strings in the file. */
  readonly script: ShellScript;
}

/** The instructions of a file, and what stands behind an ONBUILD in place of that. */
export function* everyInstruction(model: Pick<DockerfileModel, "instructions">): Generator<Instruction> {
  for (const instruction of model.instructions) {
    if (instruction.name !== "ONBUILD") yield instruction;
    else if (instruction.trigger !== undefined) yield instruction.trigger;
  }
}

/** What an instruction does, where it is a RUN whose body a POSIX shell or bash reads, or that is in exec form. */
export function runBodyOf(instruction: Instruction): RunBody | undefined {
  if (instruction.name !== "RUN") return undefined;
  const script = bodyOf(instruction);
  return script && { run: instruction, script };
}

/**
 * Whether the files of a RUN end up in an image somebody ships: of the final stage and those it is based on, of a piece of a Dockerfile, and behind
 * an ONBUILD, which runs in the builds of others.
 */
export function isShipped({ onbuild, stage }: RunInstruction): boolean {
  return onbuild || stage === undefined || stage.shipped;
}

/** The script of a RUN; `undefined` where no shell we know reads it. */
export function bodyOf(run: RunInstruction): ShellScript | undefined {
  if (run.form === "shell") return run.script;
  return run.stage?.windows === true ? undefined : scriptOfElements(run.words);
}

/** The instructions that were carried out before this one in its image, those of the stages it is based on included. */
export function* instructionsBefore(model: DockerfileModel, instruction: Instruction): Generator<Instruction> {
  const { stage, span } = instruction;
  const before = stage === undefined ? model.instructions : stage.history;
  for (const candidate of before) if (candidate.span.start < span.start) yield candidate;
}

/** Strings in single quotes are as long as in JSON, so that each character keeps its place. */
export function scriptOfElements(words: readonly Word[]): ShellScript | undefined {
  const pieces: Piece[] = [];
  let text = "";
  for (const { value, span } of words) {
    if (value.includes("'") || value.length + 2 !== span.end - span.start) return undefined;
    if (text !== "") text += " ";
    pieces.push({ from: text.length, origin: span.start, length: value.length + 2 });
    text += `'${value}'`;
  }
  return text === "" ? undefined : parseShell(text, placeOfPieces(pieces));
}
