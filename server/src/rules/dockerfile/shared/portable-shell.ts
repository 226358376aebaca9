import { type TextEdit, insert, remove, replace } from "../../../text/edit.ts";
import type { Bashism } from "./bashisms.ts";

/** A change of a few characters. */
export interface PortableForm {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** The same in a form that every shell knows; `undefined` where that is more than a change of some characters. `behind` is the file's text from its place on. */
export function portableForm(found: Bashism, behind: string): PortableForm | undefined {
  const { span, what, text, command } = found;
  // Where a continuation or escapes split it, its characters have no place of their own.
  if (span.end - span.start !== text.length) return undefined;
  switch (what) {
    case "source": {
      const file = command?.args[0];
      // `source` looks beside the script first, `.` only along the PATH.
      const edits = [replace(span, ".")];
      if (file === undefined || (command?.args.length ?? 0) > 1) return undefined;
      if (/^[\w.-]+$/.test(file.text)) edits.push(insert(file.span.start, "./"));
      return { title: "Write `.` (the file itself must do without bash, too)", edits };
    }
    case "==":
      return { title: "Write `=` (the test then gives its result in every shell)", edits: [replace(span, "=")] };
    case "function": {
      const head = /^function[ \t]+([\w-]+)[ \t]*(?:\([ \t]*\)[ \t]*)?(?=\{)/.exec(behind);
      const name = head?.[1];
      if (head === null || name === undefined) return undefined;
      const whole = { start: span.start, end: span.start + head[0].length };
      return { title: `Write \`${name}() {\``, edits: [replace(whole, `${name}() `)] };
    }
    case "&>":
    case "&>>":
    case ">&": {
      const target = /^(&>>|&>|>&)[ \t]*([\w./${}-]+|"[^"\n]*"|'[^'\n]*')(?=[\s;&|)]|$)/.exec(behind);
      if (target === null || target[2] === undefined) return undefined;
      const operator = what === "&>>" ? ">>" : ">";
      return {
        title: `Write \`${operator}${target[2]} 2>&1\` (the step then waits for the command)`,
        edits: [replace({ start: span.start, end: span.start + target[0].length }, `${operator}${target[2]} 2>&1`)],
      };
    }
    case "|&":
      return { title: "Write `2>&1 |`", edits: [replace(span, "2>&1 |")] };
    case "echo -e":
      // dash's own echo knows the escapes without being told.
      return text === "-e" && command?.nameSpan !== undefined
        ? {
            title: "Leave the `-e` out (dash takes the escapes without it, bash would not)",
            edits: [remove({ start: command.nameSpan.end, end: span.end })],
          }
        : undefined;
    case "braces":
      return bracesWrittenOut(found);
    default:
      return undefined;
  }
}

/** As bash would: once for each part of the braces. */
function bracesWrittenOut({ span, text }: Bashism): PortableForm | undefined {
  const words = expanded(text);
  if (words === undefined) return undefined;
  return { title: `Write it out: \`${words.join(" ")}\``, edits: [replace(span, words.join(" "))] };
}

/** The words that bash makes of one; `undefined` where there are many, or its quoting or nesting makes it hard to tell. */
function expanded(word: string): readonly string[] | undefined {
  if (/['`\\]/.test(word)) return undefined;
  const braces = /(?<!\$)\{(?:(\d{1,3})\.\.(\d{1,3})|[^{}\s"$]*,[^{}\s"$]*)\}/.exec(word);
  // A `{` that is none of a variable's: nested braces, say.
  if (braces === null) return /(?<!\$)\{[^}]*(?:,|\.\.)/.test(word) ? undefined : [word];
  const before = word.slice(0, braces.index);
  if ((before.split('"').length - 1) % 2 === 1) return undefined;
  const parts = braces[1] === undefined ? braces[0].slice(1, -1).split(",") : range(braces[1], braces[2] ?? "");
  const rest = expanded(word.slice(braces.index + braces[0].length));
  if (parts === undefined || rest === undefined || /(?<!\$)\{/.test(before)) return undefined;
  const words = parts.flatMap((part) => rest.map((end) => before + part + end));
  return words.length > mostWords ? undefined : words;
}

/** Nobody wants to read more of them. */
const mostWords = 12;

function range(from: string, to: string): readonly string[] | undefined {
  const [first, last] = [Number(from), Number(to)];
  if (last < first || last - first >= mostWords || /^0\d/.test(from)) return undefined;
  return Array.from({ length: last - first + 1 }, (_, index) => String(first + index));
}
