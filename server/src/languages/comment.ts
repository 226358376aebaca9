import type { Span } from "../text/span.ts";

/** A comment of any of the languages. */
export interface LineComment {
  /** From the `#` to the end of the line, without the line ending. */
  readonly span: Span;
  /** Without the `#` and the blanks around. */
  readonly text: string;
  /** Nothing but blanks before it on its line. Always so in a Dockerfile. */
  readonly alone: boolean;
}
