import type { DockerfileModel, Instruction, RunInstruction, Stage } from "../../../languages/dockerfile/model.ts";
import { isPredefined } from "../../../languages/dockerfile/scope.ts";
import type { ShellScript } from "../../../languages/shell/model.ts";
import type { Span } from "../../../text/span.ts";
import type { ShellComment, WorkspaceView } from "../../../workspace/index.ts";
import { bodyOf, everyInstruction } from "./run-bodies.ts";
import { dialectOf, relinks, type ShellDialect } from "./shell-dialect.ts";

/** The script of a RUN as ShellCheck is to be given it. */
export interface CheckedScript {
  /** A line that names the shell, one that sets what the Dockerfile sets, and the body. */
  readonly text: string;
  /** Where the body begins in it. */
  readonly from: number;
  /** `undefined` where the base image is not known: it is then read as dash does, which knows the least. */
  readonly dialect: ShellDialect | undefined;
  readonly run: RunInstruction;
  readonly body: ShellScript;
}

/** The scripts of all RUN instructions that a POSIX shell or bash reads. One pass over the file. */
export function* checkedScripts(model: DockerfileModel): Generator<CheckedScript> {
  const relinked = new Map<Stage | undefined, boolean>();
  const pragmas = shellPragmas(model);
  let next = 0;
  for (const instruction of everyInstruction(model)) {
    const { stage } = instruction;
    if (instruction.name === "FROM") relinked.set(stage, relinked.get(stage?.parent) ?? false);
    if (instruction.name !== "RUN") continue;
    while ((pragmas[next]?.at ?? Infinity) < instruction.span.start) next += 1;
    const script = scriptOf(instruction, pragmas[next - 1]?.shell, relinked.get(stage));
    if (script !== undefined) yield script;
    if (relinks(instruction)) relinked.set(stage, true);
  }
}

/** The script of a RUN; `undefined` where no such shell reads it, or there is nothing to read. */
function scriptOf(
  run: RunInstruction,
  pragma: string | undefined,
  relinked: boolean | undefined,
): CheckedScript | undefined {
  const body = run.form === "shell" ? run.script : scriptOfShell(run);
  if (body === undefined || body.text.trim() === "") return undefined;
  const named = run.shell === undefined ? pragma : undefined;
  if (named !== undefined && !/(?:^|\/)(?:ba|da|a|k)?sh$/.test(named)) return undefined;
  const dialect = run.form === "exec" ? dialectOfWord(run) : (dialectNamed(named) ?? dialectOf(run, relinked));
  const names = variablesIn(body.text).filter((name) => isSetFor(run, name));
  const sets = names.length === 0 ? "" : `export ${names.map((name) => `${name}=1`).join(" ")}\n`;
  const head = `#!/bin/${dialect === "bash" ? "bash" : "dash"}\n${sets}`;
  return { text: head + body.text, from: head.length, dialect, run, body };
}

