import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { chosenFix, fixAll, type FixResult } from "../../server/src/engine/fix.ts";
import type { Finding } from "../../server/src/engine/finding.ts";
import { linter, type Report } from "../../server/src/linter.ts";
import { appendLines } from "../../server/src/text/append.ts";
import { applyEdits } from "../../server/src/text/edit.ts";
import { linesOf } from "../../server/src/text/lines.ts";
import { annotated, type CaseFile, type FixedFile, type Mark, parseCases, type RuleCase } from "./case-file.ts";
import { asksShellCheck, isLeftOut } from "./real-shellcheck.ts";
import { configOf, type SmallWorkspace, smallWorkspace } from "./small-workspace.ts";

const folder = import.meta.dirname;

for (const kind of folders()) {
  for (const name of readdirSync(join(folder, kind)).filter((file) => file.endsWith(".md"))) {
    const rule = `${kind}/${name.slice(0, -".md".length)}`;
    describe.skipIf(isLeftOut(rule))(rule, () => {
      it("is a rule", () => {
        expect(linter.rule(rule)?.id).toBe(rule);
      });
      for (const found of parseCases(readFileSync(join(folder, kind, name), "utf8"), kind)) {
        it(`${found.title} (line ${found.line})`, () => runCase(rule, found));
      }
    });
  }
}

function runCase(rule: string, found: RuleCase): void {
  const marked = found.files.flatMap(({ marks }) => marks.map((mark) => mark.rule));
  for (const id of [...marked, ...found.also]) expect(linter.rule(id)?.id, "a rule named in the case").toBe(id);
  const selected = [...new Set([rule, ...marked, ...found.also])];
  const selection = found.preset === undefined ? { only: selected } : { preset: found.preset, also: selected };
  const config = configOf(selection, { rule, values: found.options }, { release: found.release });
  const workspace = smallWorkspace(found.files, () => config, linter, {
    shellCheck: asksShellCheck(rule),
    registry: found.registry,
  });
  const judged = found.files.filter(({ path }) => workspace.check(path) !== undefined);
  expect(judged.length, "files that Seaworthy takes for its own").toBeGreaterThan(0);
  for (const file of found.files) {
    const report = workspace.check(file.path);
    expect(annotated(file.text, seen(file, report)), file.path).toBe(annotated(file.text, file.marks));
  }
  for (const fixed of found.fixed) {
    const file = found.files.find(({ path }) => path === fixed.path);
    const beside =
      found.files.length > 1 || file === undefined ? besideAfter(workspace, found.files, fixed) : file.text;
    // A file is made, or added to, by the fixes of others; else its own mend it.
    if (file === undefined || beside !== file.text) expect(beside, `${fixed.path} after fixes`).toBe(fixed.text);
    else runFix(rule, workspace, file, fixed);
  }
}

/** The text of a file that fixes of others make, or add lines to. */
function besideAfter(
  workspace: SmallWorkspace,
  files: readonly CaseFile[],
  { path, by }: FixedFile,
): string | undefined {
  const changes = files.flatMap((file): readonly Pick<FixResult, "created" | "appended">[] => {
    const check = (text: string) => workspace.check(file.path, text);
    if (typeof by === "string") return [fixAll(file.text, check, by)];
    const fixes = (check(file.text)?.findings ?? []).flatMap((finding) => finding.fixes);
    return fixes.flatMap((fix) =>
      "edits" in fix && fix.title.includes(by.title)
        ? [{ created: fix.creates ?? [], appended: fix.appends ?? [] }]
        : [],
    );
  });
  const before = files.find((file) => file.path === path)?.text;
  if (before === undefined) return changes.flatMap(({ created }) => created).find((file) => file.path === path)?.text;
  const lines = changes.flatMap(({ appended }) => appended).flatMap((more) => (more.path === path ? more.lines : []));
  return applyEdits(before, [appendLines(before, lines)]);
}

/** The findings as marks; one that a mark of the case expects looks like that mark, any other tells its message. */
function seen(file: CaseFile, report: Report | undefined): readonly Mark[] {
  const open = [...file.marks];
  return (report?.findings ?? []).map((finding) => {
    const mark = markOf(file.text, finding);
    const index = open.findIndex(
      ({ line, column, length, rule, message }) =>
        line === mark.line &&
        column === mark.column &&
        length === mark.length &&
        rule === mark.rule &&
        (message === undefined || finding.message.includes(message)),
    );
    return open.splice(index, index < 0 ? 0 : 1)[0] ?? mark;
  });
}

/** A finding over several lines is marked on its first one, an empty one by a single caret. */
function markOf(text: string, finding: Finding): Mark {
  const lines = linesOf(text);
  const { line, character } = lines.positionAt(finding.at.start);
  const end = Math.min(finding.at.end, lines.span(line).end);
  const length = Math.max(1, end - finding.at.start);
  return { line, column: character, length, rule: finding.rule, message: finding.message };
}

function runFix(rule: string, workspace: SmallWorkspace, file: CaseFile, fixed: FixedFile): void {
  const check = (text: string) => workspace.check(file.path, text);
  const { by } = fixed;
  if (typeof by === "string") {
    const result = fixAll(file.text, check, by);
    expect(result.text, `${file.path} after ${by} fixes`).toBe(fixed.text);
    expect(result.refused, "fixes that would break the file").toEqual([]);
    const left = (check(result.text)?.findings ?? []).filter((finding) => chosenFix(finding, by) !== undefined);
    expect(left, "findings whose fix did not mend them").toEqual([]);
    return;
  }
  const before = check(file.text);
  const titles = (before?.findings ?? []).flatMap(({ fixes }) => fixes.map(({ title }) => title));
  const fix = (before?.findings ?? [])
    .flatMap(({ fixes }) => fixes)
    .find((candidate) => "edits" in candidate && candidate.title.includes(by.title));
  expect(titles.join("\n"), "titles of the fixes").toContain(by.title);
  const text = fix !== undefined && "edits" in fix ? applyEdits(file.text, fix.edits) : undefined;
  expect(text, `${file.path} after "${by.title}"`).toBe(fixed.text);
  const after = check(fixed.text);
  expect(syntaxProblems(after), "syntax problems after the fix").toBe(syntaxProblems(before));
  const count = (report: Report | undefined) => report?.findings.filter((finding) => finding.rule === rule).length ?? 0;
  expect(count(after), `problems of ${rule} left by the fix`).toBeLessThan(count(before));
}

function syntaxProblems(report: Report | undefined): number {
  return report?.parsed.units.reduce((sum, { model }) => sum + model.problems.length, 0) ?? -1;
}

function folders(): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
