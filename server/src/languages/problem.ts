import type { TextEdit } from "../text/edit.ts";
import type { Span } from "../text/span.ts";

/** What a builder, a YAML parser or an API server would refuse; `message` is one line that stands alone. */
export interface SyntaxProblem {
  readonly at: Span;
  readonly message: string;
  /** What was most likely meant. Its places count like `at`. */
  readonly fix?: { readonly title: string; readonly edits: readonly TextEdit[] };
  /** Other builders may take it: a flag that is newer than what is known here. */
  readonly doubtful?: true;
}
