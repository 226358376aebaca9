import { type EditFix, type Problem, defineInstructionRule } from "../../engine/rule.ts";
import { insertAfter, insertBefore, removeCommand, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript } from "../../languages/shell/model.ts";
import { joinPath } from "../../text/path.ts";
import { cover } from "../../text/span.ts";
import { instructionsBefore } from "./shared/run-bodies.ts";
import { type WorkingDirectory, workingDirectoryAfter } from "../../languages/dockerfile/working-directory.ts";

export default defineInstructionRule({
  slug: "cd-instead-of-workdir",
  summary: "A `RUN` changes the directory, which `WORKDIR` is for.",
  why: `Each \`RUN\` starts in the \`WORKDIR\`, whatever the one before it did. A \`cd\` at the end of a \`RUN\` is therefore lost, and what follows happens in another
directory than its author thinks. A \`cd\` at the start works, but has to be repeated in each \`RUN\`, and a \`COPY\` beside it does not follow it.

A \`cd\` into a directory that is only there for a moment, to unpack or compile something, is fine: those in the middle of a \`RUN\`, in a subshell, or into
\`/tmp\` and \`/usr/src\` are not reported.`,
  category: "correctness",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3003",
    "trivy:DS-0013",
    "kics:run_command_cd_instead_of_workdir",
    "semgrep:use-workdir",
    "droast:DF008",
  ],
  references: ["https://docs.docker.com/build/building/best-practices/#workdir"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23\nRUN cd /srv/report && ./setup.sh\nUSER nobody\n",
      good: "FROM alpine:3.23\nWORKDIR /srv/report\nRUN ./setup.sh\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /\bcd\b/,
  suspects: (run) => run.script?.commands.some(({ name, depth }) => name === "cd" && depth === 0) === true,
  *check(run, model) {
    const { script } = run;
    if (script === undefined || script.broken) return;
    const found = lost(model, run, script) ?? leading(model, run, script);
    if (found !== undefined) yield found;
  },
});

/** A `cd` with nothing behind it. */
function lost(model: DockerfileModel, run: RunInstruction, script: ShellScript): Problem | undefined {
  const last = script.commands.at(-1);
  if (last?.name !== "cd" || last.depth > 0 || last.joined === "||" || last.joined === "|") return undefined;
  const path = pathOf(last);
  if (path === undefined) return undefined;
  const target = targetOf(path, standsIn(model, run));
  const line = `WORKDIR ${target ?? ""}`;
  const alone = script.commands.length === 1 && run.flags.length === 0 && run.heredocs.length === 0;
  const fixes = (): readonly EditFix[] => {
    const removal = alone ? replaceWord(run, line) : removeCommand(model, run, last);
    if (removal === undefined || target === undefined || run.onbuild) return [];
    const title = alone ? `Change it to \`${line}\`` : `Put \`${line}\` behind this \`RUN\``;
    const edits = alone ? [removal] : [removal, insertAfter(model, run, [line])];
    return [{ title: `${title} (what follows then happens there)`, safety: "review", edits }];
  };
  return {
    at: cover(last.nameSpan, last.args[0]?.span ?? last.nameSpan),
    message: `\`cd ${path}\` is forgotten at the end of this \`RUN\`: use \`WORKDIR ${target ?? path}\`.`,
    // Nobody writes a line that does nothing on purpose.
    severity: "warning",
    fixes,
  };
}

/** A `cd` before all that a RUN does. */
function leading(model: DockerfileModel, run: RunInstruction, script: ShellScript): Problem | undefined {
  const [first, second] = script.commands.filter(({ name, depth }) => name !== "set" || depth > 0);
  if (first?.name !== "cd" || first.depth > 0 || second === undefined) return undefined;
  if (second.depth === 0 && second.joined !== "&&" && second.joined !== ";" && second.joined !== "\n") return undefined;
  if (script.commands.some((command) => command !== first && leaves(command))) return undefined;
  const path = pathOf(first);
  if (path === undefined || isPassing(path, first, script.commands)) return undefined;
  const directory = standsIn(model, run);
  const target = targetOf(path, directory);
  const fixes = (): readonly EditFix[] => {
    const removal = removeCommand(model, run, first);
    if (target === undefined || removal === undefined || run.onbuild) return [];
    const back = directory?.certain === true && hasFollowers(run) ? directory.path : undefined;
    const title =
      back === undefined
        ? `Put \`WORKDIR ${target}\` before this \`RUN\` (what follows then happens there, too)`
        : `Put \`WORKDIR ${target}\` before this \`RUN\`, and \`WORKDIR ${back}\` behind it`;
    const edits = [insertBefore(model, run, [`WORKDIR ${target}`], "keep"), removal];
    return [
      {
        title,
        safety: "review",
        edits: back === undefined ? edits : [...edits, insertAfter(model, run, [`WORKDIR ${back}`])],
      },
    ];
  };
  return {
    at: cover(first.nameSpan, first.args[0]?.span ?? first.nameSpan),
    message: `\`cd ${path}\` holds for this \`RUN\` only: say \`WORKDIR ${target ?? path}\` before it.`,
    fixes,
  };
}

/** Where it goes; `undefined` where that is unknown, or where it came from. */
function pathOf(command: ShellCommand): string | undefined {
  const [operand] = command.operands;
  const path = operand?.value;
  if (path === undefined || command.operands.length > 1 || command.args.length > 1) return undefined;
  return /^(?:-|~.*|\.|\.\.(?:\/.*)?|)$|[\s*?"'\\$]/.test(path) ? undefined : path;
}

function leaves({ name }: ShellCommand): boolean {
  return name === "cd" || name === "pushd" || name === "popd";
}

/** A place that is made, filled and left behind in this RUN. */
function isPassing(path: string, cd: ShellCommand, commands: readonly ShellCommand[]): boolean {
  if (/^\/(?:tmp|var\/tmp|usr\/src|usr\/local\/src|dev\/shm)(?:\/|$)/.test(path)) return true;
  return commands.some(
    (command) => command !== cd && command.name === "rm" && command.operands.some(({ text }) => text.includes(path)),
  );
}

function standsIn(model: DockerfileModel, run: RunInstruction): WorkingDirectory | undefined {
  return workingDirectoryAfter(instructionsBefore(model, run));
}

function targetOf(path: string, directory: WorkingDirectory | undefined): string | undefined {
  if (path.startsWith("/")) return joinPath("/", path);
  return directory?.certain === true ? joinPath(directory.path, path) : undefined;
}

/** Whether an instruction behind it, before the next absolute WORKDIR, depends on where the builder stands. */
function hasFollowers(run: RunInstruction): boolean {
  for (const instruction of run.stage?.instructions ?? []) {
    if (instruction.span.start <= run.span.start) continue;
    const { name, words } = instruction;
    if (name === "WORKDIR" && words[0]?.value.startsWith("/") === true) return false;
    if (/^(?:RUN|COPY|ADD|CMD|ENTRYPOINT|WORKDIR)$/.test(name)) return true;
  }
  return false;
}
