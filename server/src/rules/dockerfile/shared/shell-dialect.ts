import type { Instruction, RunInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript } from "../../../languages/shell/model.ts";
import { nameOf } from "../../../text/path.ts";

/** What a script is read by: `dash` knows POSIX and little more, `ash` is busybox's, which knows some of bash. */
export type ShellDialect = "dash" | "ash" | "bash";

/** A script of a RUN and what reads it: `undefined` where that is not known. */
export interface ReadScript {
  readonly script: ShellScript;
  readonly dialect: ShellDialect | undefined;
  /** It is the RUN's own, not one that a command in it runs. */
  readonly direct: boolean;
}

/** The script of a RUN in shell form, and those it runs (`sh -c "…"`, `bash <<EOF`). */
export function* readScripts(run: RunInstruction): Generator<ReadScript> {
  if (run.form === "shell" && run.script !== undefined) {
    yield* withInner({ script: run.script, dialect: dialectOf(run), direct: true }, run);
  }
}

function* withInner(read: ReadScript, run: RunInstruction): Generator<ReadScript> {
  yield read;
  for (const command of read.script.commands) {
    const { inner } = command;
    if (inner === undefined) continue;
    yield* withInner({ script: inner, dialect: dialectOfInner(command, read.dialect, run), direct: false }, run);
  }
}

function dialectOfInner(
  { name, words }: ShellCommand,
  outer: ShellDialect | undefined,
  run: RunInstruction,
): ShellDialect | undefined {
  // The user's own shell reads what `su` runs.
  return name === "eval"
    ? outer
    : name === undefined || /^su|^runuser/.test(name)
      ? undefined
      : dialectOfProgram(words[0]?.value ?? name, run);
}

/**
 * What reads the shell form of a RUN, by its shebang, SHELL and the base image. `relinked`: whether another shell was put in the place of `/bin/sh`, for
 * a caller who knows; it is looked for otherwise.
 */
export function dialectOf(run: RunInstruction, relinked?: boolean): ShellDialect | undefined {
  const [heredoc] = run.heredocs;
  const shebang = run.words.length === 1 ? /^\s*#!\s*([^\r\n]*)/.exec(heredoc?.body ?? "")?.[1] : undefined;
  const command = shebang?.trim().split(/\s+/) ?? run.shell;
  if (command === undefined) return dialectOfProgram("/bin/sh", run, relinked);
  const program = command.find((word) => !/(?:^|\/)(?:env|busybox)$/.test(word) && !word.startsWith("-"));
  return program === undefined ? undefined : dialectOfProgram(program, run, relinked);
}

function dialectOfProgram(program: string, run: RunInstruction, relinked?: boolean): ShellDialect | undefined {
  switch (nameOf(program)) {
    case "bash":
      return "bash";
    case "dash":
      return "dash";
    case "ash":
      return "ash";
    case "sh":
      return dialectOfSh(run, relinked);
    default:
      return undefined;
  }
}

function dialectOfSh({ stage, span }: RunInstruction, relinked?: boolean): ShellDialect | undefined {
  const facts = stage?.baseFacts;
  if (stage === undefined || facts === undefined) return undefined;
  if (relinked ?? stage.history.some((before) => before.span.start < span.start && relinks(before))) return undefined;
  switch (facts.os) {
    case "debian":
    case "ubuntu":
      return "dash";
    case "alpine":
    case "busybox":
    case "wolfi":
      return "ash";
    case "redhat":
    case "amazon":
    case "suse":
    case "arch":
    case "azure":
    case "photon":
      return "bash";
    default:
      return undefined;
  }
}

/** Whether an instruction may put another shell in the place of `/bin/sh`. */
export function relinks(instruction: Instruction): boolean {
  if (instruction.name !== "RUN" || instruction.script === undefined) return false;
  // Much is asked, and little of it says yes.
  if (!/\/bin\/sh\b|-reconfigure/.test(instruction.script.text)) return false;
  return instruction.script.everyCommand.some(({ name, args }) => {
    if (name === "dpkg-reconfigure") return args.some(({ value }) => value === "dash");
    if (!/^(?:ln|cp|mv|update-alternatives|dpkg-divert)$/.test(name ?? "")) return false;
    return args.some(({ value }) => /^(?:\/usr)?\/bin\/sh$/.test(value ?? ""));
  });
}
