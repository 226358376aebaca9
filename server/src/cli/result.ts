import type { FailOn } from "../engine/config.ts";
import type { Severity } from "../engine/rule.ts";
import type { Kind } from "../languages/index.ts";
import type { Position } from "../text/lines.ts";

/** What a check found, ready to be written down: places are lines and columns, and no text of a file is kept. */
export interface CheckResult {
  readonly files: readonly FileResult[];
  readonly notices: readonly Notice[];
  /** Findings milder than what was asked for. */
  readonly hidden: number;
}

/** Something that was left out, and why. */
export interface Notice {
  /** One line. */
  readonly text: string;
  /** It was asked for by name, so the command did not do its work. */
  readonly failure: boolean;
}

/** What was found in one file, by place. */
export interface FileResult {
  /** As a person in the current folder would write it, with `/`; absolute for a file outside of it. */
  readonly path: string;
  readonly absolutePath: string;
  readonly kind: Kind;
  /** From which severity on a finding in it makes the command fail. */
  readonly failOn: FailOn;
  readonly findings: readonly LocatedFinding[];
  readonly suppressed: readonly SuppressedLocatedFinding[];
  /** The fixes that were written, in their order. */
  readonly fixed: readonly { readonly rule: string; readonly title: string }[];
}

/** A range of lines and characters, both counted from 0, characters in UTF-16 code units. */
export interface Range {
  readonly start: Position;
  /** Not inside. */
  readonly end: Position;
}

/** A finding by lines and characters. */
export interface LocatedFinding {
  readonly rule: string;
  /** Another tool's code, of a rule that passes on what that tool says. */
  readonly code?: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  readonly fixes: readonly LocatedFix[];
  readonly related: readonly LocatedNote[];
  /** The line where it starts, without its line ending; long lines are cut around the place, `cut` characters at their start. */
  readonly excerpt: { readonly text: string; readonly cut: number };
  /** Same for the same problem after lines moved. */
  readonly fingerprint: string;
}

/** A finding that a comment, an annotation or the baseline accepts. */
export interface SuppressedLocatedFinding extends LocatedFinding {
  readonly by: "directive" | "foreign-directive" | "baseline";
  readonly reason: string | undefined;
}

/** A fix by lines and characters; its replacements all refer to the text that was checked. */
export interface LocatedFix {
  readonly title: string;
  readonly safety: "safe" | "review";
  /** `undefined` for a fix that needs the network. */
  readonly replacements: readonly { readonly range: Range; readonly text: string }[] | undefined;
  /** Files that come into being with it; paths are shown like those of findings. */
  readonly creates: readonly { readonly path: string; readonly text: string }[];
  /** It also adds lines to other files, which no reporter shows. */
  readonly appends: boolean;
}

/** A place that explains a finding. */
export interface LocatedNote {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** Counts over all files of a result. */
export interface Summary {
  readonly files: number;
  readonly filesWithFindings: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  readonly suppressed: number;
  /** Findings whose first fix is of that safety, and whose fix needs no network. */
  readonly fixable: { readonly safe: number; readonly review: number };
  /** Fixes written by this run. */
  readonly fixed: number;
}

/** Counts what a result holds. */
export function summaryOf(result: CheckResult): Summary {
  const count = { error: 0, warning: 0, info: 0, hint: 0 };
  const fixable = { safe: 0, review: 0 };
  let filesWithFindings = 0;
  let suppressed = 0;
  let fixed = 0;
  for (const file of result.files) {
    if (file.findings.length > 0) filesWithFindings += 1;
    suppressed += file.suppressed.length;
    fixed += file.fixed.length;
    for (const finding of file.findings) {
      count[finding.severity] += 1;
      const safety = bestSafety(finding);
      if (safety !== undefined) fixable[safety] += 1;
    }
  }
  return {
    files: result.files.length,
    filesWithFindings,
    errors: count.error,
    warnings: count.warning,
    infos: count.info,
    hints: count.hint,
    suppressed,
    fixable,
    fixed,
  };
}

/** What it takes to have a finding fixed here: `safe` for `--fix`, `review` for `--fix-review`, `undefined` where a person must do it. */
export function bestSafety(finding: LocatedFinding): "safe" | "review" | undefined {
  const here = finding.fixes.filter((fix) => fix.replacements !== undefined);
  if (here.some((fix) => fix.safety === "safe")) return "safe";
  return here.length > 0 ? "review" : undefined;
}
