import { removeCommand, removeInstruction } from "../../../languages/dockerfile/edit.ts";
import { removeElement, removeFirstWord, removePair, removeWord } from "../../../languages/dockerfile/edit-words.ts";
import type {
  DockerfileModel,
  Pair,
  RunInstruction,
  VariableInstruction,
} from "../../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellPipeline, ShellWord } from "../../../languages/shell/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import type { Span } from "../../../text/span.ts";
import type { RunBody } from "./run-bodies.ts";

/** A variable that an instruction sets, whichever way. */
export interface Setting {
  readonly name: string;
  /** `undefined` where it depends on a variable or is not given. */
  readonly value: string | undefined;
  /** Whether it is set at all: an `ARG` without default is not. */
  readonly given: boolean;
  /** Name and value. */
  readonly at: Span;
  /** The edit that takes it out again; `undefined` where that cannot be done well. */
  readonly remove: (model: DockerfileModel) => TextEdit | undefined;
}

/** The variables of `ENV` and `ARG`, and in a `RUN` those before a command (`A=1 make`) and of `export`, `declare` and `readonly`. */
export function settingsOf(instruction: VariableInstruction | RunInstruction, body: RunBody | undefined): Setting[] {
  if (instruction.name !== "RUN") return instruction.pairs.map((pair) => settingOfPair(instruction, pair));
  return body === undefined ? [] : settingsOfScript(body);
}

/** Those of a script. Without a `run` they cannot be taken out again. */
export function settingsOfScript(body: Pick<RunBody, "script"> & Partial<RunBody>): Setting[] {
  return body.script.everyCommand.flatMap((command) => settingsOfCommand(body, command));
}

function settingOfPair(instruction: VariableInstruction, pair: Pair): Setting {
  return {
    name: pair.name,
    value: pair.value?.includes("$") === true ? undefined : pair.value,
    given: pair.value !== undefined,
    at: pair.span,
    remove: (model) => removePair(model, instruction, pair),
  };
}

function settingsOfCommand(
  { run, script }: Pick<RunBody, "script"> & Partial<RunBody>,
  command: ShellCommand,
): Setting[] {
  const found: Setting[] = command.assignments.map(({ name, value, span }) => ({
    name,
    value,
    given: true,
    at: span,
    remove: (model) => {
      if (command.words.length > 0) return removeFirstWord(model, span);
      return run !== undefined && command.assignments.length === 1
        ? removeStep(model, { run, script }, command)
        : undefined;
    },
  }));
  if (command.name !== "export" && command.name !== "declare" && command.name !== "readonly") return found;
  for (const word of command.args) {
    const name = /^"?'?([A-Za-z_]\w*)=/.exec(word.text)?.[1];
    if (name === undefined) continue;
    found.push({
      name,
      value: word.value?.slice(name.length + 1),
      given: true,
      at: word.span,
      remove: (model) =>
        command.operands.length > 1 ? removeWord(model, word.span) : run && removeStep(model, { run, script }, command),
    });
  }
  return found;
}

/** Takes a command out of a `RUN`, and the instruction where it does nothing else. */
export function removeStep(
  model: DockerfileModel,
  { run, script }: RunBody,
  command: ShellCommand,
): TextEdit | undefined {
  if (script.broken || !script.commands.includes(command)) return undefined;
  return script.commands.length === 1 ? removeInstruction(model, run) : removeCommand(model, run, command);
}

/** Takes a pipeline out of a `RUN`, and the instruction where it does nothing else. */
export function removePipeline(
  model: DockerfileModel,
  { run, script }: RunBody,
  { commands, span }: ShellPipeline,
): TextEdit | undefined {
  const [first] = commands;
  if (script.broken || first === undefined || !script.commands.includes(first)) return undefined;
  if (commands.length === script.commands.length) return removeInstruction(model, run);
  return removeCommand(model, run, {
    span,
    redirects: commands.flatMap(({ redirects }) => redirects),
    joined: first.joined,
    joinSpan: first.joinSpan,
    depth: first.depth,
  });
}

/** Takes words out of a command: elements where it is in exec form. */
export function removeWords(model: DockerfileModel, body: RunBody, words: readonly ShellWord[]): readonly TextEdit[] {
  const elements = body.run.form === "exec";
  return words.map(({ span }) =>
    elements && model.text[span.start] === '"' ? removeElement(model, span) : removeWord(model, span),
  );
}
