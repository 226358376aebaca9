import type { TextEdit } from "../text/edit.ts";
import type { Finding } from "./finding.ts";
import type { EditFix } from "./rule.ts";

/** A fix that was made. */
export interface AppliedFix {
  readonly rule: string;
  readonly title: string;
}

/** What `fixAll` came to. */
export interface FixResult {
  readonly text: string;
  /** From the text given to `text`: a few small edits, `[]` where nothing changed. */
  readonly edits: readonly TextEdit[];
  readonly applied: readonly AppliedFix[];
  /** Fixes left out because the file would not parse with them. */
  readonly refused: readonly AppliedFix[];
  readonly rounds: number;
}

/** Limits and choices of `fixAll`. */
export interface FixOptions {
  /** Only these rules' fixes, by id. */
  readonly rules?: readonly string[];
  /** Only findings that pass. */
  readonly only?: (finding: Finding) => boolean;
  /** Default 40. */
  readonly maxRounds?: number;
}

/**
 * Applies the first fitting fix of every finding until none is left: `safe` takes safe fixes alone, `review` both kinds. Fixes that
 * touch one another wait for the next round; one after which the file has more syntax problems is left out.
 * `check` gives the findings of a text, `undefined` where the text is no file of ours any more.
 */
export declare function fixAll(
  text: string,
  check: (text: string) => { readonly findings: readonly Finding[] } | undefined,
  wanted: "safe" | "review",
  options?: FixOptions,
): FixResult;

/** The fix that stands for a finding in `fixAll`: the first one made of edits whose safety is allowed. */
export declare function chosenFix(finding: Finding, wanted: "safe" | "review"): EditFix | undefined;

/** All fixes of one rule in a checked file as one list of edits; those that touch an earlier one are left out (`fixAll` with `rules` makes them too). */
export declare function fixesOfRule(
  report: { readonly findings: readonly Finding[] },
  rule: string,
  wanted?: "safe" | "review",
): { readonly edits: readonly TextEdit[]; readonly count: number };

/** The change from one text to another as few small edits, found line by line. */
export declare function editsBetween(before: string, after: string): readonly TextEdit[];
