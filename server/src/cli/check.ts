import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Severity } from "../engine/rule.ts";
import type { Linter } from "../linter.ts";
import { type AbsoluteBaseline, readBaseline, writeBaseline } from "./baseline-file.ts";
import { type CheckOptions, checkOptions } from "./check-options.ts";
import { checkProject, type ProjectOutcome } from "./check-project.ts";
import { type Configs, configsFor } from "./config-files.ts";
import { checkHelp } from "./help.ts";
import { type Paint, paintFor } from "./paint.ts";
import { shownFrom } from "./paths.ts";
import { type Progress, progressOn } from "./progress.ts";
import { openProject, type Project } from "./project.ts";
import { githubReport } from "./reporters/github.ts";
import { jsonReport } from "./reporters/json.ts";
import { sarifReport } from "./reporters/sarif.ts";
import { stylishReport } from "./reporters/stylish.ts";
import { type CheckResult, summaryOf } from "./result.ts";
import type { ExitCode, Terminal } from "./terminal.ts";
import { reasonOf } from "./walk.ts";
import { printable } from "./width.ts";

/** `seaworthy check`. */
export async function check(argv: readonly string[], terminal: Terminal, linter: Linter): Promise<ExitCode> {
  const options = checkOptions(argv, terminal.env);
  if (options === "help") {
    terminal.output.write(checkHelp());
    return 0;
  }
  if ("misuse" in options) return misuse(terminal, options.misuse);

  const missing = options.paths.find((path) => path !== "-" && !existsSync(resolve(terminal.cwd, path)));
  if (options.stdinFilename === undefined && missing !== undefined) {
    return misuse(terminal, `no such file or folder: ${missing}`);
  }
  const absolute = (path: string): string => resolve(terminal.cwd, path);

  let accepted: AbsoluteBaseline | undefined;
  if (options.baseline !== undefined) {
    try {
      const { baseline, problems } = readBaseline(absolute(options.baseline));
      if (problems.length > 0) return misuse(terminal, `${options.baseline}: ${problems.join("; ")}`);
      accepted = baseline;
    } catch (error) {
      return misuse(terminal, `${options.baseline}: ${reasonOf(error)}`);
    }
  }

  const configs = configsFor({
    rules: linter.rules,
    cwd: terminal.cwd,
    given: options.config === undefined ? undefined : absolute(options.config),
    overrides: options.preset === undefined ? {} : { preset: options.preset },
  });
  const progress = progressOn(terminal);
  const outcomes: ProjectOutcome[] = [];
  const input = options.stdinFilename === undefined ? undefined : (await terminal.readInput()).replace(/^\ufeff/, "");
  for (const project of projects(options, input, terminal, configs, progress)) {
    const opened = project();
    if (configs.problems.some((problem) => problem.severity === "error")) break;
    outcomes.push(
      checkProject({
        project: opened,
        linter,
        cwd: terminal.cwd,
        baseline: accepted,
        fix: options.fix,
        mode: options.diff ? "diff" : options.stdinFilename !== undefined ? "print" : "write",
        record: options.writeBaseline !== undefined,
        onFile: (done, total) => progress.step(() => `Checking file ${done} of ${total}`),
      }),
    );
  }
  progress.done();

  const paint = paintFor({ noColor: options.noColor, interactive: terminal.messages.interactive }, terminal.env);
  if (!tellConfigProblems(configs, terminal, paint)) return 2;
  return conclude(outcomes, input, options, terminal, linter);
}

/** Opens one project after the other, each only when its turn has come, so that one is in memory at a time. */
function projects(
  options: CheckOptions,
  input: string | undefined,
  terminal: Terminal,
  configs: Configs,
  progress: Progress,
): readonly (() => Project)[] {
  const { cwd } = terminal;
  const onFile = (met: number): void => progress.step(() => `Reading files: ${met}`);
  if (options.stdinFilename !== undefined && input !== undefined) {
    const path = resolve(cwd, options.stdinFilename);
    const text = input;
    return [() => openProject({ operand: path, cwd, configs, onFile, given: { path, text } })];
  }
  const operands = [...new Set(options.paths.map((path) => resolve(cwd, path)))];
  return operands.map((operand) => () => openProject({ operand, cwd, configs, onFile }));
}

