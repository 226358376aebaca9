import type { ShellWord } from "../../../languages/shell/model.ts";
import { listed } from "../../../text/words.ts";

/** A package that an installation names without saying which version of it. */
export interface UnpinnedPackage {
  readonly word: ShellWord;
  /** How it is written with a version: `curl=<version>`. */
  readonly pinned: string;
}

/** The words behind a program, by its own grammar. */
export interface CommandArguments {
  /** Those that are neither flags nor their values, in order. */
  readonly operands: readonly ShellWord[];
  /** The flags with their dashes and without a value behind `=`. */
  readonly flags: ReadonlySet<string>;
}

/** Reads words up to a `--`; `valueFlags` take the next word for their value. */
export function commandArguments(args: readonly ShellWord[], valueFlags: ReadonlySet<string>): CommandArguments {
  const operands: ShellWord[] = [];
  const flags = new Set<string>();
  for (let index = 0; index < args.length; index++) {
    const word = args[index];
    if (word === undefined) continue;
    const text = word.value ?? word.text;
    if (text === "--") break;
    if (text.length > 1 && text.startsWith("-")) {
      flags.add(text.split("=", 1)[0] ?? text);
      if (valueFlags.has(text)) index++;
    } else {
      operands.push(word);
    }
  }
  return { operands, flags };
}

/** What is wrong with one or more of them, and what to write: one line. */
export function unpinnedMessage([first, ...others]: readonly [UnpinnedPackage, ...UnpinnedPackage[]]): string {
  const written = [first, ...others].map(({ word }) => `\`${word.value ?? word.text}\``);
  const shown = written.length > 3 ? [...written.slice(0, 2), `${written.length - 2} more`] : written;
  const verb = shown.length === 1 ? "is" : "are";
  return `${listed(shown)} ${verb} installed in whatever version is the newest that day: name one, as \`${first.pinned}\`.`;
}
