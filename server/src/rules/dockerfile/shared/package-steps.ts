import type { PackageCommand } from "../../../knowledge/package-managers.ts";
import { insertElement, insertFlag } from "../../../languages/dockerfile/edit.ts";
import { everyCommand } from "../../../languages/shell/index.ts";
import type { ShellCommand, ShellScript, ShellWord } from "../../../languages/shell/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { type Span, cover } from "../../../text/span.ts";
import type { RunBody } from "./run-bodies.ts";

/** A command of a package manager in a script. */
export interface PackageStep {
  readonly command: ShellCommand;
  readonly packages: PackageCommand;
  /** The program and its subcommand, without what stands between them: `apt-get install`. */
  readonly label: string;
  /** Their place. */
  readonly at: Span;
  readonly subcommand: ShellWord | undefined;
}

/** The commands of a script and of those it runs (`sh -c "…"`), in their order. */
export function commandsOf(script: ShellScript): readonly ShellCommand[] {
  return everyCommand(script);
}

/** The command as a package manager's; `undefined` where it is none. */
export function packageStep(command: ShellCommand): PackageStep | undefined {
  const { packages } = command;
  if (packages === undefined) return undefined;
  const subcommand = packages.subcommandIndex === undefined ? undefined : command.args[packages.subcommandIndex];
  return {
    command,
    packages,
    subcommand,
    // Most steps are looked at, and never told of.
    get label() {
      const called = calledAs(command, packages);
      return subcommand?.value === undefined ? called : `${called} ${subcommand.value}`;
    },
    get at() {
      return subcommand === undefined ? command.nameSpan : cover(command.nameSpan, subcommand.span);
    },
  };
}

/** `python3 -m pip` is called by its module, `"$VIRTUAL_ENV/bin/pip"` by its name alone. */
function calledAs({ name, words }: ShellCommand, { manager }: PackageCommand): string {
  const program = name ?? /[\w.-]+(?="?$)/.exec(words[0]?.text ?? "")?.[0] ?? manager.name;
  return /^py(?:thon|py)/.test(program) ? manager.name : program;
}

/** The values of the flags of a step, as written where they depend on a variable. */
export function flagsOf({ command, packages }: PackageStep): readonly string[] {
  return packages.flags.map((index) => {
    const word = command.args[index];
    return word?.value ?? word?.text ?? "";
  });
}

/** Whether a variable may hold flags of the step: `apt-get install $APT_OPTS curl`. One that holds packages, by its name, does not. */
export function hasUnknownFlags({ command }: PackageStep): boolean {
  return command.args.some(
    ({ text, value }) => value === undefined && /^"?\$\{?\w*(?:opt|arg|flag|param|yes)\w*\}?"?$/i.test(text),
  );
}

/** Where a flag goes: directly behind the subcommand, behind the flags that stand there, or behind the program. */
export type FlagPlace = "subcommand" | "flags" | "program";

/** Gives a step one more flag; a JSON string where the command is one. */
export function withFlag(
  { run, script }: RunBody,
  step: PackageStep,
  flag: string,
  place: FlagPlace = "subcommand",
): TextEdit {
  const { command } = step;
  const behind = placeOf(step, place)?.span ?? command.nameSpan;
  return run.form === "exec" && script.commands.includes(command)
    ? insertElement(behind, flag)
    : insertFlag(command, flag, behind);
}

/** Words as they are written in place of one of a command's: JSON strings where the command is one. */
export function wordInForm(
  { run, script }: RunBody,
  command: ShellCommand,
  word: string,
  more: readonly string[] = [],
): string {
  const words = [word, ...more];
  return run.form === "exec" && script.commands.includes(command)
    ? words.map((each) => JSON.stringify(each)).join(", ")
    : words.join(" ");
}

function placeOf({ command, packages, subcommand }: PackageStep, place: FlagPlace): ShellWord | undefined {
  if (place === "program" || packages.subcommandIndex === undefined) return undefined;
  let index = packages.subcommandIndex + 1;
  if (place === "flags") {
    while (packages.flags.includes(index) && !packages.manager.valueFlags.has(command.args[index]?.value ?? ""))
      index++;
  }
  return command.args[index - 1] ?? subcommand;
}

/** The same command behind `sudo` where the one given is. */
export function asPrivileged({ command }: PackageStep, text: string): string {
  return command.prefixes.includes("sudo") ? `sudo ${text}` : text;
}
