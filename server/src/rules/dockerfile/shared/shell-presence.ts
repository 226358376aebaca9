import type { Instruction, Stage } from "../../../languages/dockerfile/model.ts";
import { isShell } from "../../../languages/shell/index.ts";
import { mayPlace } from "./placed-files.ts";

const shells = ["/bin/sh", "/usr/bin/sh", "/bin/busybox", "/bin/dash", "/bin/bash"] as const;

/**
 * Whether a stage certainly has no shell for `RUN` and the shell form in front of an offset of the file: its base image has none, and nothing
 * that could bring one was copied in or is named by `SHELL`.
 */
export function lacksShell(stage: Stage | undefined, before = Infinity): boolean {
  const facts = stage?.baseFacts;
  if (stage === undefined || facts === undefined || facts.shell || stage.windows) return false;
  return stage.history.every((instruction) => {
    if (instruction.span.start >= before) return true;
    if (instruction.name === "COPY" || instruction.name === "ADD")
      return !shells.some((path) => mayPlace(stage, instruction, path));
    return instruction.name !== "SHELL" && !runsProgram(instruction);
  });
}

/** A program that was copied in may write others. */
function runsProgram(instruction: Instruction): boolean {
  return instruction.name === "RUN" && instruction.form === "exec" && !isShell(instruction.words[0]?.value ?? "");
}
