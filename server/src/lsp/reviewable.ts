import { type CheckText, chosenFix, goTogether, reachesOut } from "../engine/fix.ts";
import type { Finding } from "../engine/finding.ts";
import type { EditFix, MoreLines, NewFile } from "../engine/rule.ts";
import { applyEdits, type TextEdit } from "../text/edit.ts";
import { touches } from "../text/span.ts";
import type { AnnotatedEdits } from "./edits.ts";

/** Whether the best fix of a finding, of those that pass `allows`, is one that a person should look at. */
export function isReviewable(finding: Finding, allows: (fix: EditFix) => boolean): boolean {
  return chosenFix(finding, "review", allows)?.safety === "review";
}

/**
 * The reviewable fixes of a text, each by itself, so that a person can leave some of them out. Of two that touch only the first is there;
 * one after which the text has more syntax problems is left out.
 */
export function reviewableChanges(
  text: string,
  findings: readonly Finding[],
  check: CheckText,
  allows: (fix: EditFix) => boolean,
): readonly AnnotatedEdits[] {
  const taken: TextEdit[] = [];
  const files = new Map<string, NewFile>();
  const changes = findings.flatMap((finding): readonly AnnotatedEdits[] => {
    if (!isReviewable(finding, allows)) return [];
    const fix = chosenFix(finding, "review", allows);
    const fresh = (fix?.edits ?? []).filter((edit) => !taken.some((other) => isSame(edit, other)));
    const clashes = fresh.some((edit) => taken.some((other) => touches(edit.span, other.span)));
    if (fix === undefined || clashes) return [];
    if (fix.creates?.some((file) => !goTogether(files.get(file.path), file))) return [];
    if (fresh.length === 0 && !reachesOut(fix)) return [];
    taken.push(...fresh);
    return [{ label: fix.title, description: finding.message, edits: fresh, ...beside(fix, files) }];
  });
  const before = problemCount(check(text));
  const parses = (tried: readonly AnnotatedEdits[]): boolean => {
    const after = applyEdits(
      text,
      tried.flatMap(({ edits }) => edits),
    );
    return after !== undefined && problemCount(check(after)) <= before;
  };
  return sound([], changes, parses);
}

/** What a fix does to other files where those before it make `files`, which get its own: to one that is made already it adds lines. */
function beside(fix: EditFix, files: Map<string, NewFile>): Pick<AnnotatedEdits, "creates" | "appends"> {
  const creates: NewFile[] = [];
  const appends: MoreLines[] = [...(fix.appends ?? [])];
  for (const file of fix.creates ?? []) {
    const there = files.get(file.path);
    if (there === undefined) {
      creates.push(file);
      files.set(file.path, file);
    } else if (there.text !== file.text) {
      appends.push({ path: file.path, lines: file.text.trimEnd().split("\n") });
    }
  }
  return { creates, appends };
}

/** Those of `more` that can be added to `kept`, found by halves: nearly always all can. */
function sound<T>(kept: readonly T[], more: readonly T[], holds: (tried: readonly T[]) => boolean): readonly T[] {
  const all = [...kept, ...more];
  if (more.length === 0 || holds(all)) return all;
  if (more.length === 1) return kept;
  const half = more.length >> 1;
  return sound(sound(kept, more.slice(0, half), holds), more.slice(half), holds);
}

function problemCount(report: ReturnType<CheckText>): number {
  if (report === undefined) return Number.POSITIVE_INFINITY;
  return (report.parsed?.units ?? []).reduce((sum, { model }) => sum + model.problems.length, 0);
}

function isSame(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}
