import type { Linter } from "../../linter.ts";
import { type CheckResult, type LocatedFinding, summaryOf } from "../result.ts";

/** Version 1 of the JSON report: places count from 0, `character` in UTF-16 code units, and `end` is not inside. */
export function jsonReport(result: CheckResult, linter: Linter): string {
  const { fixed, ...summary } = summaryOf(result);
  const report = {
    version: 1,
    files: result.files.map((file) => ({
      path: file.path,
      kind: file.kind,
      findings: file.findings.map((finding) => toJson(finding, linter)),
      suppressed: file.suppressed.map((finding) => ({
        rule: finding.rule,
        severity: finding.severity,
        message: finding.message,
        range: finding.range,
        by: finding.by,
        reason: finding.reason ?? null,
      })),
    })),
    summary: { ...summary, fixed, notices: result.notices.map(({ text }) => text) },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function toJson(finding: LocatedFinding, linter: Linter): unknown {
  return {
    rule: finding.rule,
    ...(finding.code === undefined ? {} : { code: finding.code }),
    severity: finding.severity,
    message: finding.message,
    range: finding.range,
    aliases: linter.rule(finding.rule)?.aliases ?? [],
    fixes: finding.fixes.map(({ title, safety }) => ({ title, safety })),
  };
}
