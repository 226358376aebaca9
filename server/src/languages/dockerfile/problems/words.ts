import type { Span } from "../../../text/span.ts";
import { replace } from "../../../text/edit.ts";
import type { SyntaxProblem } from "../../problem.ts";
import { toExecForm } from "../exec-form.ts";
import { quotedWords } from "../lexer.ts";
import type { Instruction, Word } from "../model.ts";
import { unquote } from "../quotes.ts";
import { type SubstitutionFault, substitutionFault } from "./substitution.ts";

/** Instructions whose words the builder takes quotes and variables from. */
const expanding: ReadonlySet<Instruction["name"]> = new Set([
  "ADD",
  "ARG",
  "COPY",
  "ENV",
  "EXPOSE",
  "FROM",
  "LABEL",
  "STOPSIGNAL",
  "USER",
  "VOLUME",
  "WORKDIR",
]);

/** The first quote that stays open, and variable that the builder cannot read, among the words of an instruction. */
export function* wordProblems(instruction: Instruction, escape: string): Generator<SyntaxProblem> {
  if (!expanding.has(instruction.name) || isJson(instruction)) return;
  for (const word of instruction.words) {
    const fault = substitutionFault(word.text, escape);
    if (fault === undefined) continue;
    const at = placeOf(word, fault);
    const message = messageOf(fault, word, instruction);
    const fix = fault.kind === "quote" ? jsonForm(instruction, escape) : undefined;
    yield fix === undefined ? { at, message } : { at, message, fix };
    return;
  }
}

/** The words of an array have the array's own quotes; heredoc openers are read as a shell reads them. */
function isJson({ words: [first], argumentsSpan, heredocs }: Instruction): boolean {
  return heredocs.length > 0 || first === undefined || first.span.start > argumentsSpan.start;
}

/** A word that a continuation splits is shown whole. */
function placeOf({ text, span }: Word, { start, end }: SubstitutionFault): Span {
  if (span.end - span.start !== text.length) return span;
  return { start: span.start + start, end: span.start + end };
}

function messageOf({ kind, found }: SubstitutionFault, word: Word, { name }: Instruction): string {
  switch (kind) {
    case "quote":
      if (name === "COPY" || name === "ADD" || name === "VOLUME" || name === "EXPOSE") {
        return `\`${word.text}\` has one ${found} too few: \`${name}\` parts its words at every blank, quoted or not; a name with blanks needs the JSON form.`;
      }
      return `The quote ${found} is never closed: close it, or put an escape character before it.`;
    case "brace":
      return "`${` is never closed: put a `}` behind the variable.";
    case "name":
      return `\`${found}\` names no variable: write \`\${NAME}\`.`;
    default:
      return `The builder does not know \`${found}\` behind a variable: use \`:-\`, \`:+\`, \`:?\`, \`#\`, \`%\` or \`/\`.`;
  }
}

function jsonForm(instruction: Instruction, escape: string): SyntaxProblem["fix"] {
  if (instruction.name !== "COPY" && instruction.name !== "ADD" && instruction.name !== "VOLUME") return undefined;
  const { words, argumentsSpan } = instruction;
  const written = words.map(({ text }) => text).join(" ");
  // One blank stood between each two of them.
  if (written.length !== argumentsSpan.end - argumentsSpan.start) return undefined;
  const whole = quotedWords(written, 0, written.length, escape).map(({ start, end }) => written.slice(start, end));
  if (whole.length === words.length || whole.some((word) => substitutionFault(word, escape) !== undefined)) {
    return undefined;
  }
  const text = toExecForm(whole.map((word) => unquote(word, escape)));
  return { title: `Write \`${text}\``, edits: [replace(argumentsSpan, text)] };
}
