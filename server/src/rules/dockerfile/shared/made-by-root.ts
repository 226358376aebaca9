import type { DockerfileModel, RunInstruction } from "../../../languages/dockerfile/model.ts";
import { userBefore } from "./step-user.ts";

/**
 * Whether the files that a RUN makes are root's, as those of a COPY or ADD without `--chown` would be; where nothing tells who runs it, they are
 * taken to be.
 */
export function isByRoot(model: DockerfileModel, run: RunInstruction): boolean {
  if (run.stage === undefined) {
    return !model.instructions.some(({ name, span }) => name === "USER" && span.start < run.span.start);
  }
  return userBefore(run.stage, run)?.root !== false;
}
