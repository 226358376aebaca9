import type { Span } from "../text/span.ts";

/** What a builder, a YAML parser or an API server would refuse; `message` is one line that stands alone. */
export interface SyntaxProblem {
  readonly at: Span;
  readonly message: string;
}
