import type { ShellCommand, ShellScript, ShellWord } from "../../../languages/shell/index.ts";

/** The words of a script that is one plain command, so that no shell is needed for it; `undefined` where a shell would do something. */
export function plainCommand(script: ShellScript): readonly string[] | undefined {
  const [command, ...others] = script.commands;
  if (command === undefined || others.length > 0 || script.broken || command.depth > 0) return undefined;
  if (command.assignments.length > 0 || command.redirects.length > 0 || script.end > command.span.end) return undefined;
  return plainWords(command);
}

/** The words of a command, where a shell would hand them to the program as they stand. */
export function plainWords(command: ShellCommand): readonly string[] | undefined {
  const all = [...command.prefixWords, ...command.words];
  if (isBuiltin(all[0])) return undefined;
  const values = all.map(plainValue);
  return values.every((value) => value !== undefined) ? values : undefined;
}

const builtins = new Set(
  ". : [ [[ alias bg break builtin case cd command continue declare echo eval exec exit export false fg for function getopts hash if jobs let local popd printf pushd pwd read readonly return select set shift shopt source test time times trap true type ulimit umask unalias unset until wait while { (".split(
    " ",
  ),
);

/** Whether a command's first word is one of the shell's own commands, which are no programs or other ones; also where it is not known. */
export function isBuiltin(word: ShellWord | undefined): boolean {
  return word?.value === undefined || builtins.has(word.value);
}

/** Whether a name is a program's, and not one of the shell's own commands. */
export function plainName(name: string): boolean {
  return !builtins.has(name);
}

/** `undefined` where the shell would make something else of the word. */
function plainValue({ text, value }: ShellWord): string | undefined {
  const quoted = /^(?:'[^']*'|"[^"]*")$/.test(text);
  return !quoted && /^~|(?<!\\)[*?[{]/.test(text) ? undefined : value;
}
