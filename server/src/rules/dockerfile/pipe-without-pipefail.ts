import { type EditFix, type Problem, defineInstructionRule } from "../../engine/rule.ts";
import { baseImageOf } from "../../knowledge/base-images/index.ts";
import { insertBefore, replaceArguments, toExecForm } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction, Stage } from "../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellPipeline, ShellScript } from "../../languages/shell/model.ts";
import { contains } from "../../text/span.ts";
import { hasPipefail, shebangOf } from "./shared/pipefail.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "pipe-without-pipefail",
  summary: "A command in a pipe may fail without failing the build.",
  why: `A pipe's result is that of its last command. In \`wget -O - … | sh\` or \`curl … | tee file\` a download that fails leaves an empty stream, the step
succeeds, and the image is shipped without what it should hold. With \`pipefail\` the first failure counts. A program that refuses an empty stream, as \`tar\`,
\`gpg\` and \`sha256sum -c\` do, stops the build by itself, if with an error that leads elsewhere: such a pipe gets a hint.

\`/bin/sh\` on Debian and Ubuntu does not know the option; bash and the ash of Alpine do, so \`SHELL\` has to name one of these. The other side: a command that is
cut short on purpose, as in \`… | head -n 1\` or \`… | grep -q x\`, then fails the step as well; end such a pipe with \`|| true\`, or give it a \`RUN\` before
the \`SHELL\`. Pipes in a condition and pipes that only \`echo\` something are not reported.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL4006",
    "kics:shell_running_a_pipe_without_pipefail_flag",
    "droast:DF057",
    "semgrep:set-pipefail",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#using-pipes",
    "https://docs.docker.com/reference/dockerfile/#shell",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23\nRUN wget -q -O - https://example.com/geo.csv.gz | gunzip > /geo.csv\nUSER nobody\n",
      good: 'FROM alpine:3.23\nSHELL ["/bin/ash", "-o", "pipefail", "-c"]\nRUN wget -q -O - https://example.com/geo.csv.gz | gunzip > /geo.csv\nUSER nobody\n',
    },
  ],
  instructions: ["RUN"],
  mentions: /\|/,
  suspects: (run) => {
    const script = bodyOf(run);
    return script !== undefined && hasPipe(script);
  },
  *check(run, model) {
    const found = worst(run, model);
    if (found === undefined) return;
    yield problem(found.pipeline, () => {
      const fix = isMendable(run, found) ? fixFor(model, run) : undefined;
      return fix === undefined ? [] : [fix];
    });
  },
});

function hasPipe(script: ShellScript): boolean {
  return (
    script.pipelines.some((pipeline) => mayFail(pipeline, script)) ||
    script.commands.some(({ inner }) => inner !== undefined && hasPipe(inner))
  );
}

/** The pipe of a RUN to tell of: one that downloads, and into what takes anything where there is such a one; else the first. */
function worst(run: RunInstruction, model: DockerfileModel): Found | undefined {
  const script = bodyOf(run);
  if (script === undefined) return undefined;
  const all = [...unguarded(script, hasPipefail(run), model.text)];
  return all.find(({ pipeline }) => isSilent(pipeline)) ?? all.find(({ pipeline }) => downloads(pipeline)) ?? all[0];
}

/** Whether a `SHELL` would set it right. */
function isMendable(run: RunInstruction, { direct }: Found): boolean {
  return direct && run.form === "shell" && !run.onbuild && shebangOf(run) === undefined;
}

function problem(pipeline: ShellPipeline, fixes: () => readonly EditFix[]): Problem {
  const [left] = pipeline.commands;
  // Behind a single command there is a loop or a group.
  const last = pipeline.commands.length > 1 ? pipeline.commands.at(-1) : undefined;
  const right = pipeline.commands.find(({ joined }) => joined === "|");
  const starts = left?.span.start === pipeline.span.start;
  const name = starts ? pipeline.commands.find((command) => command !== last && !cannotFail(command))?.name : undefined;
  const then =
    last?.name !== undefined && refusesNothing(last) ? `only \`${last.name}\` can stop the build` : "the build goes on";
  return {
    at: right?.joinSpan ?? left?.nameSpan ?? pipeline.span,
    message:
      name === undefined
        ? "Of this pipe only the last command can fail the build: set `pipefail`."
        : `If \`${name}\` fails, ${then}, as only the last command of a pipe counts: set \`pipefail\`.`,
    severity: isSilent(pipeline) ? "info" : "hint",
    fixes,
  };
}

/** Whether a failure is likely and stays unseen. What only reads local files hardly fails one day and not the other. */
function isSilent(pipeline: ShellPipeline): boolean {
  const last = pipeline.commands.at(-1);
  return downloads(pipeline) && !(last !== undefined && refusesNothing(last));
}

/** Whether a program fails on an empty stream. */
function refusesNothing(command: ShellCommand): boolean {
  const { name } = command;
  if (name === undefined) return false;
  if (/^(?:tar|gunzip|bunzip2|unxz|gpg2?|apt-key)$/.test(name)) return true;
  if (/^(?:gzip|bzip2|xz)$/.test(name)) return command.has("-d", "--decompress");
  return /^(?:(?:sha\d*|md5|b2)sum|shasum)$/.test(name) && command.has("-c", "--check");
}

function downloads({ commands }: ShellPipeline): boolean {
  return commands.some(({ name }) => name !== undefined && network.has(name));
}

interface Found {
  readonly pipeline: ShellPipeline;
  /** Run by the RUN's own shell, not by one that it starts. */
  readonly direct: boolean;
}

