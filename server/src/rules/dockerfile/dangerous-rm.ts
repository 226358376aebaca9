import { defineInstructionRule } from "../../engine/rule.ts";
import { environmentOf } from "../../knowledge/base-images/environment.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import { isPredefined } from "../../languages/dockerfile/scope.ts";
import type { ShellCommand, ShellScript, ShellWord } from "../../languages/shell/model.ts";
import { replace } from "../../text/edit.ts";
import { isToldByShellCheck, judgedScriptOf } from "./shared/checked-scripts.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "dangerous-rm",
  summary: "`rm -r` on a path that is a system folder where a variable is empty.",
  why: `A variable that is not set is nothing at all to the shell: \`rm -rf "$PREFIX/"*\` becomes \`rm -rf /*\`, and \`rm -rf $PREFIX/lib\` takes \`/lib\`. The step may even
end well, and what is missing shows when the image runs. An \`ARG\` without a default is empty in every build that does not set it, a slip in its name
always.

\`\${PREFIX:?}\` ends the step with a message instead. A variable that an \`ENV\`, the script itself or the base image sets is left alone.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:SC2115"],
  references: [
    "https://www.shellcheck.net/wiki/SC2115",
    "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM debian:13.1-slim\nARG PREFIX\nRUN rm -rf "$PREFIX/lib"\nUSER nobody\n',
      good: 'FROM debian:13.1-slim\nARG PREFIX\nRUN rm -rf "${PREFIX:?}/lib"\nUSER nobody\n',
    },
  ],
  instructions: ["RUN"],
  mentions: /\brm\b/,
  suspects: (run) => bodyOf(run)?.everyCommand.some((command) => targetsOf(command).length > 0) === true,
  reads: "workspace",
  *check(run, model, _options, workspace) {
    const script = bodyOf(run);
    // In exec form there is no shell that would put in a variable.
    if (script === undefined || run.form === "exec") return;
    const asked = judgedScriptOf(run, model, workspace);
    for (const command of script.everyCommand) {
      for (const { word, name, offset, length, rest } of targetsOf(command)) {
        if (!mayBeEmpty(run, script, name, model)) continue;
        const exact = word.span.end - word.span.start === word.text.length;
        const at = { start: word.span.start + offset, end: word.span.start + offset + length };
        if (isToldByShellCheck(at, /^SC2115$/, asked)) continue;
        yield {
          at: exact ? at : word.span,
          message: `Where \`${name}\` is empty, this removes \`${rest}\`: write \`\${${name}:?}\`, which ends the step instead.`,
          fixes: exact
            ? () => [
                {
                  title: `Write \`\${${name}:?}\` (the build fails where it is empty)`,
                  safety: "review",
                  edits: [replace(at, `\${${name}:?}`)],
                },
              ]
            : [],
        };
      }
    }
  },
});

interface Target {
  readonly word: ShellWord;
  readonly name: string;
  /** Where the variable stands in the word as written, from its `$`. */
  readonly offset: number;
  readonly length: number;
  /** What is left of the path without it. */
  readonly rest: string;
}

/** The operands of `rm -r` that begin with a variable and are a system folder, or all there is, without it. */
function targetsOf(command: ShellCommand): readonly Target[] {
  if (command.name !== "rm" || !command.has("-r", "-R", "--recursive")) return [];
  return command.operands.flatMap((word): Target[] => {
    const match = /^("?)\$(?:(\w+)|\{(\w+)\})(.*)$/s.exec(word.text);
    const name = match?.[2] ?? match?.[3];
    const behind = match?.[4];
    if (match === null || name === undefined || behind === undefined || /^\d/.test(name)) return [];
    const rest = behind.replaceAll('"', "");
    if (!isVital(rest)) return [];
    const offset = match[1]?.length ?? 0;
    return [{ word, name, offset, length: word.text.length - offset - behind.length, rest }];
  });
}

function isVital(path: string): boolean {
  return /^\/+(?:\*|\.\*|(?:bin|boot|dev|etc|home|lib|lib32|lib64|mnt|opt|proc|root|run|sbin|srv|sys|usr|var)(?:\/+\*?)?)?$/.test(
    path,
  );
}

/** By what the file and the base image set; an image of which that is not known may set it. */
function mayBeEmpty(run: RunInstruction, script: ShellScript, name: string, model: DockerfileModel): boolean {
  if (isPredefined(name) || name === "HOME" || name === "PWD" || assigns(script, name)) return false;
  if (new RegExp(`\\bfor\\s+${name}\\b`).test(model.text.slice(run.span.start, run.span.end))) return false;
  const { stage } = run;
  if (stage === undefined || run.onbuild) return false;
  const setting = stage.history.findLast(
    (before) =>
      before.span.start < run.span.start &&
      (before.name === "ENV" || before.name === "ARG") &&
      before.pairs.some((pair) => pair.name === name),
  );
  if (setting?.name === "ENV" || setting?.name === "ARG") {
    const pair = setting.pairs.findLast((candidate) => candidate.name === name);
    const value = pair?.value === undefined ? globalDefault(model, name) : pair.resolved;
    return pair?.value === undefined ? (value ?? "") === "" : value === "";
  }
  const environment = environmentOf(stage.baseFacts);
  return environment !== undefined && !environment.includes(name);
}

/** What an `ARG` before the first FROM says: one in a stage takes it over. */
function globalDefault({ instructions }: DockerfileModel, name: string): string | undefined {
  for (const instruction of instructions) {
    if (instruction.name === "FROM") return undefined;
    const pair =
      instruction.name === "ARG" ? instruction.pairs.find((candidate) => candidate.name === name) : undefined;
    if (pair?.value !== undefined) return pair.value;
  }
  return undefined;
}

function assigns(script: ShellScript, variable: string): boolean {
  return script.everyCommand.some(
    ({ assignments, name, args }) =>
      assignments.some((assignment) => assignment.name === variable) ||
      (/^(?:export|local|read|readonly|declare)$/.test(name ?? "") &&
        args.some(({ text }) => text === variable || text.startsWith(`${variable}=`))),
  );
}
