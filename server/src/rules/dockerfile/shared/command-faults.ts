import type { CommandWord, Fault, TextFaultPlace } from "../../../knowledge/verification/model.ts";
import type { DockerfileModel, RunInstruction, TransferInstruction } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import { type TextEdit, replace } from "../../../text/edit.ts";
import { type Span, cover, shift } from "../../../text/span.ts";
import { removeStep, removeWords } from "./removal.ts";
import type { RunBody } from "./run-bodies.ts";

/** A fault in a command of a `RUN`. */
export interface CommandFault {
  readonly command: ShellCommand;
  /** The program's name. */
  readonly program: string;
  readonly fault: Fault;
  readonly at: Span;
  /** What is at fault, as written: `--trusted-host pypi.org`. */
  readonly text: string;
  /** The edits that take it out; none where that cannot be done well. */
  readonly edits: (model: DockerfileModel) => readonly TextEdit[];
}

/** The fault of each command that has one, those of scripts in it (`sh -c "…"`) included. */
export function commandFaults(
  body: RunBody,
  judge: (program: string, words: readonly CommandWord[]) => Fault | undefined,
): readonly CommandFault[] {
  return body.script.everyCommand.flatMap((command) => {
    const { name, args } = command;
    const fault = name === undefined || args.length === 0 ? undefined : judge(name, args);
    const words = (fault?.words ?? []).flatMap((index) => args[index] ?? []);
    const [first] = words;
    if (name === undefined || fault === undefined || first === undefined) return [];
    const at = words.reduce((all, { span }) => cover(all, span), first.span);
    return {
      command,
      program: name,
      fault,
      at,
      text: words.map(({ value, text }) => value ?? text).join(" "),
      edits: (model): readonly TextEdit[] => {
        if (fault.part !== undefined) {
          const { from, to, text } = fault.part;
          const whole = first.span.end - first.span.start === first.text.length;
          return whole ? [replace({ start: first.span.start + from, end: first.span.start + to }, text)] : [];
        }
        if (fault.whole !== true) return removeWords(model, body, words);
        const edit = removeStep(model, body, command);
        return edit === undefined ? [] : [edit];
      },
    };
  });
}

/** A part of a text that a step writes into a file, and what belongs there instead. */
export interface TextFault {
  readonly at: Span;
  readonly text: string;
  readonly edit: TextEdit | undefined;
}

const writers: ReadonlySet<string> = new Set(["echo", "printf", "sed", "crudini"]);

/** The first fault in each text that an instruction writes: in the words of `echo`, `printf` and `sed`, and in its heredocs. */
export function textFaults(
  instruction: RunInstruction | TransferInstruction,
  body: RunBody | undefined,
  judge: (text: string) => TextFaultPlace | undefined,
): readonly TextFault[] {
  const found: TextFault[] = [];
  const heredocs = instruction.heredocs.map(({ bodySpan }) => bodySpan);
  for (const { name, args } of body?.script.everyCommand ?? []) {
    if (name === undefined || !writers.has(name)) continue;
    // Of `sed s/gpgcheck=0/gpgcheck=1/` the latter half is what it writes.
    for (const { text, span } of args) {
      if (heredocs.some(({ start, end }) => start <= span.start && span.start < end)) continue;
      const skipped = name === "sed" ? replacementStart(text) : 0;
      const fault = judge(text.slice(skipped));
      if (fault === undefined) continue;
      const exact = span.end - span.start === text.length;
      const origin = span.start + skipped;
      found.push({
        at: exact ? shift({ start: fault.start, end: fault.to }, origin) : span,
        text: text.slice(skipped + fault.start, skipped + fault.to).trim(),
        // What sed is to look for and what it finds hang together.
        edit:
          exact && name !== "sed"
            ? replace(shift({ start: fault.from, end: fault.to }, origin), fault.text)
            : undefined,
      });
    }
  }
  for (const { body: text, bodySpan } of instruction.heredocs) {
    const fault = judge(text);
    if (fault === undefined) continue;
    found.push({
      at: shift({ start: fault.start, end: fault.to }, bodySpan.start),
      text: text.slice(fault.start, fault.to).trim(),
      edit: replace(shift({ start: fault.from, end: fault.to }, bodySpan.start), fault.text),
    });
  }
  return found;
}

/** Where in `s/old/new/` the new text begins; 0 where it is another command of sed. */
function replacementStart(text: string): number {
  const match = /^["']?(?:\d+|\/[^/]*\/)?s([^\w\s\\])/.exec(text);
  const delimiter = match?.[1];
  if (match === null || delimiter === undefined) return 0;
  for (let at = match[0].length; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === delimiter) return at + 1;
  }
  return 0;
}
