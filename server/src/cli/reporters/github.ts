import type { Severity } from "../../engine/rule.ts";
import { type CheckResult, type LocatedFinding, summaryOf } from "../result.ts";
import { printable } from "../width.ts";
import { totals } from "./totals.ts";

const commands: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  info: "notice",
  hint: "notice",
};

/** Workflow commands, which GitHub Actions turns into annotations, and a last line for the log. */
export function githubReport(result: CheckResult): string {
  const lines = result.files.flatMap((file) => file.findings.map((finding) => annotation(file.path, finding)));
  // the log of a workflow reads lines that begin with `::` as commands; this one does not
  return `${[...lines, printable(totals(summaryOf(result)))].join("\n")}\n`;
}

function annotation(path: string, finding: LocatedFinding): string {
  const { start, end } = finding.range;
  const properties = [
    `title=${property(finding.rule)}`,
    `file=${property(path)}`,
    `line=${start.line + 1}`,
    `endLine=${end.line + 1}`,
    // columns across lines are refused
    ...(start.line === end.line
      ? [`col=${start.character + 1}`, `endColumn=${Math.max(end.character, start.character + 1)}`]
      : []),
  ];
  // the log shows the message alone, so the place is in it as well
  const message = `${path}:${start.line + 1}:${start.character + 1}: ${finding.message} (${finding.rule})`;
  return `::${commands[finding.severity]} ${properties.join(",")}::${data(message)}`;
}

function data(text: string): string {
  return text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
}

function property(text: string): string {
  return data(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
}
