import type { ShellCommand, ShellScript } from "../../../languages/shell/model.ts";
import type { Span } from "../../../text/span.ts";

/** Commands at the top level of a script with `&&`, `||` and pipes between them, up to a `;` or a line's end. */
export interface Statement {
  /** The name of the program whose result counts at the least: the first of them. */
  readonly at: Span;
  /** As written. */
  readonly name: string;
  /** The programs in it. */
  readonly names: readonly string[];
  /** The commands in it that may fail for a reason of the world. */
  readonly counting: readonly ShellCommand[];
  /** A failure is meant to be possible: `a || b`, `[ -f x ] && c`, `! a`. */
  readonly tolerated: boolean;
  /** Nothing in it fails for a reason of the world. */
  readonly harmless: boolean;
  /** It always ends well: `true`, `exit 0`. */
  readonly succeeds: boolean;
  /** `set -e`: from here on the script stops by itself. */
  readonly errexit: boolean;
  /** It holds an `&&`. */
  readonly joined: boolean;
  /** Between it and the next there is a loop, a condition or a group. */
  readonly beforeCompound: boolean;
  /** It goes on in the background. */
  readonly background: boolean;
  /** The `;` between it and the next; left out at a line's end. */
  readonly behind?: Span;
  /** What follows stands on a line of its own, without a `;`. */
  readonly lineEnd: boolean;
}

/** The statements of a script that are made of simple commands alone; those within compounds do not count. */
export function statementsOf(script: ShellScript): readonly Statement[] {
  const groups: ShellCommand[][] = [];
  let group: ShellCommand[] | undefined;
  for (const command of script.commands) {
    if (command.depth > 0) continue;
    const { joined } = command;
    if (group === undefined || joined === undefined || joined === ";" || joined === "\n" || joined === "&") {
      group = [command];
      groups.push(group);
    } else group.push(command);
  }
  const deeper = script.commands.filter(({ depth }) => depth > 0).map(({ span }) => span.start);
  let index = 0;
  /** Whether a deeper command begins between two places; they are asked in order. */
  const isCompoundIn = (from: number, to: number): boolean => {
    while ((deeper[index] ?? Infinity) < from) index += 1;
    return (deeper[index] ?? Infinity) < to;
  };
  return groups.flatMap((commands, at) => statementOf(commands, groups[at + 1]?.[0], isCompoundIn) ?? []);
}

function statementOf(
  commands: readonly ShellCommand[],
  next: ShellCommand | undefined,
  isCompoundIn: (from: number, to: number) => boolean,
): Statement | undefined {
  const [first] = commands;
  const last = commands.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const counting = commands.filter((command) => !isHarmless(command));
  const shown = counting[0] ?? first;
  const background = next?.joined === "&";
  return {
    at: shown.nameSpan,
    name: shown.name ?? shown.words[0]?.text ?? shown.assignments[0]?.name ?? "",
    names: commands.flatMap(({ name }) => name ?? []),
    counting,
    tolerated: background || commands.some(({ joined }) => joined === "||") || (commands.length > 1 && isTest(first)),
    harmless: counting.length === 0,
    succeeds: commands.length === 1 && (first.name === "true" || first.name === ":" || isExitZero(first)),
    errexit: commands.length === 1 && first.name === "set" && isSettingErrexit(first),
    joined: commands.some(({ joined }) => joined === "&&"),
    beforeCompound: isCompoundIn(last.span.end, next?.span.start ?? Infinity),
    background,
    ...(next?.joined === ";" && next.joinSpan !== undefined ? { behind: next.joinSpan } : {}),
    lineEnd: next?.joined === "\n",
  };
}

function isTest(command: ShellCommand): boolean {
  const { name } = command;
  if (name === "grep" || name === "egrep") return command.has("-q", "--quiet", "-s");
  return name !== undefined && questions.has(name);
}

const questions: ReadonlySet<string> = new Set(["[", "test", "which", "type", "command", "id", "getent"]);

/** Those that fail where the line itself is wrong, if at all; what cleans up may. */
const harmless: ReadonlySet<string> = new Set(
  "echo printf true false : set unset export shopt alias umask sleep date rm rmdir ls pwd env id whoami exit trap wait source . kill pkill killall find chmod chown history sync ulimit stty".split(
    " ",
  ),
);

function isHarmless(command: ShellCommand): boolean {
  const { name, words, assignments } = command;
  if (words.length === 0) return !assignments.some(({ value }) => value === undefined);
  return name !== undefined && (harmless.has(name) || isTest(command));
}

function isExitZero({ name, args }: ShellCommand): boolean {
  return name === "exit" && (args.length === 0 || args[0]?.value === "0");
}

function isSettingErrexit({ args }: ShellCommand): boolean {
  return args.some(({ value }) => value === "errexit" || /^-[A-Za-z]*e[A-Za-z]*$/.test(value ?? ""));
}
