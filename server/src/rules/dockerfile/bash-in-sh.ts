import { defineInstructionRule, type EditFix } from "../../engine/rule.ts";
import { insertBefore } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellScript } from "../../languages/shell/model.ts";
import { type Bashism, bashisms } from "./shared/bashisms.ts";
import { isToldByShellCheck, judgedScriptOf } from "./shared/checked-scripts.ts";
import { dialectOf, readScripts } from "./shared/shell-dialect.ts";
import { portableForm } from "./shared/portable-shell.ts";

export default defineInstructionRule({
  slug: "bash-in-sh",
  summary: "A `RUN` uses what only bash knows, and a smaller shell reads it.",
  why: `\`RUN\` hands its text to \`/bin/sh\`. On Debian and Ubuntu that is dash, on Alpine the ash of busybox; neither is bash. Some of what bash has ends the step
(\`source: not found\`), which is the better case. The rest passes for something else: \`mkdir -p app/{logs,data}\` makes one folder with braces in its name,
\`if [[ … ]]\` is never true, \`cmd &> log\` runs in the background, and \`$RANDOM\` is empty. The image is built, and wrong.

Most of it has a form that every shell knows. Where a step needs bash, \`SHELL ["/bin/bash", "-c"]\` says so for all that follow; Alpine has to install it first.
On the Red Hat family \`/bin/sh\` is bash, and images that are not known are not judged.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:SC2039",
    "hadolint:SC3010",
    "hadolint:SC3014",
    "hadolint:SC3020",
    "hadolint:SC3028",
    "hadolint:SC3030",
    "hadolint:SC3037",
    "hadolint:SC3040",
    "hadolint:SC3044",
    "hadolint:SC3046",
    "hadolint:SC3009",
    "hadolint:SC3011",
    "hadolint:SC3051",
  ],
  references: [
    "https://docs.docker.com/reference/dockerfile/#shell",
    "https://manpages.debian.org/stable/dash/dash.1.en.html",
    "https://mywiki.wooledge.org/Bashism",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:13.1-slim\nRUN mkdir -p /opt/{tools,docs}\nUSER nobody\n",
      good: "FROM debian:13.1-slim\nRUN mkdir -p /opt/tools /opt/docs\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => run.script !== undefined && isForBash(run.script),
  reads: "workspace",
  *check(run, model, _options, workspace) {
    const asked = judgedScriptOf(run, model, workspace);
    for (const { script, dialect, direct } of readScripts(run)) {
      if (dialect !== "dash" && dialect !== "ash") continue;
      const told = new Set<string>();
      for (const found of bashisms(script, dialect)) {
        // One line for each kind is enough to know what shell it is written for.
        if (told.has(found.what) || isOwn(run, found)) continue;
        if (isToldByShellCheck(found.span, /^SC(?:2039|211[23]|3\d{3})$/, asked)) continue;
        told.add(found.what);
        yield {
          at: found.span,
          message: `${found.said}, and \`/bin/sh\` is ${dialect === "dash" ? "dash" : "busybox's ash"} here: ${found.instead}.`,
          fixes: () => [...portable(model, run, found), ...(direct ? withBash(model, run) : [])],
        };
      }
    }
  },
});

/** Whether there is any in a script or those it runs, by the shell that knows least. */
function isForBash(script: ShellScript): boolean {
  return (
    bashisms(script, "dash").next().done !== true ||
    script.commands.some(({ inner }) => inner !== undefined && isForBash(inner))
  );
}

/** A variable of bash's that the file sets itself. */
function isOwn(run: RunInstruction, { variable }: Bashism): boolean {
  return variable !== undefined && run.isSet(variable);
}

function portable(model: DockerfileModel, run: RunInstruction, found: Bashism): readonly EditFix[] {
  const form = portableForm(found, model.text.slice(found.span.start, run.span.end));
  if (form === undefined) return [];
  return [{ title: form.title, safety: "review", edits: form.edits }];
}

/** Where the image has bash, and nothing names another shell. */
function withBash(model: DockerfileModel, run: RunInstruction): readonly EditFix[] {
  const { stage, onbuild, heredocs } = run;
  if (stage?.baseFacts?.bash !== true || onbuild || run.shell !== undefined) return [];
  if (heredocs.length > 0 && /^\s*#!/.test(heredocs[0]?.body ?? "")) return [];
  const first = stage.instructions.find(
    (other) =>
      other.name === "RUN" &&
      other.shell === undefined &&
      other.script !== undefined &&
      isNotBash(other) &&
      bashisms(other.script, "dash").next().done !== true,
  );
  const line = 'SHELL ["/bin/bash", "-c"]';
  return [
    {
      title: `Add \`${line}\` (all that follows runs in bash, the shell form of CMD and ENTRYPOINT too)`,
      safety: "review",
      edits: [insertBefore(model, first ?? run, [line], "keep")],
    },
  ];
}

function isNotBash(run: RunInstruction): boolean {
  const dialect = dialectOf(run);
  return dialect === "dash" || dialect === "ash";
}
