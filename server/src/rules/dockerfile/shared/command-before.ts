import type { DockerfileModel } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import { type TextEdit, insert } from "../../../text/edit.ts";
import type { RunBody } from "./run-bodies.ts";

/**
 * Puts a command before one of a RUN, joined and laid out as that one is: with `&&`, or with what separates it from its neighbours.
 * `undefined` in exec form, and where the result of the command before decides whether it runs.
 */
export function insertCommandBefore(
  model: DockerfileModel,
  { run, script }: RunBody,
  command: ShellCommand,
  text: string,
): TextEdit | undefined {
  const { joined, span, depth } = command;
  if (script.broken || joined === "|" || joined === "||" || joined === "&") return undefined;
  if (run.form === "exec" && script.commands.includes(command)) return undefined;
  const next = script.commands.includes(command)
    ? script.commands.find((other) => other.depth === depth && other.span.start > span.start)
    : undefined;
  // Under `set -e` a failure in front of `&&` would go unnoticed.
  const separator = joined ?? next?.joined ?? "&&";
  const at = span.start;
  const head = model.text.slice(model.text.lastIndexOf("\n", at - 1) + 1, at);
  const inBody = run.heredocs.some(({ bodySpan }) => bodySpan.start <= at && at < bodySpan.end);
  const line = inBody ? model.lineEnding : ` ${model.escape}${model.lineEnding}`;
  if (separator === "\n")
    return head.trim() === "" ? insert(at, text + model.lineEnding + head) : insert(at, `${text}; `);
  const sign = separator === ";" ? ";" : " &&";
  if (inBody || head.trim() !== "") {
    return /^[ \t]*&&[ \t]*$/.test(head) && !inBody
      ? insert(at, `${text}${line}${head}`)
      : insert(at, `${text}${sign} `);
  }
  return insert(at, `${text}${sign}${line}${head}`);
}
