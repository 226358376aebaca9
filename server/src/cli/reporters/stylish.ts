import type { Severity } from "../../engine/rule.ts";
import type { Paint, Style } from "../paint.ts";
import {
  bestSafety,
  type CheckResult,
  type FileResult,
  type LocatedFinding,
  type Summary,
  summaryOf,
} from "../result.ts";
import { columnsOf, printable, wrap } from "../width.ts";
import { counted, totals } from "./totals.ts";

/** What the report is written for. */
export interface StylishOptions {
  readonly paint: Paint;
  /** Width of the terminal. */
  readonly columns: number;
  /** What was fixed before, so that the last lines do not offer it again. */
  readonly fix: "safe" | "review" | undefined;
}

const words: Readonly<Record<Severity, string>> = { error: "error", warning: "warning", info: "note", hint: "hint" };
const colours: Readonly<Record<Severity, Style>> = { error: "red", warning: "yellow", info: "blue", hint: "cyan" };
const gravity: readonly Severity[] = ["error", "warning", "info", "hint"];

/**
 * For a person at a terminal: file by file, each line of source once with the places underlined, and below it what is wrong there.
 * Ends with how much there is and which command fixes it.
 */
export function stylishReport(result: CheckResult, options: StylishOptions): string {
  const files = result.files.filter((file) => file.findings.length > 0).map((file) => fileBlock(file, options));
  return `${[...files, lastLines(result, options)].join("\n")}\n`;
}

function fileBlock(file: FileResult, { paint, columns }: StylishOptions): string {
  const lines = new Map<number, LocatedFinding[]>();
  for (const finding of file.findings) {
    const line = finding.range.start.line;
    const there = lines.get(line) ?? [];
    there.push(finding);
    lines.set(line, there);
  }
  for (const there of lines.values()) there.sort(byPlaceThenGravity);
  const width = Math.min(Math.max(columns, 60), 120);
  const gutter = String(Math.max(...lines.keys()) + 1).length;
  const placeWidth = Math.max(...file.findings.map((finding) => placeOf(finding).length));
  const blocks = [...lines].map(([line, findings]) =>
    [
      ...excerpt(line, findings, gutter, width, paint),
      ...findings.flatMap((finding) =>
        message(finding, { indent: gutter + 3, placeWidth, width, paint, path: file.path }),
      ),
    ].join("\n"),
  );
  return `${paint(["bold", "underline"], printable(file.path))}\n${blocks.join("\n\n")}\n`;
}

function byPlaceThenGravity(a: LocatedFinding, b: LocatedFinding): number {
  return a.range.start.character - b.range.start.character || gravity.indexOf(a.severity) - gravity.indexOf(b.severity);
}

/** The line of source and, below it, a mark under every place at fault. */
function excerpt(
  line: number,
  findings: readonly LocatedFinding[],
  gutter: number,
  width: number,
  paint: Paint,
): readonly string[] {
  const first = findings[0];
  if (first === undefined) return [];
  const room = width - gutter - 4;
  const { text, cut } = first.excerpt;
  const at = first.range.start.character - cut;
  const from = at < room - 10 ? 0 : Math.max(0, at - 20);
  const shown = printable(text.slice(from, from + room));
  const severity = gravity.find((severity) => findings.some((finding) => finding.severity === severity)) ?? "info";
  const marks: boolean[] = [];
  for (const { range } of findings) {
    const start = range.start.character - cut - from;
    const end = range.end.line === line ? range.end.character - cut - from : shown.length;
    for (let i = Math.max(0, start); i < Math.min(Math.max(end, start + 1), shown.length + 1); i++) marks[i] = true;
  }
  let under = "";
  for (let i = 0; i < marks.length; i++)
    under += (marks[i] === true ? "^" : " ").repeat(Math.max(1, columnsOf(shown.charAt(i))));
  const number = paint("dim", `${String(line + 1).padStart(gutter + 1)} │`);
  const bar = paint("dim", `${" ".repeat(gutter + 1)} │`);
  return [`${number} ${shown}`.trimEnd(), `${bar} ${paint(colours[severity], under)}`];
}

