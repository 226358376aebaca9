import type { PackageCommand } from "../../knowledge/package-managers.ts";
import type { Span } from "../../text/span.ts";
import type { BashSyntaxKind } from "./bash-syntax.ts";

/** A shell script as far as rules ask about it. Places count from the start of the unit the script stands in. */
export interface ShellScript {
  /** As the shell is given it: without continuations and the comments between them, decoded where it stands in quotes. */
  readonly text: string;
  /** Where a part of that text stands in the unit. */
  spanOf(start: number, end: number): Span;
  /** Every simple command, in the order of the text, those in pipelines, lists, subshells, substitutions, loops and functions included. */
  readonly commands: readonly ShellCommand[];
  /** These and those of the scripts they run (`sh -c "…"`), each followed by its own. */
  readonly everyCommand: readonly ShellCommand[];
  /** Pipelines of two commands or more. */
  readonly pipelines: readonly ShellPipeline[];
  /** `set -o pipefail` (or `set -eo pipefail`, …) in effect at an offset. */
  pipefailAt(offset: number): boolean;
  /** What bash reads and POSIX does not know, in the order of the text; looked for when first asked. Scripts within (`sh -c "…"`) have their own. */
  readonly bashSyntax: readonly BashSyntax[];
  /** The body was not understood as a whole; what was is there. */
  readonly broken: boolean;
  /** Where its last statement ends, redirections and an `&` included; behind it may stand a `;` or a comment. */
  readonly end: number;
}

/** A piece of syntax that bash has beyond POSIX. */
export interface BashSyntax {
  readonly kind: BashSyntaxKind;
  /** The operator or expansion as the shell reads it, the whole word for braces; of a compound its first word alone. */
  readonly text: string;
  readonly span: Span;
}

export interface ShellCommand {
  /** Base name of the program, `undefined` where it comes from a variable. `sudo`, `env`, `exec`, `time`, `command` and assignments before it are kept apart. */
  readonly name: string | undefined;
  readonly nameSpan: Span;
  /** All words, the name first. */
  readonly words: readonly ShellWord[];
  /** The words behind the name. */
  readonly args: readonly ShellWord[];
  /** `A=1 B=2 cmd` */
  readonly assignments: readonly { readonly name: string; readonly value: string | undefined; readonly span: Span }[];
  /** `sudo`, `exec`, … that stand before the program, outermost first. */
  readonly prefixes: readonly string[];
  /** These launchers with their options, as written: what stands between the assignments and the program. */
  readonly prefixWords: readonly ShellWord[];
  /** From the first assignment, prefix or word to the last word; redirections outside. */
  readonly span: Span;
  readonly redirects: readonly {
    readonly operator: string;
    readonly target: string | undefined;
    readonly span: Span;
  }[];
  /** How it is joined to the command before it in the same list; `undefined` for the first. */
  readonly joined: "&&" | "||" | ";" | "|" | "&" | "\n" | undefined;
  /** The place of that operator. */
  readonly joinSpan: Span | undefined;
  /** 0 at the top level of the script; deeper in subshells, groups, loops, functions, substitutions. */
  readonly depth: number;
  /** Whether a flag is among the arguments: `has("-y", "--yes")`; short ones are also found in bundles (`-qy`). */
  has(...flags: readonly string[]): boolean;
  /** The arguments that are no flags (and not behind `--`-less option values; the caller knows the program's grammar). */
  readonly operands: readonly ShellWord[];
  /** What it asks of a package manager; `undefined` where it is none. Found out when first asked for, since many rules ask. */
  readonly packages: PackageCommand | undefined;
  /** The script in its argument, where it is a shell with `-c` (or `su -c`, `eval`): parsed when first asked for. */
  readonly inner: ShellScript | undefined;
}

export interface ShellWord {
  /** As written. */
  readonly text: string;
  /** Quotes taken out; `undefined` where it depends on a variable or substitution. */
  readonly value: string | undefined;
  readonly span: Span;
}

export interface ShellPipeline {
  readonly commands: readonly ShellCommand[];
  readonly span: Span;
}
