import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import { type StartedFile, startedFiles } from "../../languages/dockerfile/started-files.ts";
import { isShell, scriptFacts, type ScriptFacts, type ShellScriptFacts } from "../../languages/shell/index.ts";
import { insert } from "../../text/edit.ts";
import { nameOf } from "../../text/path.ts";
import { type Span, shift } from "../../text/span.ts";
import type { WorkspaceView } from "../../workspace/index.ts";
import { isForDevelopment } from "./shared/development.ts";
import { isCommandInEffect } from "./shared/final-image.ts";
import { plainName } from "./shared/plain-command.ts";

export default defineInstructionRule({
  slug: "entrypoint-without-exec",
  summary:
    "The script that the container starts with runs the program as its child, so that signals do not reach the program.",
  why: `A shell waits for the program it started, and does not pass on the SIGTERM that \`docker stop\`, a deployment or a scale-down sends to it. The program
works on as if nothing had happened until it is killed, with requests and writes half done, and every stop takes the whole grace period. An init such as
tini in front does not help: it ends the shell, and the program is killed with it.

\`exec\` puts the program in the shell's place. What has to happen after the program ended needs a \`trap\`, which is left alone here, as are scripts that were
not understood.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/dockerfile/#entrypoint",
    "https://docs.docker.com/build/building/best-practices/#entrypoint",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM python:3.13-slim\nCOPY --chmod=755 <<"EOF" /entrypoint.sh\n#!/bin/sh\nset -e\npython /app/prepare.py\n"$@"\nEOF\nUSER nobody\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["python", "/app/serve.py"]\n',
      good: 'FROM python:3.13-slim\nCOPY --chmod=755 <<"EOF" /entrypoint.sh\n#!/bin/sh\nset -e\npython /app/prepare.py\nexec "$@"\nEOF\nUSER nobody\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["python", "/app/serve.py"]\n',
    },
  ],
  reads: "workspace",
  instructions: ["ENTRYPOINT", "CMD"],
  suspects: ({ words }) => words.some(({ value }) => /sh\b|\/|^[\w.-]+$/.test(value)),
  *check(instruction, model, _options, workspace) {
    const stage = instruction.stage;
    if (stage === undefined || stage.windows || !isCommandInEffect(instruction, model)) return;
    if (isForDevelopment(workspace.path, stage) || passesOn(instruction.elements ?? [])) return;
    for (const file of startedFiles(model.finalStage ?? stage)) {
      if (file.instruction !== instruction) continue;
      const script = scriptOf(file, workspace);
      const fault = script?.shell === undefined ? undefined : faultOf(script.shell);
      if (script === undefined || fault === undefined) continue;
      const name = nameOf(file.path);
      yield {
        at: file.span,
        message: `\`${name}\` starts ${fault.what} as a child, which the signal to stop does not reach: write \`exec\` in front of it there.`,
        related: [
          {
            at: shift(fault.at, script.start ?? 0),
            message: "Started here, without `exec`",
            ...(script.path === undefined ? {} : { path: script.path }),
          },
        ],
        fixes: () => (script.start === undefined ? [] : inHeredoc(model, fault.at.start + script.start, name)),
      };
    }
  },
});

interface FoundScript extends ScriptFacts {
  /** In the build context. */
  readonly path?: string;
  /** Where in this file its text begins. */
  readonly start?: number;
}

function scriptOf({ path, origin }: StartedFile, workspace: WorkspaceView): FoundScript | undefined {
  if (origin.type === "context") {
    const found = workspace.script(origin.path);
    return found === "unknown" ? undefined : found;
  }
  const { body, bodySpan, strip, quoted } = origin.heredoc;
  // The builder changes the text of the others, and places in it.
  if (strip || (!quoted && body.includes("$"))) return undefined;
  return { ...scriptFacts(path, body), start: bodySpan.start };
}

interface Fault {
  readonly what: string;
  readonly at: Span;
}

/** The last thing the script does is to run a program, and no `exec` is anywhere in it. */
function faultOf({ exec, traps, runsArguments, last }: ShellScriptFacts): Fault | undefined {
  if (exec !== "never" || traps || last?.ends !== true) return undefined;
  const { name, at } = last;
  if (name === undefined) return runsArguments ? { what: "its arguments", at } : undefined;
  return !plainName(name) || isShell(name) || endsByItself.test(name) ? undefined : { what: `\`${name}\``, at };
}

const endsByItself =
  /^(?:basename|cat|chmod|chown|cp|curl|date|dirname|du|env|find|git|grep|gzip|hostname|id|jq|kill|ln|ls|make|mkdir|mktemp|mv|pg_dump|pg_restore|psql|mysql|mysqldump|rm|rsync|scp|sed|service|sleep|sort|ssh|systemctl|tail|tar|tee|touch|tr|uname|unzip|wait|wget|which|whoami|zip|aws|gsutil|kubectl|helm|terraform)$/;

/** The signal is for every process then. */
function passesOn(words: readonly string[]): boolean {
  return words.some(
    (word, index) =>
      nameOf(word) === "dumb-init" ||
      (/^(?:tini(?:-static)?|catatonit)$/.test(nameOf(word)) && /^-\w*g\w*$/.test(words[index + 1] ?? "")),
  );
}

function inHeredoc({ text }: DockerfileModel, at: number, name: string): readonly Fix[] {
  // `exec` stands behind variables, and takes none.
  if (/^\w+=/.test(text.slice(at, at + 80))) return [];
  const title = `Write \`exec\` in front of it in \`${name}\` (nothing of the script runs behind it)`;
  return [{ title, safety: "review", edits: [insert(at, "exec ")] }];
}
