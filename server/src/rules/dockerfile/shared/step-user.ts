import { startUserOf } from "../../../languages/image/index.ts";
import type { Instruction, Stage } from "../../../languages/dockerfile/model.ts";

/** The user that a step of a build runs as. */
export interface StepUser {
  /** As written behind `USER`, or as the base image names it: `app`, `1000:1000`, `${APP_USER}`. */
  readonly text: string;
  /** `false` as well where a variable hides who it is. */
  readonly root: boolean;
  /** It is known not to be root. */
  readonly plain: boolean;
}

/** Who an instruction of a stage runs as; `undefined` where only an unknown base image could say. */
export function userBefore(stage: Stage, instruction: Instruction): StepUser | undefined {
  return userOf(stage, (step) => step.span.start < instruction.span.start);
}

/** Who a container of a stage runs as; `undefined` where only an unknown base image could say. */
export function finalUser(stage: Stage): StepUser | undefined {
  return userOf(stage, () => true);
}

/** Whether a user, with a group or without, by name or number, is root. */
export function isRootName(user: string): boolean {
  return /^(?:root|0+|ContainerAdministrator)(?::|$)/i.test(user);
}

function userOf(stage: Stage, counts: (step: Instruction) => boolean): StepUser | undefined {
  const last = stage.history.findLast((step) => step.name === "USER" && step.words.length > 0 && counts(step));
  const [named] = last?.words ?? [];
  if (named === undefined) {
    const base = startUserOf({ facts: stage.baseFacts, description: stage.baseDescription });
    return base === undefined ? undefined : { text: base.name, root: base.uid === 0, plain: base.uid !== 0 };
  }
  const { resolved } = named;
  const root = resolved !== undefined && isRootName(resolved);
  return { text: named.text, root, plain: resolved !== undefined && resolved !== "" && !root };
}
