import { type Config, readSettings, resolveConfig } from "../../server/src/engine/config.ts";
import type { Rule } from "../../server/src/engine/rule.ts";
import { createLinter, type Report } from "../../server/src/linter.ts";
import { createWorkspace } from "../../server/src/workspace/index.ts";
import { sampleRules } from "./sample-rules.ts";

/** Checks a text under rules of the test; fails where it is no file of ours. */
export function checkText(
  path: string,
  text: string,
  config: unknown = {},
  rules: readonly Rule[] = sampleRules,
  previous?: Report,
): Report {
  const settings: Config = readSettings(config, rules);
  const report = createLinter(rules).check({
    file: { path, text },
    config: resolveConfig(path, { overrides: settings }, rules),
    workspace: createWorkspace().view(path),
    ...(previous === undefined ? {} : { previous }),
  });
  if (report === undefined) throw new Error(`${path} is no file of ours`);
  return report;
}

/** The findings as `line:column slug`, both from 1. */
export function placesOf(report: Report, findings: Report["findings"] = report.findings): readonly string[] {
  const { text } = report.parsed.file;
  return findings.map(({ at, rule }) => {
    const before = text.slice(0, at.start).split("\n");
    return `${before.length}:${(before.at(-1)?.length ?? 0) + 1} ${rule.slice(rule.indexOf("/") + 1)}`;
  });
}
