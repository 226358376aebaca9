import type { DockerfileModel, HealthcheckInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellScript } from "../../../languages/shell/index.ts";
import { plainCommand, plainWords } from "./plain-command.ts";
import { scriptOfElements } from "./run-bodies.ts";

/** What a health check runs; the exec form is read as a script of that one command. `undefined` where no shell we know reads it. */
export function healthScript(check: HealthcheckInstruction): ShellScript | undefined {
  return check.form === "shell" ? check.script : scriptOfElements(check.words.slice(1));
}

/** Whether a health check is the one in effect: the last of the final stage or, in a piece of a Dockerfile, any. */
export function isInEffect(check: HealthcheckInstruction, { finalStage }: DockerfileModel): boolean {
  return !check.onbuild && !check.none && (finalStage === undefined || finalStage.last("HEALTHCHECK") === check);
}

/** The words of a check that is one plain command, with at most an `|| exit 1` behind it, so that no shell is needed for it. */
export function plainVerdict(script: ShellScript | undefined): readonly string[] | undefined {
  if (script === undefined) return undefined;
  const alone = plainCommand(script);
  if (alone !== undefined) return alone;
  const [first, second, ...others] = script.commands;
  if (first === undefined || second?.joined !== "||" || second.name !== "exit" || others.length > 0) return undefined;
  if (second.args[0]?.value !== "1" || first.redirects.length > 0 || second.redirects.length > 0) return undefined;
  return first.depth > 0 || first.assignments.length > 0 ? undefined : plainWords(first);
}
