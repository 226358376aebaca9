import { type EditFix, type Problem, defineRule } from "../../engine/rule.ts";
import type { DockerfileModel, Instruction, RunInstruction } from "../../languages/dockerfile/model.ts";
import { type TextEdit, replace } from "../../text/edit.ts";
import { shippedRows } from "./shared/rows.ts";

export default defineRule("dockerfile", {
  slug: "consecutive-runs",
  summary: "Several `RUN`s of one command each stand in a row.",
  why: `Each \`RUN\` makes a layer: what one of them writes and a later one deletes stays in the image, and each layer is one more to store, pull and unpack.

The other side: BuildKit remembers a step that did not change, so that steps apart are quick to work on and tell which of them failed. Joining them is worth it where one
cleans up behind another, and once a file has settled; it hardly matters elsewhere, and not at all in stages that do not reach the final image. In a
\`RUN <<EOF\` several commands need no \`&&\`.`,
  category: "size",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3059",
    "kics:multiple_run_add_copy_instructions_listed",
    "sonar:S7031",
    "droast:DF003",
    "tally:prefer-run-heredoc",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#run",
    "https://docs.docker.com/build/building/multi-stage/",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nRUN mkdir /srv/app\nRUN mkfifo /srv/app/events\nUSER nobody\n",
      good: "FROM alpine:3.22\nRUN mkdir /srv/app \\\n    && mkfifo /srv/app/events\nUSER nobody\n",
    },
  ],
  *check(model) {
    for (const row of shippedRows(model, isSingle, sameFlags)) yield problem(model, row);
  },
});

/** Whether it does one thing alone; one that does more was put together already. */
function isSingle(instruction: Instruction): instruction is RunInstruction {
  if (instruction.name !== "RUN" || instruction.heredocs.length > 0) return false;
  if (instruction.form === "exec") return true;
  const { script } = instruction;
  return script !== undefined && !script.broken && script.commands.filter(({ depth }) => depth === 0).length <= 1;
}

function sameFlags(a: RunInstruction, b: RunInstruction): boolean {
  return a.flags.map(written).join(" ") === b.flags.map(written).join(" ") && a.shell === b.shell;
}

function written({ name, value }: RunInstruction["flags"][number]): string {
  return `${name}=${value ?? ""}`;
}

function problem(model: DockerfileModel, row: readonly [RunInstruction, ...RunInstruction[]]): Problem {
  const [first, ...others] = row;
  return {
    at: first.keywordSpan,
    message: `Each of these ${row.length} \`RUN\`s makes a layer of its own: join those that belong together by \`&&\`.`,
    related: others.map(({ keywordSpan }) => ({ at: keywordSpan, message: "Another layer" })),
    fixes: () => fixesFor(model, row),
  };
}

function fixesFor(model: DockerfileModel, row: readonly RunInstruction[]): readonly EditFix[] {
  const edits = row.flatMap((run, index) => {
    const next = row[index + 1];
    return next === undefined ? [] : [joint(model, run, next)];
  });
  const complete = edits.filter((edit) => edit !== undefined);
  if (complete.length < edits.length || row.some((run) => !isJoinable(model, run))) return [];
  return [
    {
      title: `Join these ${row.length} \`RUN\`s (a change to one of them then repeats all)`,
      safety: "review",
      edits: complete,
    },
  ];
}

/** Whether what follows it would be carried out the same way behind an `&&`. */
function isJoinable(model: DockerfileModel, run: RunInstruction): boolean {
  const { script, span } = run;
  if (run.form === "exec" || script === undefined || script.commands.length === 0) return false;
  if (/#|;\s*$|&\s*$/.test(model.text.slice(run.argumentsSpan.start, span.end))) return false;
  return !script.commands.some(
    ({ name, assignments, words }) =>
      /^(?:cd|pushd|export|set|unset|exec|exit|trap|umask|shopt|source|\.|alias)$/.test(name ?? "") ||
      (assignments.length > 0 && words.length === 0),
  );
}

/** Puts `&&` in place of what lies between two RUNs; comments there stay. */
function joint(model: DockerfileModel, run: RunInstruction, next: RunInstruction): TextEdit | undefined {
  const { escape, lineEnding, text } = model;
  const end = run.argumentsSpan.end;
  const between = text.slice(end, next.span.start);
  if (between.split(/\r?\n/).some((line) => line.trim() !== "" && !line.trim().startsWith("#"))) return undefined;
  const comments = between.split(/\r?\n/).filter((line) => line.trim() !== "");
  return replace(
    { start: end, end: next.argumentsSpan.start },
    [` ${escape}`, ...comments, "    && "].join(lineEnding),
  );
}
