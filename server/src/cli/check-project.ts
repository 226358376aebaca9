import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import { type Baseline, type BaselineEntry, baselineOf } from "../engine/baseline.ts";
import { type AppliedFix, fixAll, type FixResult, reachesOut } from "../engine/fix.ts";
import type { ParsedFile } from "../languages/index.ts";
import type { Linter, Report } from "../linter.ts";
import { appendLines } from "../text/append.ts";
import { applyEdits } from "../text/edit.ts";
import { type Lines, linesOf } from "../text/lines.ts";
import { type AbsoluteBaseline, withPaths } from "./baseline-file.ts";
import { readText, writeNewText, writeText } from "./files.ts";
import { locate, locateSuppressed } from "./locate.ts";
import { shownFrom } from "./paths.ts";
import type { Project, ProjectFile } from "./project.ts";
import type { FileResult, Notice } from "./result.ts";
import type { Scripts } from "./scripts.ts";
import { reasonOf } from "./walk.ts";

/** What the check of one project came to. */
export interface ProjectOutcome {
  readonly files: readonly FileResult[];
  readonly notices: readonly Notice[];
  /** Unified diffs of what fixing would change. */
  readonly diffs: readonly string[];
  /** The fixed text, where it was to be printed. */
  readonly printed: string | undefined;
  /** All findings there are, to be accepted from now on; empty where that was not asked for. */
  readonly record: AbsoluteBaseline;
  /** Entries of the baseline that nothing matches any more. */
  readonly stale: number;
}

interface Request {
  readonly project: Project;
  readonly linter: Linter;
  readonly cwd: string;
  readonly baseline: AbsoluteBaseline | undefined;
  readonly fix: "safe" | "review" | undefined;
  /** What becomes of a fixed text: it replaces the file, is shown as a diff, or is printed. */
  readonly mode: "write" | "diff" | "print";
  readonly record: boolean;
  /** Left out where shell scripts are not to be looked at. */
  readonly scripts: Scripts | undefined;
  readonly onFile: (done: number, total: number) => void;
}

/** Checks the files of a project, after fixing them where that is asked for. */
export async function checkProject(request: Request): Promise<ProjectOutcome> {
  const { project, cwd, scripts } = request;
  const notices = [...project.notices];
  const files = project.files.map((file) => ({ file }));
  if (scripts !== undefined) notices.push(...(await scripts.ask(project, files)));
  const baseline =
    request.baseline === undefined ? undefined : withPaths(request.baseline, (absolute) => project.relative(absolute));
  const fixing = fixFiles(request, baseline, notices);

  if (scripts !== undefined && request.mode !== "diff") {
    const changed = files.flatMap(({ file }) => {
      const text = fixing.texts.get(file.absolutePath);
      if (text !== undefined) return [{ file, text }];
      return fixing.applied.has(file.absolutePath) ? [{ file }] : [];
    });
    notices.push(...(await scripts.ask(project, changed)));
  }
  const results: FileResult[] = [];
  const record = new Map<string, ReadonlyMap<string, BaselineEntry>>();
  let stale = 0;
  if (request.mode !== "diff") {
    for (const [index, file] of project.files.entries()) {
      request.onFile(index + 1, project.files.length);
      const report = attempt(file, cwd, notices, () => {
        const fixedText = fixing.texts.get(file.absolutePath);
        const { text, parsed } = fixedText === undefined ? project.open(file) : { text: fixedText, parsed: undefined };
        return checkText(request, baseline, file, text, parsed, notices);
      });
      if (report === undefined) continue;
      stale += report.stale.reduce((sum, entry) => sum + entry.count, 0);
      if (request.record) for (const [path, entries] of baselineOf([report]).files) record.set(path, entries);
      results.push(resultOf(report, file, project, cwd, fixing.applied.get(file.absolutePath) ?? []));
    }
  }
  return {
    files: results,
    notices,
    diffs: fixing.diffs,
    printed: fixing.printed,
    record: withPaths({ files: record }, (path) => project.absolute(path)),
    stale,
  };
}

interface Fixing {
  readonly applied: ReadonlyMap<string, readonly AppliedFix[]>;
  readonly diffs: readonly string[];
  /** Fixed texts that were not written to their files, by absolute path. */
  readonly texts: ReadonlyMap<string, string>;
  readonly printed: string | undefined;
}

function fixFiles(request: Request, baseline: Baseline | undefined, notices: Notice[]): Fixing {
  const { project, cwd, fix, mode } = request;
  const applied = new Map<string, readonly AppliedFix[]>();
  const texts = new Map<string, string>();
  const diffs = new Map<string, Diff>();
  let printed: string | undefined;
  if (fix === undefined) return { applied, diffs: [], texts, printed };

  for (const [index, file] of project.files.entries()) {
    request.onFile(index + 1, project.files.length);
    attempt(file, cwd, notices, () => {
      const { text, mark, faithful, parsed } = project.open(file);
      const result = fixAll(
        text,
        (text) => checkText(request, baseline, file, text, parsed?.file.text === text ? parsed : undefined, notices),
        fix,
        // of two texts only one can be printed, and what an editor sends is not always a file
        mode === "print" ? { allows: (fix) => !reachesOut(fix) } : {},
      );
      for (const { rule, title } of result.refused) {
        const text = `${shownFrom(cwd, file.absolutePath)}: left out "${title}" (${rule}): the file would not parse with it`;
        notices.push({ text, failure: false });
      }
      if (mode === "print") printed = result.text;
      const beside = changeBeside(request, result, diffs, notices);
      if (result.text === text) {
        if (beside === "written") applied.set(file.absolutePath, result.applied);
        return;
      }
      const shown = shownFrom(cwd, file.absolutePath);
      if (beside === "failed") {
        // what was to stand there, a password say, must not get lost
        notices.push({
          text: `${shown}: left as it is, since a file that its fixes need was not written`,
          failure: true,
        });
        return;
      }
      if (!faithful) {
        notices.push({ text: `${shown}: not UTF-8, so it was not fixed`, failure: true });
        return;
      }
      if (mode === "diff") {
        diffs.set(file.absolutePath, { shown, before: text, after: result.text, mark });
        return;
      }
      if (mode === "write") writeText(file.absolutePath, result.text, mark);
      else texts.set(file.absolutePath, result.text);
      applied.set(file.absolutePath, result.applied);
      // what the file tells the others may have changed with it
      project.changed(file, result.text);
    });
  }
  return {
    applied,
    diffs: [...diffs.values()].map(({ shown, before, after }) => diffOf(shown, before, after)),
    texts,
    printed,
  };
}

