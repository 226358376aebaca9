import type { Span } from "../text/span.ts";
import type { Fix, Related, Severity } from "./rule.ts";

/** A problem with its rule and its place in the whole file. */
export interface Finding {
  /** The rule's id. */
  readonly rule: string;
  readonly severity: Severity;
  /** Where that severity comes from, in words for the hover: "the rule's default", ".seaworthy.yaml", "the editor's settings". */
  readonly severityFrom: string;
  readonly message: string;
  readonly at: Span;
  readonly fixes: readonly Fix[];
  readonly related: readonly Related[];
  readonly tag?: "unnecessary" | "deprecated";
  /** See `Problem.code`. */
  readonly code?: string;
}

/** A finding that somebody accepted: by a comment, an annotation or the baseline. */
export interface SuppressedFinding extends Finding {
  readonly by: "directive" | "foreign-directive" | "baseline";
  readonly reason: string | undefined;
}
