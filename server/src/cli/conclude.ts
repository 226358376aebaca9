import { resolve } from "node:path";
import type { Severity } from "../engine/rule.ts";
import type { Linter } from "../linter.ts";
import { writeBaseline } from "./baseline-file.ts";
import type { CheckOptions } from "./check-options.ts";
import type { ProjectOutcome } from "./check-project.ts";
import { paintFor } from "./paint.ts";
import { githubReport } from "./reporters/github.ts";
import { jsonReport } from "./reporters/json.ts";
import { sarifReport } from "./reporters/sarif.ts";
import { stylishReport } from "./reporters/stylish.ts";
import { counted } from "./reporters/totals.ts";
import type { CheckResult } from "./result.ts";
import { type ExitCode, misuse, type Output, type Terminal, tell } from "./terminal.ts";
import { reasonOf } from "./walk.ts";

/** A check that is over. */
export interface Conclusion {
  readonly outcomes: readonly ProjectOutcome[];
  /** What came on standard input, where that was checked. */
  readonly input: string | undefined;
  readonly options: CheckOptions;
  readonly terminal: Terminal;
  readonly linter: Linter;
}

/** Writes down what a check came to, in the way that was asked for. */
export function conclude(conclusion: Conclusion): ExitCode {
  const { outcomes, options, terminal } = conclusion;
  const notices = outcomes.flatMap((outcome) => outcome.notices);
  // a rule that fails does so in every round of fixing
  for (const text of new Set(notices.map((notice) => notice.text))) tell(terminal, text);
  const code = options.diff
    ? showDiffs(conclusion)
    : options.writeBaseline !== undefined
      ? recordBaseline(conclusion, options.writeBaseline)
      : report(conclusion);
  return notices.some((notice) => notice.failure) ? 2 : code;
}

function showDiffs({ outcomes, terminal }: Conclusion): ExitCode {
  const diffs = outcomes.flatMap((outcome) => outcome.diffs);
  for (const diff of diffs) terminal.output.write(diff);
  const files = counted(diffs.length, "file");
  tell(terminal, files === undefined ? "nothing to fix" : `${files} would change; nothing was written`);
  return diffs.length === 0 ? 0 : 1;
}

function recordBaseline({ outcomes, terminal }: Conclusion, name: string): ExitCode {
  try {
    const entries = new Map(outcomes.flatMap((outcome) => [...outcome.record.files]));
    const checked = new Set(outcomes.flatMap((outcome) => outcome.files.map((file) => file.absolutePath)));
    const count = writeBaseline(resolve(terminal.cwd, name), { files: entries }, checked);
    tell(terminal, `${name} now accepts ${counted(count, "finding") ?? "no findings"}`);
    return 0;
  } catch (error) {
    return misuse(terminal, `${name}: ${reasonOf(error)}`);
  }
}

function report(conclusion: Conclusion): ExitCode {
  const { outcomes, input, options, terminal } = conclusion;
  const stale = outcomes.reduce((sum, outcome) => sum + outcome.stale, 0);
  if (stale > 0 && options.baseline !== undefined) {
    const entries = stale === 1 ? "1 entry" : `${stale} entries`;
    const again = `--write-baseline ${options.baseline}`;
    tell(terminal, `${entries} of ${options.baseline} no longer needed; write it anew with ${again}`);
  }
  const result = shown(outcomes, options);
  if (result.files.length === 0 && result.notices.length === 0) {
    tell(terminal, "no Dockerfile, Compose file or Kubernetes manifest to check");
  }

  // a text that is none of ours, or excluded, comes out as it went in: an editor puts what is printed in its place
  const fixed = outcomes.find((outcome) => outcome.printed !== undefined)?.printed ?? input;
  const printed = options.fix === undefined ? undefined : fixed;
  if (printed !== undefined) terminal.output.write(printed);
  const target = printed === undefined ? terminal.output : terminal.messages;
  target.write(formatted(result, conclusion, target));

  return fails(result, options.maxWarnings) ? 1 : 0;
}

function formatted(result: CheckResult, { options, terminal, linter }: Conclusion, target: Output): string {
  switch (options.format) {
    case "json":
      return jsonReport(result, linter);
    case "sarif":
      return sarifReport(result, linter);
    case "github":
      return githubReport(result);
    default: {
      const paint = paintFor({ noColor: options.noColor, interactive: target.interactive }, terminal.env);
      return stylishReport(result, { paint, columns: target.columns ?? 100, fix: options.fix });
    }
  }
}

const order: readonly Severity[] = ["error", "warning", "info", "hint"];

/** Whether there are findings of a severity that is not to be there, by the config of their files; some warnings may be allowed. */
function fails({ files }: CheckResult, maxWarnings: number): boolean {
  let warnings = 0;
  for (const { failOn, findings } of files) {
    if (failOn === "never") continue;
    for (const { severity } of findings) {
      if (order.indexOf(severity) > order.indexOf(failOn)) continue;
      if (severity !== "warning") return true;
      warnings += 1;
    }
  }
  return warnings > maxWarnings;
}

function shown(outcomes: readonly ProjectOutcome[], { mildest, mildestGiven }: CheckOptions): CheckResult {
  let hidden = 0;
  const files = outcomes
    .flatMap((outcome) => outcome.files)
    .map((file) => {
      const failing = mildestGiven || file.failOn === "never" ? -1 : order.indexOf(file.failOn);
      const last = Math.max(order.indexOf(mildest), failing);
      const findings = file.findings.filter(({ severity }) => order.indexOf(severity) <= last);
      hidden += file.findings.length - findings.length;
      return { ...file, findings };
    });
  return { files, notices: outcomes.flatMap((outcome) => outcome.notices), hidden };
}