function message(
  finding: LocatedFinding,
  layout: {
    readonly indent: number;
    readonly placeWidth: number;
    readonly width: number;
    readonly paint: Paint;
    /** Of the finding's own file. */
    readonly path: string;
  },
): readonly string[] {
  const { indent, placeWidth, width, paint } = layout;
  const safety = bestSafety(finding);
  const mark = safety === undefined ? "" : safety === "safe" ? " [fix]" : " [review]";
  const head = `${" ".repeat(indent)}${placeOf(finding).padEnd(placeWidth)}  ${words[finding.severity].padEnd(7)}  `;
  const lines = wrap(printable(finding.message), Math.max(30, width - head.length));
  const last = lines.at(-1) ?? "";
  const tail = `${finding.rule}${mark}`;
  const fits = head.length + columnsOf(last) + 2 + tail.length <= width;
  const painted = `${paint("dim", finding.rule)}${mark === "" ? "" : paint("green", mark)}`;
  const body = fits ? [...lines.slice(0, -1), `${last}  ${painted}`] : [...lines, painted];
  const blank = " ".repeat(head.length);
  const paintedHead = `${" ".repeat(indent)}${paint("dim", placeOf(finding).padEnd(placeWidth))}  ${paint(colours[finding.severity], words[finding.severity].padEnd(7))}  `;
  const notes = finding.related
    .flatMap(({ path, range, message }) => {
      const place = `${path === layout.path ? "line " : `${path}:`}${range.start.line + 1}`;
      return wrap(printable(`see ${place}: ${message}`), Math.max(30, width - head.length));
    })
    .map((line) => paint("dim", line));
  return [...body, ...notes].map((text, index) => (index === 0 ? paintedHead : blank) + text);
}

function placeOf({ range }: LocatedFinding): string {
  return `${range.start.line + 1}:${range.start.character + 1}`;
}

function lastLines(result: CheckResult, { paint, fix }: StylishOptions): string {
  const summary = summaryOf(result);
  const lines = [paint(["bold", colourOf(summary)], totals(summary))];
  const fixed = fixedLine(result, summary);
  if (fixed !== undefined) lines.unshift(paint("green", fixed));
  lines.push(...offers(summary, fix));
  const silent = [
    counted(result.hidden, "milder finding") === undefined
      ? undefined
      : `${counted(result.hidden, "milder finding")} not shown (--min-severity hint)`,
    summary.suppressed === 0 ? undefined : `${summary.suppressed} accepted by comments or the baseline`,
  ].filter((part) => part !== undefined);
  if (silent.length > 0) lines.push(paint("dim", silent.join(" · ")));
  return lines.join("\n");
}

function offers({ fixable }: Summary, fix: "safe" | "review" | undefined): readonly string[] {
  const lines: string[] = [];
  if (fixable.safe > 0 && fix === undefined) {
    lines.push(`${fixable.safe} marked [fix] can be fixed with --fix: what is built and run stays the same`);
  }
  if (fixable.review > 0 && fix !== "review") {
    lines.push(
      `${fixable.review} marked [review] can be fixed with --fix-review: look at the result (--diff --fix-review shows it)`,
    );
  }
  return lines;
}

function fixedLine(result: CheckResult, { fixed }: Summary): string | undefined {
  if (fixed === 0) return undefined;
  const files = result.files.filter((file) => file.fixed.length > 0).length;
  return `Fixed ${counted(fixed, "problem")} in ${counted(files, "file")}`;
}

function colourOf(summary: Summary): Style {
  if (summary.errors > 0) return "red";
  return summary.warnings > 0 ? "yellow" : summary.infos + summary.hints > 0 ? "blue" : "green";
}