/** Whether the check may count: a config file that was not understood would make it say something else than was meant. */
function tellConfigProblems(configs: Configs, terminal: Terminal, paint: Paint): boolean {
  let usable = true;
  for (const problem of configs.problems) {
    const place = problem.line === 0 ? "" : `:${problem.line}:${problem.column}`;
    const severity = paint(problem.severity === "error" ? "red" : "yellow", problem.severity);
    const path = shownFrom(terminal.cwd, problem.path);
    terminal.messages.write(`${path}${place}: ${severity}: ${printable(problem.message)}\n`);
    if (problem.severity === "error") usable = false;
  }
  return usable;
}

function conclude(
  outcomes: readonly ProjectOutcome[],
  input: string | undefined,
  options: CheckOptions,
  terminal: Terminal,
  linter: Linter,
): ExitCode {
  const tell = (line: string): void => terminal.messages.write(`seaworthy: ${printable(line)}\n`);
  // a rule that fails does so in every round of fixing
  for (const notice of new Set(outcomes.flatMap((outcome) => outcome.notices))) tell(notice);
  if (options.diff) {
    const diffs = outcomes.flatMap((outcome) => outcome.diffs);
    for (const diff of diffs) terminal.output.write(diff);
    tell(
      diffs.length === 0
        ? "nothing to fix"
        : `${diffs.length} ${diffs.length === 1 ? "file" : "files"} would change; nothing was written`,
    );
    return diffs.length === 0 ? 0 : 1;
  }
  if (options.writeBaseline !== undefined) {
    const path = resolve(terminal.cwd, options.writeBaseline);
    try {
      const entries = new Map(outcomes.flatMap((outcome) => [...outcome.record.files]));
      const checked = new Set(outcomes.flatMap((outcome) => outcome.files.map((file) => file.absolutePath)));
      const count = writeBaseline(path, { files: entries }, checked);
      tell(`${options.writeBaseline} now accepts ${count} ${count === 1 ? "finding" : "findings"}`);
      return 0;
    } catch (error) {
      return misuse(terminal, `${options.writeBaseline}: ${reasonOf(error)}`);
    }
  }
  const stale = outcomes.reduce((sum, outcome) => sum + outcome.stale, 0);
  if (stale > 0 && options.baseline !== undefined) {
    const entries = stale === 1 ? "1 entry" : `${stale} entries`;
    tell(`${entries} of ${options.baseline} no longer needed; write it anew with --write-baseline ${options.baseline}`);
  }

  const result = atLeast(outcomes, options.mildest);
  if (result.files.length === 0 && outcomes.every((outcome) => outcome.notices.length === 0)) {
    tell("no Dockerfile, Compose file or Kubernetes manifest to check");
  }
  // a text that is none of ours, or excluded, comes out as it went in: an editor puts what is printed in its place
  const printed =
    options.fix === undefined
      ? undefined
      : (outcomes.find((outcome) => outcome.printed !== undefined)?.printed ?? input);
  const target = printed === undefined ? terminal.output : terminal.messages;
  if (printed !== undefined) terminal.output.write(printed);
  target.write(report(result, options, terminal, target.interactive, target.columns, linter));

  const { errors, warnings } = summaryOf(result);
  return errors > 0 || warnings > options.maxWarnings ? 1 : 0;
}

function report(
  result: CheckResult,
  options: CheckOptions,
  terminal: Terminal,
  interactive: boolean,
  columns: number | undefined,
  linter: Linter,
): string {
  switch (options.format) {
    case "json":
      return jsonReport(result, linter);
    case "sarif":
      return sarifReport(result, linter);
    case "github":
      return githubReport(result);
    default:
      return stylishReport(result, {
        paint: paintFor({ noColor: options.noColor, interactive }, terminal.env),
        columns: columns ?? 100,
        fix: options.fix,
      });
  }
}

const order: readonly Severity[] = ["error", "warning", "info", "hint"];

function atLeast(outcomes: readonly ProjectOutcome[], mildest: Severity): CheckResult {
  const shown = new Set(order.slice(0, order.indexOf(mildest) + 1));
  let hidden = 0;
  const files = outcomes
    .flatMap((outcome) => outcome.files)
    .map((file) => {
      const findings = file.findings.filter((finding) => shown.has(finding.severity));
      hidden += file.findings.length - findings.length;
      return { ...file, findings };
    });
  return { files, notices: outcomes.flatMap((outcome) => outcome.notices), hidden };
}

function misuse(terminal: Terminal, message: string): ExitCode {
  terminal.messages.write(`seaworthy: ${printable(message)}\n`);
  return 2;
}
