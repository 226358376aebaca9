import type { CommandInstruction, Stage } from "../../../languages/dockerfile/model.ts";
import { isShell, parseShell, type ShellCommand, type ShellScript } from "../../../languages/shell/index.ts";
import { cover, type Span } from "../../../text/span.ts";
import { nameOf } from "../../../text/path.ts";
import { commandOf } from "./final-image.ts";
import { programIndex } from "../../../languages/dockerfile/launchers.ts";

/** The program that an `ENTRYPOINT` or `CMD` is left with once what stands before it is done. */
export interface MainProgram {
  readonly instruction: CommandInstruction;
  /** As called: `/usr/sbin/nginx`. */
  readonly path: string;
  /** Behind the program; `undefined` for a word that depends on a variable. */
  readonly args: readonly (string | undefined)[];
  /** From the program to its last word; a script in an exec form as a whole. */
  readonly span: Span;
  /** Programs that launch it in the exec form: `tini`, `--`. */
  readonly launchers: readonly string[];
  /** In shell form: the command it stands in. */
  readonly command: ShellCommand | undefined;
  /** It stands in the script of a shell that an exec form calls. */
  readonly inScript: boolean;
}

/** `undefined` where a variable names it, or nothing is started. */
export function mainProgramOf(instruction: CommandInstruction): MainProgram | undefined {
  if (instruction.form === "shell") {
    const command = instruction.script === undefined ? undefined : lastCommand(instruction.script);
    return command === undefined ? undefined : ofCommand(instruction, command, undefined);
  }
  const { elements = [], words, argumentsSpan } = instruction;
  const at = programIndex(elements);
  const path = elements[at];
  const last = words.at(-1);
  if (path === undefined || last === undefined) return undefined;
  const args = elements.slice(at + 1);
  const flag = isShell(nameOf(path)) ? args.findIndex((arg) => /^-[a-z]*c$/.test(arg)) : -1;
  const script = flag < 0 ? undefined : args[flag + 1];
  if (script !== undefined) {
    const command = lastCommand(parseShell(script, 0));
    const place = words[at + flag + 2]?.span ?? argumentsSpan;
    return command === undefined ? undefined : ofCommand(instruction, command, place);
  }
  const span = cover(words[at]?.span ?? argumentsSpan, last.span);
  return { instruction, path, args, span, launchers: elements.slice(0, at), command: undefined, inScript: false };
}

/**
 * The program that a container of a stage runs, of `ENTRYPOINT` where that starts one, else of `CMD`. An entrypoint that is itself only a launcher
 * (`tini --`) goes on with the command; one that is a script of any kind is the program, as nobody knows what it does with its arguments.
 */
export function mainProgram(stage: Stage): MainProgram | undefined {
  const entrypoint = commandOf(stage, "ENTRYPOINT");
  const command = commandOf(stage, "CMD");
  if (entrypoint === undefined) return command && mainProgramOf(command);
  const { elements } = entrypoint;
  if (elements === undefined || programIndex(elements) < elements.length) return mainProgramOf(entrypoint);
  const program = command && mainProgramOf(command);
  return program && { ...program, launchers: [...elements, ...program.launchers] };
}

function ofCommand(
  instruction: CommandInstruction,
  command: ShellCommand,
  place: Span | undefined,
): MainProgram | undefined {
  const { words, args, nameSpan } = command;
  const path = words[0]?.value;
  if (path === undefined) return undefined;
  return {
    instruction,
    path,
    args: args.map(({ value }) => value),
    span: place ?? cover(nameSpan, args.at(-1)?.span ?? nameSpan),
    launchers: command.prefixes,
    command: place === undefined ? command : undefined,
    inScript: place !== undefined,
  };
}

function lastCommand({ commands }: ShellScript): ShellCommand | undefined {
  return commands.findLast(({ depth }) => depth === 0);
}
