import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { CommandInstruction, DockerfileModel } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript } from "../../languages/shell/index.ts";
import { insert } from "../../text/edit.ts";
import { touches } from "../../text/span.ts";
import { isCommandInEffect } from "./shared/final-image.ts";
import { isNearExecForm } from "./shared/near-exec-form.ts";
import { isBuiltin, plainCommand } from "./shared/plain-command.ts";
import { lacksShell } from "./shared/shell-presence.ts";

export default defineInstructionRule({
  slug: "shell-form-command",
  summary: "`CMD` or `ENTRYPOINT` is run by a shell, which may not pass signals on.",
  why: `Without the brackets of the exec form, \`/bin/sh -c\` runs the command. The shell is then process 1 and gets the SIGTERM of \`docker stop\`, of a
deployment or of a scale-down, and does not pass it on: the program goes on as if nothing had happened and is killed after the grace period, with
requests and writes half done. Some shells step aside for a single plain command; that depends on the shell and on the command. An \`ENTRYPOINT\` in
this form also ignores \`CMD\` and whatever stands behind the image in \`docker run\`.

Where a shell is wanted (variables, several steps), let it make way for the program at the end: \`CMD migrate && exec serve --port $PORT\`. That is
accepted. In the exec form no variable is expanded, since no shell reads it.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3025",
    "buildkit:JSONArgsRecommended",
    "kics:not_using_json_in_cmd_and_entrypoint_arguments",
    "droast:DF018",
    "droast:DF025",
    "semgrep:prefer-json-notation",
    "sonar:S7019",
  ],
  references: [
    "https://docs.docker.com/reference/build-checks/json-args-recommended/",
    "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD node server.js\n",
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js"]\n',
    },
    {
      bad: "FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD node server.js --port $PORT\n",
      good: "FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD exec node server.js --port $PORT\n",
    },
  ],
  instructions: ["CMD", "ENTRYPOINT"],
  suspects: ({ form, script, words }) =>
    form === "shell" && words.length > 0 && script !== undefined && !makesWay(script),
  *check(instruction, model) {
    const { script } = instruction;
    if (script === undefined || !isCommandInEffect(instruction, model)) return;
    // What cannot start at all is said by other rules.
    if (lacksShell(instruction.stage) || isNearExecForm(instruction, model)) return;
    yield {
      at: instruction.keywordSpan,
      message: messageFor(instruction, script),
      fixes: () => fixesFor(model, instruction, script),
    };
  },
});

/** The shell becomes the program at its end. */
function makesWay(script: ShellScript): boolean {
  const last = lastCommand(script);
  return last?.prefixes[0] === "exec" || last?.name === "exec";
}

function lastCommand({ commands }: ShellScript): ShellCommand | undefined {
  return commands.findLast(({ depth }) => depth === 0);
}

function messageFor({ keyword }: CommandInstruction, script: ShellScript): string {
  const name = `\`${keyword}\``;
  const isEntrypoint = keyword.toUpperCase() === "ENTRYPOINT";
  // Some shells become the program where there is no more to do than to start it.
  const signals = isSingle(script)
    ? "may keep signals from the program"
    : "does not pass signals on, so the program is killed rather than stopped";
  const why = isEntrypoint ? `ignores the words of \`CMD\` and ${signals}` : signals;
  const todo = plainCommand(script) === undefined ? "let the shell `exec` its last command" : "write it in exec form";
  return `${name} runs in a shell, which ${why}: ${todo}.`;
}

/** One command, with those in its substitutions. */
function isSingle({ commands: [first, ...others] }: ShellScript): boolean {
  return first?.depth === 0 && others.every(({ span }) => span.end <= first.span.end);
}

function fixesFor(model: DockerfileModel, instruction: CommandInstruction, script: ShellScript): readonly Fix[] {
  const { argumentsSpan } = instruction;
  // Comments between the lines would be lost.
  if (model.comments.some(({ span }) => touches(span, argumentsSpan))) return [];
  const words = plainCommand(script);
  if (words !== undefined) {
    const edit = replaceArguments(model, instruction, toExecForm(words));
    return [{ title: "Write it in exec form (no shell is left to expand anything)", safety: "review", edits: [edit] }];
  }
  const at = placeOfExec(script, argumentsSpan.end);
  if (at === undefined) return [];
  const title = "Let the shell `exec` its last command (which then is process 1 and gets the signals itself)";
  return [{ title, safety: "review", edits: [insert(at, "exec ")] }];
}

/** Where `exec` goes: in front of the last command, if it is a program that follows the others. */
function placeOfExec(script: ShellScript, end: number): number | undefined {
  const last = lastCommand(script);
  if (last === undefined || script.broken || script.end < end) return undefined;
  if (last.joined === "|" || last.joined === "||" || last.joined === "&") return undefined;
  const beyond = Math.max(last.span.end, ...last.redirects.map(({ span }) => span.end));
  if (script.end > beyond) return undefined;
  const first = last.prefixWords[0] ?? last.words[0];
  return first === undefined || isBuiltin(first) || last.prefixes.includes("time") ? undefined : first.span.start;
}
