import type { Span } from "../../text/span.ts";
import type { LineComment } from "../comment.ts";
import type { SyntaxProblem } from "../problem.ts";

/** A `.dockerignore` as the builder reads it. */
export interface IgnoreModel {
  readonly text: string;
  readonly lineEnding: "\n" | "\r\n";
  readonly entries: readonly IgnoreEntry[];
  /** Only lines that begin with `#` in their first column. */
  readonly comments: readonly LineComment[];
  /** What the builder makes of the entries, a `!` kept: cleaned paths without a leading `/`. */
  readonly patterns: readonly string[];
  /** Patterns that the builder refuses, and with them the build. */
  readonly problems: readonly SyntaxProblem[];
  readonly images: readonly [];
}

/** A line with a pattern. */
export interface IgnoreEntry {
  /** It lets something in again that was left out. */
  readonly negated: boolean;
  /** As the builder cleans it, without the `!`: no `./`, no doubled or trailing `/`, no leading one. Empty for a `!` alone. */
  readonly pattern: string;
  /** As written, without the `!` and the blanks around. */
  readonly written: string;
  /** The line without the blanks around, a `!` included. */
  readonly span: Span;
  /** The line with its line ending. */
  readonly lineSpan: Span;
}
