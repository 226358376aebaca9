/**
 * What a parser of shell scripts has to tell: simple commands and how they hang together. All offsets count UTF-16 code units
 * from the start of the script's own text.
 */
export interface ScriptOutline {
  readonly text: string;
  readonly commands: readonly CommandOutline[];
  /** Each as places in `commands`; two commands or more. */
  readonly pipelines: readonly PipelineOutline[];
  /** Where the last statement ends, an `&` of its own included; what may follow is a `;` or a comment. 0 where there is none. */
  readonly end: number;
  readonly broken: boolean;
}

export interface WordOutline {
  readonly text: string;
  /** `undefined` where it depends on a variable, a substitution or a brace expansion. */
  readonly value: string | undefined;
  readonly start: number;
  readonly end: number;
}

export interface CommandOutline {
  readonly assignments: readonly AssignmentOutline[];
  readonly words: readonly WordOutline[];
  /** The words again, told apart by what launches and what is launched. */
  readonly launch: Launch;
  readonly redirects: readonly RedirectOutline[];
  readonly joined: Joint | undefined;
  readonly depth: number;
  /** Where the process that runs it ends: what `set` changes holds until here. */
  readonly processEnd: number;
}

export interface Launch {
  /** Base names of the launchers (`sudo`, `env`, …), outermost first. */
  readonly prefixes: readonly string[];
  /** The words before the program: the launchers, their options and operands. */
  readonly prefixWords: readonly WordOutline[];
  /** `NAME=value` behind a launcher. */
  readonly assignments: readonly AssignmentOutline[];
  /** The program and its arguments. A launcher that launches nothing is the program itself. */
  readonly words: readonly WordOutline[];
  /** The program's name without its folder; `undefined` where it is not known. */
  readonly name: string | undefined;
}

export interface AssignmentOutline {
  readonly name: string;
  readonly value: string | undefined;
  readonly start: number;
  readonly end: number;
}

export interface RedirectOutline {
  readonly operator: string;
  readonly target: string | undefined;
  /** The text of a heredoc. */
  readonly body: { readonly start: number; readonly end: number } | undefined;
  readonly start: number;
  readonly end: number;
}

export interface Joint {
  readonly operator: "&&" | "||" | ";" | "|" | "&" | "\n";
  readonly start: number;
  readonly end: number;
}

export interface PipelineOutline {
  readonly commands: readonly number[];
  readonly start: number;
  readonly end: number;
}
