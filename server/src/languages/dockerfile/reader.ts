import { isShell } from "../shell/inner.ts";
import type { Site } from "./instruction.ts";

/** Whether a POSIX shell or bash reads the shell form at a place, by SHELL and the base image. */
export function isReadByShell({ scope, order, stage }: Pick<Site, "scope" | "order" | "stage">): boolean {
  const shell = scope.shellBefore(order);
  if (shell !== undefined) return isReadBy(shell);
  return stage()?.windows !== true;
}

/** Whether a command, as SHELL or a shebang names it, is such a shell. */
export function isReadBy(command: readonly string[]): boolean {
  const [program = "", ...rest] = command;
  if (isShell(program)) return true;
  return /(?:^|\/)(?:env|busybox)$/.test(program) && rest.some((word) => isShell(word));
}
