import { packageCommand } from "../../../knowledge/package-managers.ts";
import { removeCommand, removeInstruction } from "../../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellWord } from "../../../languages/shell/model.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { cover } from "../../../text/span.ts";
import { removeWords } from "./removal.ts";
import { bodyOf } from "./run-bodies.ts";

/** The word by which a command installs Xdebug or switches it on; `undefined` where it does neither. */
export function xdebugWord(command: ShellCommand): ShellWord | undefined {
  const { name, args } = command;
  if (name === undefined) return undefined;
  switch (name) {
    case "docker-php-ext-enable":
    case "install-php-extensions":
    case "phpenmod":
      return args.find(({ value }) => value !== undefined && /^xdebug(?:[-@:^].*)?$/.test(value));
    case "pecl":
    case "pie":
      return args.some(({ value }) => value === "install")
        ? args.find(({ value, text }) => /^(?:xdebug\/)?xdebug(?:[-:].*)?$/.test(value ?? text))
        : undefined;
    default: {
      const read = packageCommand(
        name,
        args.map(({ value }) => value),
      );
      if (read?.manager.scope !== "system" || read.does !== "install") return undefined;
      return read.operands
        .flatMap((index) => args[index] ?? [])
        .find(({ value }) => value !== undefined && /^php[\d.]*-(?:pecl-)?xdebug\d*(?:[=~-].*)?$/.test(value));
    }
  }
}

/** Takes Xdebug out of a step: the words among others, else the commands, else the step. Nothing where that cannot be done well. */
export function xdebugEdits(model: DockerfileModel, run: RunInstruction): readonly TextEdit[] {
  const script = bodyOf(run);
  if (script === undefined || script.broken) return [];
  const found = script.commands.flatMap((command) => {
    const word = xdebugWord(command);
    return word === undefined ? [] : [{ command, word }];
  });
  if (found.length < script.everyCommand.filter((command) => xdebugWord(command) !== undefined).length) return [];
  const alone = found.filter(({ command, word }) => isAlone(command, word)).map(({ command }) => command);
  const words = found.filter(({ command }) => !alone.includes(command)).map(({ word }) => word);
  const edits = removeWords(model, { run, script }, words);
  const [first] = alone;
  const last = alone.at(-1);
  if (first === undefined || last === undefined) return edits;
  if (alone.length === script.commands.length) return [removeInstruction(model, run)];
  const place = script.commands.indexOf(first);
  if (script.commands[place + alone.length - 1] !== last) return [];
  const edit = removeCommand(model, run, {
    span: cover(first.span, last.span),
    redirects: alone.flatMap(({ redirects }) => redirects),
    joined: first.joined,
    joinSpan: first.joinSpan,
    depth: Math.max(...alone.map(({ depth }) => depth)),
  });
  return edit === undefined ? [] : [...edits, edit];
}

/** Whether a command does nothing else. */
function isAlone(command: ShellCommand, word: ShellWord): boolean {
  return command.operands.every(
    (operand) => operand === word || operand.value === "install" || operand.value === "add",
  );
}