/** The pipes in which a failure gets lost; `on` where the shell was started with the option. */
function* unguarded(script: ShellScript, on: boolean, text: string, direct = true): Generator<Found> {
  for (const pipeline of script.pipelines) {
    if (on || script.pipefailAt(pipeline.span.start) || isTolerated(pipeline, script, text)) continue;
    if (mayFail(pipeline, script)) yield { pipeline, direct };
  }
  for (const command of script.commands) {
    if (command.inner === undefined) continue;
    const inherited = command.name === "eval" && (on || script.pipefailAt(command.span.start));
    const told = command.args.some(({ value }) => value === "pipefail");
    yield* unguarded(command.inner, inherited || told, text, false);
  }
}

const network: ReadonlySet<string> = new Set("curl wget aria2c git ssh scp rsync aws gsutil gcloud az http".split(" "));

const harmless: ReadonlySet<string> = new Set(["echo", "printf", "yes", "true", ":"]);

/** They take what they are given, behind a pipe. */
const filters: ReadonlySet<string> = new Set(["tr", "rev", "cut", "sort", "uniq", "head", "tail", "wc", "fold"]);

function cannotFail(command: ShellCommand): boolean {
  const { name, operands, redirects, joined } = command;
  if (name === undefined) return false;
  if (joined === "|" && filters.has(name)) return true;
  // `cat <<EOF | …`
  return (
    harmless.has(name) ||
    (name === "cat" && operands.length === 0 && redirects.some(({ operator }) => operator.startsWith("<<")))
  );
}

function mayFail({ commands, span }: ShellPipeline, script: ShellScript): boolean {
  const [first] = commands;
  const last = commands.at(-1);
  if (commands.some((command) => command !== last && !cannotFail(command))) return true;
  // Behind the only command there is a loop or a group, which comes last.
  if (first?.span.start === span.start && first === last) return !cannotFail(first);
  return script.commands.some(
    (command) =>
      contains(span, command.span) &&
      !(command === last && last.joined === "|") &&
      !cannotFail(command) &&
      // The result of a substitution is lost with `pipefail` as well: `echo "$(cat sum)" | sha256sum -c`.
      !commands.some(({ words }) => words.some((word) => contains(word.span, command.span))),
  );
}

/** Whether its result is asked for, a failure is allowed, or nobody looks at either: `if a | b`, `a | b || true`, `echo "$(a | b)"`. */
function isTolerated({ span, commands }: ShellPipeline, script: ShellScript, text: string): boolean {
  if (text[span.start] === "!") return true;
  if (
    /(?:^|[\s;&|(])(?:if|elif|while|until)(?:\s|\\)*(?:!(?:\s|\\)*)?$/.test(
      text.slice(Math.max(0, span.start - 60), span.start),
    )
  )
    return true;
  if (/^[\s\\)]*\|\|/.test(text.slice(span.end, span.end + 60))) return true;
  if (commands.every(({ depth }) => depth === 0)) return false;
  return script.commands.some(({ words }) => words.some((word) => contains(word.span, span)));
}

function fixFor(model: DockerfileModel, run: RunInstruction): EditFix | undefined {
  if (run.stage === undefined || answersYes(run.stage, firstOf(model, run))) return undefined;
  if (run.shell !== undefined) return tellShell(model, run, run.stage);
  const image = run.stage.baseImage && baseImageOf(run.stage.baseImage);
  const shell = image?.bash === true ? "/bin/bash" : image?.os === "alpine" ? "/bin/ash" : undefined;
  if (shell === undefined) return undefined;
  const line = `SHELL ${toExecForm([shell, "-o", "pipefail", "-c"])}`;
  return {
    title: `Add \`${line}\` (all that follows runs in it; a pipe into \`head\` or \`grep -q\` may then fail)`,
    safety: "review",
    edits: [insertBefore(model, firstOf(model, run), [line], "keep")],
  };
}

/** Whether a RUN from here on has a `yes | …`, which always ends by a signal, so that the option would break it. */
function answersYes({ instructions }: Stage, from: RunInstruction): boolean {
  return instructions.some(
    (step) =>
      step.name === "RUN" &&
      step.span.start >= from.span.start &&
      bodyOf(step)?.pipelines.some(({ commands }) => commands[0]?.name === "yes") === true,
  );
}

/** The first RUN of the stage that needs it: one SHELL serves them all. */
function firstOf(model: DockerfileModel, run: RunInstruction): RunInstruction {
  for (const other of run.stage?.instructions ?? []) {
    if (other === run) break;
    if (other.name !== "RUN" || other.shell !== undefined) continue;
    const found = worst(other, model);
    if (found !== undefined && isMendable(other, found)) return other;
  }
  return run;
}

/** Gives the option to the bash that a SHELL before it names. */
function tellShell(model: DockerfileModel, run: RunInstruction, stage: Stage): EditFix | undefined {
  const before = stage.history.filter(({ span }) => span.start < run.span.start);
  const shell = before.findLast(({ name }) => name === "SHELL");
  if (shell?.name !== "SHELL" || shell.stage !== stage) return undefined;
  const [program, ...options] = shell.elements ?? [];
  if (program === undefined || !/(?:^|\/)bash$/.test(program) || options.at(-1) !== "-c") return undefined;
  return {
    title: "Give `-o pipefail` to this `SHELL` (a pipe into `head` or `grep -q` may then fail)",
    safety: "review",
    edits: [replaceArguments(model, shell, toExecForm([program, "-o", "pipefail", ...options]))],
  };
}
