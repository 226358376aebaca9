import type { Host } from "../hosts/host.ts";
import { printable } from "./width.ts";

/** The world around one run of the command: everything it reads from, writes to or asks besides files. Tests hand in their own. */
export interface Terminal {
  /** Absolute; paths on the command line count from it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Standard output: what was asked for. */
  readonly output: Output;
  /** Standard error: what a person should know besides. */
  readonly messages: Output;
  /** Standard input to its end. */
  readInput(): Promise<string>;
  /** How registries are asked, where a command is there to do that. */
  readonly network: Required<Pick<Host, "fetch" | "credentialsOf">>;
}

/** A stream that text is written to. */
export interface Output {
  write(text: string): void;
  /** A person sits in front of it: neither a pipe nor a file. */
  readonly interactive: boolean;
  /** Its width, where it has one. */
  readonly columns: number | undefined;
}

/** 0: nothing found. 1: findings. 2: the command could not be understood or could not do its work. */
export type ExitCode = 0 | 1 | 2;

/** Says something on standard error, under the command's name. */
export function tell(terminal: Terminal, line: string): void {
  terminal.messages.write(`seaworthy: ${printable(line)}\n`);
}

/** Says why the command cannot do what it was asked for. */
export function misuse(terminal: Terminal, line: string): ExitCode {
  tell(terminal, line);
  return 2;
}
