import type { CommandInstruction, DockerfileModel } from "../../../languages/dockerfile/model.ts";

/** What keeps an argument from being JSON. */
export type JsonFault =
  | "quotes"
  | "bare"
  | "typographic"
  | "escape"
  | "comma"
  | "trailing"
  | "bracket"
  | "open"
  | "behind";

/** An argument that was meant as an exec form and is no JSON. Offsets count in the text given. */
export interface NearExecForm {
  /** The first fault, which alone keeps the builder from taking it for an exec form. */
  readonly fault: JsonFault;
  readonly start: number;
  readonly end: number;
  /** The words that were meant; `undefined` where that is not clear. */
  readonly words: readonly string[] | undefined;
  /** A comment behind the closing bracket, with its `#`. */
  readonly comment: string | undefined;
}

/**
 * Reads the argument of an instruction in shell form. `undefined` where nothing speaks for an exec form: `[ -f x ]` is a command, and `[a-z]*` names files.
 * `paths`: the argument is a list of paths, of which brackets and quotes may be a part, so that it takes both to tell.
 */
export function nearExecForm(text: string, escape: string, paths: boolean): NearExecForm | undefined {
  const bracketed = text.startsWith("[");
  if (!bracketed && !/^["'“]/.test(text)) return undefined;
  const found = readList(text, escape, bracketed);
  if (found === undefined) return undefined;
  const { fault, quoted, commas, end } = found;
  if (fault === undefined) return undefined;
  const rest = text.slice(end).trim();
  const whole = rest === "" || rest.startsWith("#");
  const told = bracketed
    ? paths
      ? quoted > 0 && (commas > 0 || whole)
      : /^\[[^\s[]/.test(text)
        ? quoted > 0 || (commas > 0 && whole) || (found.words.length === 1 && whole)
        : commas > 0 && whole
    : quoted > 1 && quoted === found.words.length && commas === quoted - 1 && rest === "";
  if (!told) return undefined;
  const clear = whole && fault.kind !== "open" && !found.words.some((word) => word.includes("$"));
  return {
    fault: fault.kind,
    start: fault.start,
    end: fault.end,
    words: clear ? found.words : undefined,
    comment: rest.startsWith("#") ? rest : undefined,
  };
}

/** Whether a command was meant as an exec form and is no JSON. */
export function isNearExecForm(
  { form, argumentsSpan }: CommandInstruction,
  { text, escape }: DockerfileModel,
): boolean {
  if (form === "exec") return false;
  return nearExecForm(text.slice(argumentsSpan.start, argumentsSpan.end), escape, false) !== undefined;
}

interface Fault {
  readonly kind: JsonFault;
  readonly start: number;
  readonly end: number;
}

interface List {
  readonly words: readonly string[];
  /** How many of them have quotes of any kind. */
  readonly quoted: number;
  readonly commas: number;
  readonly fault: Fault | undefined;
  /** Behind the bracket that closes it, or the last word. */
  readonly end: number;
}

const closing: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ["“", "”"],
  ["”", "”"],
  ["‘", "’"],
  ["’", "’"],
]);

function readList(text: string, escape: string, bracketed: boolean): List | undefined {
  const words: string[] = [];
  let [quoted, commas, at] = [0, 0, bracketed ? 1 : 0];
  let fault: Fault | undefined;
  let comma: number | undefined = at;
  const blame = (kind: JsonFault, start: number, end: number): void => {
    fault ??= { kind, start, end };
  };
  if (!bracketed) blame("bracket", 0, 1);
  for (;;) {
    at = skipBlanks(text, at, escape);
    const char = text.charAt(at);
    if (char === "" || char === "]") {
      if (comma !== undefined && words.length > 0) blame("trailing", comma, comma + 1);
      if (char === "" && bracketed) blame("bracket", 0, 1);
      if (char === "]") at += 1;
      break;
    }
    if (char === ",") {
      if (comma !== undefined) return undefined;
      comma = at;
      commas += 1;
      at += 1;
      continue;
    }
    const word = readWord(text, at);
    if (word === undefined) {
      blame("open", at, at + 1);
      at = text.length;
      words.push("");
      quoted += 1;
      break;
    }
    if (comma === undefined) blame("comma", at, word.end);
    if (word.fault !== undefined) blame(word.fault, at, word.end);
    if (word.fault !== "bare") quoted += 1;
    words.push(word.value);
    at = word.end;
    comma = undefined;
  }
  const behind = skipBlanks(text, at, escape);
  if (behind < text.length) blame("behind", behind, text.length);
  return { words, quoted, commas, fault, end: at };
}

function readWord(
  text: string,
  at: number,
): { readonly value: string; readonly end: number; readonly fault: JsonFault | undefined } | undefined {
  const open = text.charAt(at);
  const close = closing.get(open);
  if (close === undefined) {
    const value = /^[^\s,\]"'“”]+/.exec(text.slice(at))?.[0];
    return value === undefined ? undefined : { value, end: at + value.length, fault: "bare" };
  }
  let end = at + 1;
  while (end < text.length && text.charAt(end) !== close) {
    if (text.charAt(end) === "\n") return undefined;
    end += open === '"' && text.charAt(end) === "\\" ? 2 : 1;
  }
  if (end >= text.length) return undefined;
  const inside = text.slice(at + 1, end);
  end += 1;
  if (open === "'") return { value: inside, end, fault: "quotes" };
  if (open !== '"') return { value: inside, end, fault: "typographic" };
  const value = asJson(`"${inside}"`);
  return value === undefined ? { value: inside, end, fault: "escape" } : { value, end, fault: undefined };
}

function asJson(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Continued lines count as blanks. */
function skipBlanks(text: string, from: number, escape: string): number {
  let at = from;
  for (;;) {
    if (/\s/.test(text.charAt(at))) at += 1;
    else if (text.charAt(at) === escape && /^[ \t]*\r?\n/.test(text.slice(at + 1, at + 81))) at += 1;
    else return at;
  }
}
