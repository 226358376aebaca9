import type { Span } from "../text/span.ts";
import type { MisspeltDirective } from "./own-directives.ts";

/** Our own directives of a file and whether they hit anything, and where those of other tools stand, for the rules that judge them. */
export interface DirectiveReport {
  readonly text: string;
  readonly directives: readonly OwnDirective[];
  /** Comments that look like a directive of ours and are none. */
  readonly misspelt: readonly MisspeltDirective[];
  /** Other tools' directives that silence: comments, `# check=` and annotations. */
  readonly foreign: readonly Span[];
}

/**
 * `# seaworthy ignore floating-tag, missing-user -- reason`, or `ignore-file`. Above an instruction, a key or an item (`next`) it speaks for
 * all of that, at the end of a line (`line`) for the line alone.
 */
export interface OwnDirective {
  readonly scope: "next" | "line" | "file";
  readonly span: Span;
  /** One for each name in it. */
  readonly names: readonly {
    /** As written: a slug, an id, or a foreign code. */
    readonly name: string;
    readonly span: Span;
    /** The rules it stands for; empty for an unknown name. */
    readonly rules: readonly string[];
    /** It kept a finding back, or nobody can tell because its rule is off. */
    readonly used: boolean;
    /** For an unknown name: the known one it looks like. */
    readonly suggestion?: string;
  }[];
  /** It kept a finding back; counts for a directive without names, which stands for every rule. */
  readonly used: boolean;
  readonly reason: string | undefined;
}
