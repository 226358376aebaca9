import type { RunInstruction } from "../../../languages/dockerfile/model.ts";

/** Whether a RUN's shell is started with the option `pipefail`. What its script sets itself is not looked at: `ShellScript.pipefailAt` tells. */
export function hasPipefail(run: RunInstruction): boolean {
  if (run.form === "exec") return false;
  return run.shell?.some((word) => word === "pipefail") === true || shebangOf(run)?.includes("pipefail") === true;
}

/** What stands behind the `#!` of a RUN's first heredoc. */
export function shebangOf({ heredocs }: RunInstruction): string | undefined {
  return /^\s*#!([^\r\n]*)/.exec(heredocs[0]?.body ?? "")?.[1];
}
