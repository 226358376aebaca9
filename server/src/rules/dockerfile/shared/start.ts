import type { BaseImageFacts } from "../../../knowledge/base-images/index.ts";
import type { CommandInstruction, Stage } from "../../../languages/dockerfile/model.ts";
import { programIndex } from "../../../languages/dockerfile/launchers.ts";
import { nameOf } from "../../../text/path.ts";
import { cover, type Span } from "../../../text/span.ts";
import { commandOf } from "./final-image.ts";

/** A program that a container of the image starts with. */
export interface StartedProgram {
  readonly instruction: CommandInstruction;
  /** Without its folder. */
  readonly name: string;
  /** `undefined` for a word that depends on a variable. */
  readonly args: readonly (string | undefined)[];
  /** From the program to its last word. */
  readonly span: Span;
}

/** The programs that `ENTRYPOINT` and `CMD` start, those in a shell's script included; both together where one goes on with the other. */
export function startedPrograms(stage: Stage): readonly StartedProgram[] {
  const entrypoint = commandOf(stage, "ENTRYPOINT");
  const command = commandOf(stage, "CMD");
  const programs = [...programsOf(entrypoint), ...programsOf(command)];
  if (entrypoint?.form === "exec" && command?.form === "exec") {
    const words = [...elementsOf(entrypoint), ...elementsOf(command)];
    programs.push(...launched(command, words));
  }
  return programs;
}

/** Whether a container runs the server of its base image, as far as `ENTRYPOINT` and `CMD` tell. */
export function runsBaseServer(stage: Stage, facts: BaseImageFacts): boolean {
  // .NET's images listen where their program does, and have none of their own.
  if (facts.runtime === "dotnet") return (commandOf(stage, "ENTRYPOINT") ?? commandOf(stage, "CMD")) !== undefined;
  const entrypoint = commandOf(stage, "ENTRYPOINT");
  if (entrypoint !== undefined && !startsSame(entrypoint, facts.entrypoint)) return false;
  const command = commandOf(stage, "CMD");
  if (command === undefined || facts.command === undefined) return true;
  return startsSame(command, facts.command) || (command.elements?.[0]?.startsWith("-") ?? false);
}

const prompts =
  /^(?:(?:ba|da|a|k|z)?sh|busybox|pwsh|powershell|python\d*(?:\.\d+)?|pypy\d*|node|irb|jshell|iex|erl|ghci|R|julia|lua|scala|groovysh|sbcl)$/;

/** Whether a container starts with a shell or an interpreter that waits for a person: the image is one to build upon or to work in. */
export function startsPrompt(stage: Stage): boolean {
  const programs = programsOf(commandOf(stage, "CMD") ?? commandOf(stage, "ENTRYPOINT"));
  return programs.length > 0 && programs.every(({ name, args }) => isPrompt(name, args));
}

/** Whether a program, without its folder, is a shell or an interpreter that waits for a person. */
export function isPrompt(name: string, args: readonly (string | undefined)[]): boolean {
  if (name === "php") return args[0] === "-a";
  return prompts.test(name) && args.every((arg) => /^(?:-[il]+|-[vV]|--version)$/.test(arg ?? ""));
}

function startsSame(instruction: CommandInstruction, words: readonly string[] | undefined): boolean {
  const [name] = programsOf(instruction).map((program) => program.name);
  return name !== undefined && name === nameOf(words?.[0] ?? "");
}

function programsOf(instruction: CommandInstruction | undefined): readonly StartedProgram[] {
  if (instruction === undefined) return [];
  if (instruction.form === "exec") return launched(instruction, elementsOf(instruction));
  return (instruction.script?.everyCommand ?? []).flatMap((command) =>
    command.name === undefined
      ? []
      : [
          {
            instruction,
            name: command.name,
            args: command.args.map(({ value }) => value),
            span: cover(command.nameSpan, command.args.at(-1)?.span ?? command.nameSpan),
          },
        ],
  );
}

function elementsOf(instruction: CommandInstruction): readonly string[] {
  return instruction.elements ?? [];
}

const shells = /^(?:ba|da|a|k|z)?sh$/;
/** The exec form is handed over as it is; what a shell among its words is to run is taken apart at its operators. */
function launched(instruction: CommandInstruction, words: readonly string[]): readonly StartedProgram[] {
  const at = programIndex(words);
  const [program, ...args] = words.slice(at);
  if (program === undefined) return [];
  const name = nameOf(program);
  const span = spanFrom(instruction, words.length === instruction.words.length ? at : 0);
  const script = shells.test(name) ? args[args.findIndex((arg) => /^-[a-z]*c$/.test(arg)) + 1] : undefined;
  const inner = script === undefined || script === args[0] ? [] : pieces(instruction, script, span);
  return [{ instruction, name, args, span }, ...inner];
}

/** From one element to the last. */
function spanFrom({ words, argumentsSpan }: CommandInstruction, index: number): Span {
  const first = words[index]?.span ?? argumentsSpan;
  return cover(first, words.at(-1)?.span ?? first);
}

function pieces(instruction: CommandInstruction, script: string, span: Span): readonly StartedProgram[] {
  return script.split(/&&|\|\||[;|\n]/).flatMap((piece) => {
    const words = piece.split(/\s+/).filter((word) => word !== "");
    const start = programIndex(words);
    const program = words[start];
    return program === undefined ? [] : [{ instruction, name: nameOf(program), args: words.slice(start + 1), span }];
  });
}
