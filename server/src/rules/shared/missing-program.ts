import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { ShellCommand, ShellScript } from "../../languages/shell/index.ts";
import { nameOf } from "../../text/path.ts";
import { questions } from "./health-questions.ts";
import { type KnownProgram, knownProgram, knownPrograms } from "./known-programs.ts";

/** Whether a text names a program that the image is known not to have: a quick look before reading it as a script. */
export function lacksAny(facts: BaseImageFacts, text: string): boolean {
  return knownPrograms.some((program) => {
    const has = program === "bash" ? facts.bash : facts.tools[program];
    return has === false && (text.includes(program) || (program === "nc" && text.includes("netcat")));
  });
}

/** A command that calls a program which the image does not have. */
export interface MissingProgram {
  readonly command: ShellCommand;
  readonly word: string;
  readonly program: KnownProgram;
}

/**
 * The first command of a script that calls a program the image is known not to have. `own` is the check that is known for the image; what that calls is there. Where
 * one of several commands that stand in for each other may be there, nothing is missing.
 */
export function missingProgram(script: ShellScript, facts: BaseImageFacts, own: string): MissingProgram | undefined {
  const asked = questions(script);
  if (asked.some(({ name }) => /^(?:command|which|type|hash)$/.test(name ?? "command"))) return undefined;
  const missing = asked.flatMap((command): readonly MissingProgram[] => {
    const word = command.words[0]?.value;
    const program = word === undefined ? undefined : knownProgram(word);
    if (word === undefined || program === undefined || own.includes(nameOf(word))) return [];
    const has = program === "bash" ? facts.bash : facts.tools[program];
    if (has !== false || (program !== "bash" && facts.toolPaths?.[program] === word)) return [];
    return [{ command, word, program }];
  });
  const alternatives = asked.some(({ joined }) => joined === "||");
  return alternatives && missing.length < asked.length ? undefined : missing[0];
}