/** Names of the variables that a script may use. In arithmetic they stand without a `$`. */
function variablesIn(text: string): readonly string[] {
  const pattern = text.includes("((") ? /()\b([A-Za-z_]\w*)/g : /(\$\{?[#!]?)([A-Za-z_]\w*)/g;
  return [...new Set([...text.matchAll(pattern)].flatMap((match) => match[2] ?? []))];
}

/** A script and what ShellCheck says of it, as far as it is right about the shell of the image. */
export interface JudgedScript {
  readonly script: CheckedScript;
  readonly comments: readonly ShellComment[];
}

/** What ShellCheck says of the file's scripts; nothing where it was not asked. */
export function* judgedScripts(model: DockerfileModel, workspace: WorkspaceView): Generator<JudgedScript> {
  if (!workspace.hasShellComments()) return;
  for (const script of checkedScripts(model)) {
    const comments = commentsOf(script, workspace);
    if (comments.length > 0) yield { script, comments };
  }
}

/** The same of one RUN. */
export function judgedScriptOf(
  run: RunInstruction,
  model: DockerfileModel,
  workspace: WorkspaceView,
): JudgedScript | undefined {
  if (!workspace.hasShellComments()) return undefined;
  const pragma = shellPragmas(model).findLast(({ at }) => at < run.span.start);
  const script = scriptOf(run, pragma?.shell, undefined);
  return script && { script, comments: commentsOf(script, workspace) };
}

function commentsOf(script: CheckedScript, workspace: WorkspaceView): readonly ShellComment[] {
  const comments = workspace.shellComments(script.text) ?? [];
  return comments.filter(({ at, code }) => at.start >= script.from && !isUnderstood(code, at, script));
}

/** The file's characters of a part of what ShellCheck was given. */
export function placeOf({ body, from }: CheckedScript, { start, end }: Span): Span {
  return body.spanOf(Math.max(0, start - from), Math.max(0, end - from));
}

/** Whether ShellCheck, in words of its own, already tells of a place that a rule of ours is about to report. */
export function isToldByShellCheck(at: Span, codes: RegExp, found: JudgedScript | undefined): boolean {
  if (found === undefined) return false;
  return found.comments.some((comment) => {
    if (!codes.test(comment.code)) return false;
    const place = placeOf(found.script, comment.at);
    return place.start <= at.end && at.start <= place.end;
  });
}

/** `["sh", "-c", "…"]` */
function scriptOfShell(run: RunInstruction): ShellScript | undefined {
  const [command] = bodyOf(run)?.commands ?? [];
  return command?.inner;
}

function dialectOfWord({ words }: RunInstruction): ShellDialect | undefined {
  return /(?:^|\/)bash$/.test(words[0]?.value ?? "") ? "bash" : undefined;
}

/** The shells that comments like `# hadolint shell=bash` name, in the order of the text. */
function shellPragmas({ comments }: DockerfileModel): readonly { readonly at: number; readonly shell: string }[] {
  return comments.flatMap(({ text, span }) => {
    const shell = /^hadolint\s+shell\s*=\s*(\S+)/.exec(text)?.[1];
    return shell === undefined ? [] : [{ at: span.start, shell }];
  });
}

function dialectNamed(shell: string | undefined): ShellDialect | undefined {
  return shell === undefined
    ? undefined
    : shell.endsWith("bash")
      ? "bash"
      : /(?:^|\/)ash$/.test(shell)
        ? "ash"
        : "dash";
}

/** Whether a variable is set when the script runs. Of what stands behind an ONBUILD, only an ENV lasts until then. */
function isSetFor(run: RunInstruction, name: string): boolean {
  if (isPredefined(name)) return /_proxy$/i.test(name) || run.isSet(name);
  if (!run.onbuild) return run.isSet(name);
  return (run.stage?.history ?? []).some((before) => before.span.start < run.span.start && sets(before, name));
}

function sets(instruction: Instruction, name: string): boolean {
  return instruction.name === "ENV" && instruction.pairs.some((pair) => pair.name === name);
}

/** Whether the shell of the image knows what ShellCheck says it does not. */
function isUnderstood(code: string, at: Span, { dialect, text }: CheckedScript): boolean {
  // All of them have it, whatever POSIX says.
  if (code === "SC3043") return true;
  // `/bin/echo -e` is a program, whose flags are not the shell's.
  if (code === "SC3036" && /\/echo[ \t]+(?:-\S+[ \t]+)*$/.test(text.slice(Math.max(0, at.start - 200), at.start)))
    return true;
  return dialect === "ash" && ashKnows.has(code);
}

/** Of what ShellCheck holds against dash, busybox's ash has this. Tried with busybox 1.35. */
const ashKnows: ReadonlySet<string> = new Set(
  "SC2112 SC2113 SC3001 SC3003 SC3010 SC3012 SC3013 SC3014 SC3015 SC3018 SC3019 SC3020 SC3021 SC3028 SC3036 SC3037 SC3039 SC3040 SC3045 SC3046 SC3047 SC3051 SC3057 SC3060".split(
    " ",
  ),
);
