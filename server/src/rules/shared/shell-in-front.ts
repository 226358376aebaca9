import type { Fix } from "../../engine/rule.ts";
import { isShell, type ShellCommand, type ShellScript } from "../../languages/shell/index.ts";
import { insert } from "../../text/edit.ts";

const builtin =
  /^(?:\.|:|\[|alias|cd|echo|eval|exit|export|false|kill|printf|read|return|set|shift|sleep|source|tail|test|trap|true|ulimit|umask|unset|wait)$/;

/** The last command of a script, which a shell stays in front of, where it is a plain one of the script itself; `exec`, a trap or something in the background mean that somebody has thought of it. */
export function servedBehindShell(script: ShellScript): ShellCommand | undefined {
  const { commands } = script;
  const last = commands.at(-1);
  if (last?.name === undefined || last.depth > 0 || builtin.test(last.name) || isShell(last.name)) return undefined;
  if (
    commands.some(
      ({ name, prefixes, joined }) => name === "trap" || name === "wait" || prefixes.includes("exec") || joined === "&",
    )
  )
    return undefined;
  return script.pipelines.some(({ commands: piped }) => piped.includes(last)) || /&\s*$/.test(script.text)
    ? undefined
    : last;
}

/** Puts the program in the place of the shell; no fix where `exec` cannot stand there. */
export function withExec(last: ShellCommand): readonly Fix[] {
  // `exec` stands behind variables, and takes none.
  if (last.assignments.length > 0 || last.prefixes.length > 0 || last.joined === "||") return [];
  const title = `Write \`exec\` in front of \`${last.name ?? ""}\` (nothing of the script runs behind it)`;
  return [{ title, safety: "review", edits: [insert(last.span.start, "exec ")] }];
}
