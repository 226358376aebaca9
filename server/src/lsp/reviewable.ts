import { type CheckText, chosenFix } from "../engine/fix.ts";
import type { Finding } from "../engine/finding.ts";
import { applyEdits, type TextEdit } from "../text/edit.ts";
import { touches } from "../text/span.ts";
import type { AnnotatedEdits } from "./edits.ts";

/** Whether the best fix of a finding is one that a person should look at. */
export function isReviewable(finding: Finding): boolean {
  return chosenFix(finding, "review")?.safety === "review";
}

/**
 * The reviewable fixes of a text, each by itself, so that a person can leave some of them out. Of two that touch only the first is there;
 * one after which the text has more syntax problems is left out.
 */
export function reviewableChanges(
  text: string,
  findings: readonly Finding[],
  check: CheckText,
): readonly AnnotatedEdits[] {
  const taken: TextEdit[] = [];
  const changes = findings.filter(isReviewable).flatMap((finding): readonly AnnotatedEdits[] => {
    const fix = chosenFix(finding, "review");
    const fresh = (fix?.edits ?? []).filter((edit) => !taken.some((other) => isSame(edit, other)));
    const clashes = fresh.some((edit) => taken.some((other) => touches(edit.span, other.span)));
    if (fix === undefined || fresh.length === 0 || clashes) return [];
    taken.push(...fresh);
    return [{ label: fix.title, description: finding.message, edits: fresh }];
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
