import { type TextEdit, insert, remove, replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import type { ShellCommand, ShellScript } from "../shell/model.ts";
import { continuationAt, lineAt } from "./blanks.ts";
import type { DockerfileModel, Heredoc, RunInstruction } from "./model.ts";

/**
 * Lets a RUN do one thing more at its end, if all before went well, in its own style: on the same line, on a line of its own with the
 * operator at its start or at the end of the line before, or as a line of its heredoc. `undefined` where the script is not understood.
 */
export function appendToRun(model: DockerfileModel, run: RunInstruction, command: string): TextEdit | undefined {
  const { script } = run;
  if (script === undefined || script.broken || script.commands.length === 0) return undefined;
  const [heredoc] = run.heredocs;
  if (heredoc !== undefined && heredoc.bodySpan.start <= script.end) return appendToBody(model, heredoc, command);
  return appendToLine(model, run, script, command);
}

function appendToBody(model: DockerfileModel, heredoc: Heredoc, command: string): TextEdit | undefined {
  const { body, bodySpan, terminated } = heredoc;
  const lines = body.split("\n");
  const last = lines.findLast((line) => line.trim() !== "") ?? "";
  if (!terminated || last.trimEnd().endsWith("\\")) return undefined;
  const indentation = /^[ \t]*/.exec(last)?.[0] ?? "";
  return insert(bodySpan.end, indentation + command + model.lineEnding);
}

function appendToLine(
  model: DockerfileModel,
  run: RunInstruction,
  script: ShellScript,
  command: string,
): TextEdit | undefined {
  const { text, escape, lineEnding } = model;
  const { end } = script;
  const tail = /^[ \t]*;/.exec(text.slice(end, run.argumentsSpan.end))?.[0] ?? "";
  const at: Span = { start: end, end: end + tail.length };
  const background = text[end - 1] === "&";
  const style = styleOf(model, run, script);
  if (style === undefined) {
    return replace(at, background ? ` ${command}` : ` && ${command}`);
  }
  const next = ` ${escape}${lineEnding}${style.indentation}`;
  if (background) return replace(at, `${next}${command}`);
  if (style.operator === ";") return replace(at, `;${next}${command}${tail === "" ? "" : ";"}`);
  return replace(at, style.operator === "leading" ? `${next}&& ${command}` : ` &&${next}${command}`);
}

interface LineStyle {
  /** `leading`: `&&` begins a line; `trailing`: it ends one; `;`: semicolons end lines, and `set -e` stops at a failure. */
  readonly operator: "leading" | "trailing" | ";";
  readonly indentation: string;
}

/** How a RUN of several lines is laid out; `undefined` for one of a single line. */
function styleOf({ text, escape }: DockerfileModel, run: RunInstruction, script: ShellScript): LineStyle | undefined {
  const from = run.keywordSpan.start;
  if (!text.slice(from, script.end).includes("\n")) return undefined;
  const indentationAt = (offset: number): string => {
    const start = lineStart(text, offset);
    return start <= from ? "    " : (/^[ \t]*/.exec(text.slice(start, offset + 1))?.[0] ?? "");
  };
  const joints = script.commands.flatMap((command) =>
    command.depth === 0 && command.joinSpan !== undefined && command.joined !== "|"
      ? [{ operator: command.joined, span: command.joinSpan, next: command.span.start }]
      : [],
  );
  for (const { operator, span, next } of joints.reverse()) {
    const before = text.slice(lineStart(text, span.start), span.start);
    if (operator !== ";" && before.trim() === "" && span.start > from) {
      return { operator: "leading", indentation: before };
    }
    const line = lineAt(text, span.end);
    if (text.slice(span.end, line.end).trim() === escape) {
      const errexit = script.commands.some((command) => command.name === "set" && command.has("-e"));
      return { operator: operator === ";" && errexit ? ";" : "trailing", indentation: indentationAt(next) };
    }
  }
  return { operator: "leading", indentation: indentationAt(script.end - 1) };
}

/**
 * Takes a command out of a RUN with the operator that joins it to its neighbour. `undefined` where it stands alone (take the instruction out),
 * in a pipeline or a compound, or where what follows hangs on its result (`||`).
 */
export function removeCommand(
  model: DockerfileModel,
  run: RunInstruction,
  command: Pick<ShellCommand, "span" | "redirects" | "joined" | "joinSpan" | "depth">,
): TextEdit | undefined {
  const { script } = run;
  if (script === undefined || script.broken || command.depth > 0) return undefined;
  // The text of a heredoc would stay behind.
  if (command.redirects.some(({ operator }) => operator === "<<" || operator === "<<-")) return undefined;
  const whole = command.redirects.reduce(
    (all, { span }) => ({ start: Math.min(all.start, span.start), end: Math.max(all.end, span.end) }),
    command.span,
  );
  const next = script.commands.find(
    ({ depth, joinSpan }) => depth === 0 && joinSpan !== undefined && joinSpan.start >= whole.end,
  );
  const following =
    next?.joinSpan !== undefined && isGap(model, { start: whole.end, end: next.joinSpan.start }) ? next : undefined;
  if (following?.joined === "||" || following?.joined === "|" || following?.joined === "&") return undefined;
  if (command.joined === "\n" || (command.joined === undefined && following?.joined === "\n")) {
    return removeLine(model, whole);
  }
  if (command.joinSpan !== undefined) {
    if (command.joined !== "&&" && command.joined !== ";") return undefined;
    if (!isGap(model, { start: command.joinSpan.end, end: whole.start })) return undefined;
    return remove({ start: gapStart(model, command.joinSpan.start), end: whole.end });
  }
  if (following?.joinSpan === undefined || !startsScript(model, run, whole.start)) return undefined;
  const start = gapEnd(model, following.joinSpan.end);
  return remove({ start: whole.start, end: start });
}

function startsScript({ text }: DockerfileModel, run: RunInstruction, offset: number): boolean {
  return (
    offset === run.argumentsSpan.start ||
    run.heredocs.some(({ bodySpan }) => text.slice(bodySpan.start, offset).trim() === "")
  );
}

function removeLine({ text }: DockerfileModel, span: Span): TextEdit | undefined {
  const start = lineStart(text, span.start);
  const line = lineAt(text, span.end);
  const alone = text.slice(start, span.start).trim() === "" && /^\s*;?\s*$/.test(text.slice(span.end, line.end));
  return alone ? remove({ start, end: line.next }) : undefined;
}

/** Whether there is nothing but white space, continuations, and the comment lines between them. */
function isGap(model: DockerfileModel, { start, end }: Span): boolean {
  return gapEnd(model, start) >= end;
}

/** Where the blanks, continuations and comment lines behind an offset of an instruction end. */
export function gapEnd({ text, escape }: DockerfileModel, offset: number): number {
  let at = offset;
  for (;;) {
    while (text[at] === " " || text[at] === "\t") at += 1;
    const line = lineAt(text, at);
    if (text[at] !== escape || text.slice(at + 1, line.end).trim() !== "" || line.next === at) return at;
    at = line.next;
    while (at < text.length && isSkipped(text, at)) at = lineAt(text, at).next;
  }
}

/** Where the blanks, continuations and comment lines before an offset of an instruction begin; the offset itself where it is no continuation. */
export function gapStart({ text, escape }: DockerfileModel, offset: number): number {
  let at = offset;
  for (;;) {
    while (text[at - 1] === " " || text[at - 1] === "\t") at -= 1;
    if (text[at - 1] !== "\n") return at;
    let start = lineStart(text, at - 1);
    while (start > 0 && isSkipped(text, start)) start = lineStart(text, start - 1);
    const open = continuationAt(text, start, lineAt(text, start).end, escape);
    if (open === undefined) return offset;
    at = open;
  }
}

function lineStart(text: string, offset: number): number {
  return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
}

/** An empty line or a comment, which the builder takes out between the lines of an instruction. */
function isSkipped(text: string, start: number): boolean {
  return /^\s*(?:#|$)/.test(text.slice(start, lineAt(text, start).end));
}
