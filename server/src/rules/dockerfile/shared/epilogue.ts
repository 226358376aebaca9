import { insertAfter, insertBefore } from "../../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, Stage } from "../../../languages/dockerfile/model.ts";
import type { TextEdit } from "../../../text/edit.ts";

const steps: ReadonlySet<Instruction["name"]> = new Set([
  "FROM",
  "RUN",
  "COPY",
  "ADD",
  "WORKDIR",
  "VOLUME",
  "USER",
  "SHELL",
  "ONBUILD",
]);

/** Puts lines behind the last step that builds a stage and in front of what starts it: where `USER` and `HEALTHCHECK` belong. */
export function insertBeforeStart(model: DockerfileModel, stage: Stage, lines: readonly string[]): TextEdit {
  const { instructions } = stage;
  const last = instructions.findLastIndex(({ name }) => steps.has(name));
  const start = instructions.slice(last + 1).find(({ name }) => name === "CMD" || name === "ENTRYPOINT");
  if (start !== undefined) return insertBefore(model, start, lines, "keep");
  return insertAfter(model, instructions.at(-1) ?? stage.from, lines);
}
