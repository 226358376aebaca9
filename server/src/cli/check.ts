import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { Linter } from "../linter.ts";
import { type AbsoluteBaseline, readBaseline } from "./baseline-file.ts";
import { type CheckOptions, checkOptions } from "./check-options.ts";
import { checkProject, type ProjectOutcome } from "./check-project.ts";
import { conclude } from "./conclude.ts";
import { type Configs, configsFor, tellConfigProblems } from "./config-files.ts";
import { checkHelp } from "./help.ts";
import { type Progress, progressOn } from "./progress.ts";
import { openProject, operandsByProject, type Project } from "./project.ts";
import { scriptsBy } from "./scripts.ts";
import { type ExitCode, misuse, type Terminal } from "./terminal.ts";
import { reasonOf } from "./walk.ts";

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
    overrides: {
      ...(options.preset === undefined ? {} : { preset: options.preset }),
      ...(options.failOn === undefined ? {} : { failOn: options.failOn }),
    },
  });
  const scripts = options.shellcheck && scriptsBy({ ...runnable(options.shellcheck, terminal), cwd: terminal.cwd });
  const progress = progressOn(terminal);
  const outcomes: ProjectOutcome[] = [];
  const input = options.stdinFilename === undefined ? undefined : (await terminal.readInput()).replace(/^\ufeff/, "");
  for (const project of projects(options, input, terminal, configs, progress)) {
    const opened = project();
    if (configs.problems.some((problem) => problem.severity === "error")) break;
    outcomes.push(
      await checkProject({
        project: opened,
        linter,
        cwd: terminal.cwd,
        baseline: accepted,
        fix: options.fix,
        mode: options.diff ? "diff" : options.stdinFilename !== undefined ? "print" : "write",
        record: options.writeBaseline !== undefined,
        scripts,
        onFile: (done, total) => progress.step(() => `Checking file ${done} of ${total}`),
      }),
    );
  }
  progress.done();

  if (!tellConfigProblems(configs, terminal, options.noColor)) return 2;
  return conclude({ outcomes, input, options, terminal, linter });
}

/** A path counts from where the command runs. */
function runnable<T extends { readonly program: string }>(given: T, { cwd }: Terminal): T {
  return /[\\/]/.test(given.program) ? { ...given, program: resolve(cwd, given.program) } : given;
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
    return [() => openProject({ operands: [path], cwd, configs, onFile, given: { path, text } })];
  }
  const paths = [...new Set(options.paths.map((path) => resolve(cwd, path)))];
  return operandsByProject(paths, cwd).map((operands) => () => openProject({ operands, cwd, configs, onFile }));
}