/** What a file would become, as all fixes together leave it. */
interface Diff extends TextChange {
  readonly shown: string;
}

/** Writes what fixes do to other files, or shows it as diffs. Whether any was written, or one could not be. */
function changeBeside(
  { project, cwd, mode }: Request,
  { created, appended }: FixResult,
  diffs: Map<string, Diff>,
  notices: Notice[],
): "written" | "nothing" | "failed" {
  let written = false;
  let failed = false;
  const change = (path: string, next: (absolutePath: string) => TextChange): void => {
    const absolutePath = project.absolute(path);
    const shown = shownFrom(cwd, absolutePath);
    try {
      const { before, after, mark } = next(absolutePath);
      // another file's fixes may have come here before
      if (mode === "diff") {
        const earlier = diffs.get(absolutePath);
        diffs.set(absolutePath, { shown, before: earlier === undefined ? before : earlier.before, after, mark });
      } else if (before === undefined) writeNewText(absolutePath, after);
      else writeText(absolutePath, after, mark);
      written ||= mode !== "diff";
      project.refreshed(path, after);
    } catch (error) {
      failed = true;
      notices.push({ text: `${shown}: ${reasonOf(error)}`, failure: true });
    }
  };
  for (const { path, text } of created) change(path, () => ({ before: undefined, after: text, mark: false }));
  for (const { path, lines } of appended) {
    change(path, (absolutePath) => {
      const shown = diffs.get(absolutePath);
      const { text, mark, faithful } =
        shown === undefined ? readText(absolutePath) : { text: shown.after, mark: shown.mark, faithful: true };
      if (!faithful) throw new Error("not UTF-8, so it was not fixed");
      return { before: text, after: applyEdits(text, [appendLines(text, lines)]) ?? text, mark };
    });
  }
  return failed ? "failed" : written ? "written" : "nothing";
}

interface TextChange {
  readonly before: string | undefined;
  readonly after: string;
  readonly mark: boolean;
}

function checkText(
  request: Request,
  baseline: Baseline | undefined,
  file: ProjectFile,
  text: string,
  parsed: ParsedFile | undefined,
  notices: Notice[],
): Report | undefined {
  return request.linter.check({
    file: { path: file.path, text },
    config: file.config,
    workspace: request.project.view(file),
    ...(baseline && { baseline }),
    ...(parsed && { parsed }),
    onError: (rule, error) => {
      const reason = error instanceof Error ? error.message : String(error);
      const text = `${shownFrom(request.cwd, file.absolutePath)}: the rule ${rule} failed: ${reason}`;
      notices.push({ text, failure: false });
    },
  });
}

function resultOf(
  report: Report,
  file: ProjectFile,
  project: Project,
  cwd: string,
  fixed: readonly AppliedFix[],
): FileResult {
  const shown = shownFrom(cwd, file.absolutePath);
  const others = new Map<string, { readonly shown: string; readonly lines: Lines } | undefined>();
  const place = {
    parsed: report.parsed,
    lines: linesOf(report.parsed.file.text),
    shown,
    pathOf: (path: string) => shownFrom(cwd, project.absolute(path)),
    other(path: string) {
      if (!others.has(path)) others.set(path, otherPlace(project.absolute(path), cwd));
      return others.get(path);
    },
  };
  return {
    path: shown,
    absolutePath: file.absolutePath,
    kind: report.parsed.kind,
    failOn: file.config.failOn,
    findings: report.findings.map((finding) => locate(finding, place)),
    suppressed: report.suppressed.map((finding) => locateSuppressed(finding, place)),
    fixed,
  };
}

function otherPlace(path: string, cwd: string): { readonly shown: string; readonly lines: Lines } | undefined {
  try {
    return { shown: shownFrom(cwd, path), lines: linesOf(readText(path).text) };
  } catch {
    return undefined;
  }
}

/** `before` is `undefined` for a new file. */
function diffOf(path: string, before: string | undefined, after: string): string {
  // an absolute path would make no patch that can be applied
  const name = path.replace(/^\//, "");
  return createTwoFilesPatch(
    before === undefined ? "/dev/null" : `a/${name}`,
    `b/${name}`,
    before ?? "",
    after,
    undefined,
    undefined,
    {
      context: 3,
      headerOptions: FILE_HEADERS_ONLY,
    },
  );
}

/** A file that cannot be read or written is told of and left out; the others go on. */
function attempt<T>(file: ProjectFile, cwd: string, notices: Notice[], work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    notices.push({ text: `${shownFrom(cwd, file.absolutePath)}: ${reasonOf(error)}`, failure: true });
    return undefined;
  }
}
