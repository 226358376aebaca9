import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { removeCommand, removeInstruction } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction, TransferInstruction } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellWord } from "../../languages/shell/model.ts";
import { insert } from "../../text/edit.ts";
import { cover } from "../../text/span.ts";
import { type Covering, coveringCopies } from "./shared/copied-paths.ts";
import { openMode } from "./shared/modes.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "chmod-after-copy",
  summary: "A `RUN` changes the mode or owner of files that a `COPY` brought, which doubles them in the image.",
  why: `A layer holds whole files: where \`chmod\` or \`chown\` touches one that came in the layer below, all of it is stored, pulled and unpacked once more. For
\`chown -R\` on an application or its \`node_modules\` that is often hundreds of megabytes, and minutes of the build.

\`COPY --chown=app:app\` and \`COPY --chmod=755\` bring them in as they shall be. They need BuildKit, and for modes as \`+x\` Dockerfile syntax 1.14. A user has to exist
before it can be named there, so create it above. For a script of a few lines it hardly matters. What a program has to write should belong to its user, and the
code that it runs should not.`,
  category: "size",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:prefer-copy-chmod"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#copy---chown---chmod",
    "https://docs.docker.com/build/building/best-practices/#add-or-copy",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nCOPY report.sh /usr/local/bin/report\nRUN chmod 755 /usr/local/bin/report\nUSER nobody\n",
      good: "FROM alpine:3.22\nCOPY --chmod=755 report.sh /usr/local/bin/report\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /chmod|chown/,
  suspects: (run) => changesIn(run).length > 0,
  *check(run, model) {
    if (run.onbuild || run.stage?.shipped === false || run.stage?.windows === true) return;
    for (const change of changesIn(run)) {
      const found = coveringsOf(model, run, change)
        .flat()
        .find(({ copy }) => copy.flag(change.flag) === undefined);
      if (found === undefined || isWritten(run, change) || isOpen(change)) continue;
      const word = change.recursive ? "all of" : "";
      const [path] = change.paths;
      yield {
        at: cover(change.command.nameSpan, change.value.span),
        message: `\`${change.command.name ?? ""}\` stores ${[word, `\`${path?.text ?? ""}\``].join(" ").trim()} in the image once more: say \`--${change.flag}\` where it is copied.`,
        // A single file is a script or a configuration more often than not.
        severity: change.recursive && found.large ? "info" : "hint",
        related: [{ at: found.copy.keywordSpan, message: "It is copied here" }],
        fixes: () => fixesFor(model, run, change),
      };
    }
  },
});

interface Change {
  readonly command: ShellCommand;
  readonly flag: "chmod" | "chown";
  readonly recursive: boolean;
  /** The mode or owner. */
  readonly value: ShellWord;
  readonly paths: readonly ShellWord[];
}

function changesIn(run: RunInstruction): readonly Change[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return script.commands.flatMap((command): readonly Change[] => {
    const { name, depth, operands, args } = command;
    if ((name !== "chmod" && name !== "chown") || depth > 0) return [];
    if (args.some(({ value }) => value?.startsWith("--reference") === true || value?.startsWith("--from") === true))
      return [];
    // `chmod -x file`: a mode that looks like an option.
    const [value, ...paths] = operands;
    if (value === undefined || paths.length === 0) return [];
    return [{ command, flag: name, recursive: command.has("-R", "--recursive"), value, paths }];
  });
}

/** What brings each of its paths. */
function coveringsOf(model: DockerfileModel, run: RunInstruction, change: Change): readonly (readonly Covering[])[] {
  const program = change.flag === "chmod" && /x|[1357]/.test(change.value.text);
  const what = change.recursive ? "tree" : program ? "program" : "file";
  return change.paths.map((path) => coveringCopies(model, run, path, what));
}

/** Whether it lets everybody write, which comes first: `world-writable` tells of it. */
function isOpen({ flag, value }: Change): boolean {
  return flag === "chmod" && value.value !== undefined && openMode(value.value) !== undefined;
}

/** Whether the same RUN changes the files themselves, so that they are stored once more in any case. */
function isWritten(run: RunInstruction, { command, paths }: Change): boolean {
  return (
    bodyOf(run)?.commands.some(
      ({ name, args, span }) =>
        span.start < command.span.start &&
        /^(?:sed|dos2unix|perl|patch|mv|cp|strip|upx)$/.test(name ?? "") &&
        args.some(({ text }) => paths.some((path) => path.text === text)),
    ) === true
  );
}

function fixesFor(model: DockerfileModel, run: RunInstruction, change: Change): readonly EditFix[] {
  const coverings = coveringsOf(model, run, change);
  const copies = [...new Set(coverings.flat().map(({ copy }) => copy))];
  const value = flagValue(change, copies);
  const { script } = run;
  if (value === undefined || script?.broken === true) return [];
  // Each path is brought by one COPY, which brings nothing else.
  if (coverings.some((found) => found.length !== 1 || (change.recursive && found[0]?.exact !== true))) return [];
  const isFit = (copy: TransferInstruction): boolean =>
    copy.flag(change.flag) === undefined &&
    copy.heredocs.length === 0 &&
    (change.recursive || coverings.filter(([found]) => found?.copy === copy).length === copy.sources.length);
  if (!copies.every(isFit) || isMadeBetween(model, copies, run, change)) return [];
  // `set -e` alone does nothing.
  const alone =
    run.heredocs.length === 0 &&
    bodyOf(run)?.commands.every((other) => other.span.start === change.command.span.start || other.name === "set") ===
      true;
  const removal = alone ? removeInstruction(model, run) : removeCommand(model, run, change.command);
  if (removal === undefined) return [];
  const flag = `--${change.flag}=${value}`;
  return [
    {
      title: `Say \`${flag}\` where it is copied (${change.recursive ? "what is there otherwise stays as it is" : "needs BuildKit"})`,
      safety: "review",
      edits: [...copies.map((copy) => insert((copy.flags.at(-1)?.span ?? copy.keywordSpan).end, ` ${flag}`)), removal],
    },
  ];
}

/** The mode or owner as COPY takes it. */
function flagValue({ flag, value, recursive }: Change, copies: readonly TransferInstruction[]): string | undefined {
  const text = value.value;
  if (text === undefined) return undefined;
  if (flag === "chown") return /^[\w.-]+(?::[\w.-]+)?$/.test(text) ? text : undefined;
  if (/^0?[0-7]{2}[0145]$/.test(text)) return text;
  // What is checked out has mode 644, or 755 already.
  const files = copies.every(({ sources, destination }) => sources.length === 1 && destination !== undefined);
  return !recursive && files && /^(?:a|ugo)?\+r?x$/.test(text) ? "755" : undefined;
}

/** Whether something between the two, or before the command in its RUN, has a part in it: makes files there, or the user. */
function isMadeBetween(
  model: DockerfileModel,
  copies: readonly TransferInstruction[],
  run: RunInstruction,
  { flag, value, recursive, command }: Change,
): boolean {
  const named = flag === "chown" && !/^\d+(?::\d+)?$/.test(value.value ?? "");
  if (!recursive && !named) return false;
  const start = Math.min(...copies.map(({ span }) => span.start));
  for (const instruction of run.stage?.instructions ?? model.instructions) {
    if (instruction.span.start < start || instruction.name !== "RUN") continue;
    if (instruction.span.start > run.span.start) break;
    if (bodyOf(instruction)?.commands.some(({ span }) => span.start < command.span.start) !== false) return true;
  }
  return false;
}
