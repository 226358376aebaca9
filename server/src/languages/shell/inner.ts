import type { RedirectOutline, WordOutline } from "./outline.ts";
import { type Place, placeOfCharacters } from "./place.ts";
import { programName } from "./prefixes.ts";

/** A script that stands in an argument of a command, decoded, and where its characters stand. */
export interface InnerText {
  readonly text: string;
  readonly place: Place;
}

const shells: ReadonlySet<string> = new Set(["sh", "bash", "dash", "ash", "ksh", "zsh", "su", "runuser"]);

/** Whether a program of this name reads scripts in the language of `sh` or bash. Takes a path, and the `.exe` of Windows. */
export function isShell(program: string): boolean {
  const name = program.slice(Math.max(program.lastIndexOf("/"), program.lastIndexOf("\\")) + 1).replace(/\.exe$/i, "");
  return name === "sh" || name === "bash" || name === "dash" || name === "ash" || name === "ksh";
}

/**
 * The script a command runs: of `sh -c '…'`, `bash -lc "…"`, `su -c '…' user`, `eval "…"`, or of the heredoc that a shell without operands reads.
 * `words` are the program and its arguments. `undefined` where there is none or its quoting is mixed.
 */
export function innerText({ text, words, redirects, place }: Runner): InnerText | undefined {
  const name = programName(words[0]);
  if (name === undefined) return undefined;
  if (name === "eval") {
    const only = words[1];
    return words.length === 2 && only !== undefined ? contentOf(only, place) : undefined;
  }
  if (!shells.has(name)) return undefined;
  const flag = words.findIndex((word, index) => index > 0 && /^(?:-[A-Za-z]*c|--command)$/.test(word.value ?? ""));
  const script = flag < 0 ? undefined : words[flag + 1];
  if (script !== undefined) return contentOf(script, place);
  const body = redirects.find((redirect) => redirect.body !== undefined)?.body;
  if (body === undefined || words.some((word, index) => index > 0 && !word.text.startsWith("-"))) return undefined;
  return direct(text.slice(body.start, body.end), body.start, place);
}

interface Runner {
  /** The whole script the command stands in, and where that stands. */
  readonly text: string;
  readonly place: Place;
  readonly words: readonly WordOutline[];
  readonly redirects: readonly RedirectOutline[];
}

function contentOf(word: WordOutline, place: Place): InnerText | undefined {
  const { text, start } = word;
  const quote = text[0];
  if (quote === "'" || quote === '"') {
    const body = text.slice(1, -1);
    if (text.length < 2 || !text.endsWith(quote)) return undefined;
    if (quote === "'") return body.includes("'") ? undefined : direct(body, start + 1, place);
    return unescaped(body, start + 1, place);
  }
  return /["'\\]/.test(text) ? undefined : direct(text, start, place);
}

function direct(text: string, start: number, place: Place): InnerText {
  return { text, place: { span: (from, to) => place.span(start + from, start + to) } };
}

/** Between double quotes a backslash is taken off before `$`, a backquote, a double quote, itself and a line's end. */
function unescaped(body: string, start: number, place: Place): InnerText | undefined {
  if (!body.includes("\\")) return body.includes('"') ? undefined : direct(body, start, place);
  let text = "";
  const offsets: number[] = [];
  for (let at = 0; at < body.length; at++) {
    const char = body.charAt(at);
    if (char === '"') return undefined;
    if (char === "\\" && at + 1 < body.length && '$`"\\\n'.includes(body.charAt(at + 1))) {
      at += 1;
      if (body.charAt(at) === "\n") continue;
    }
    text += body.charAt(at);
    offsets.push(start + at);
  }
  return { text, place: placeOfCharacters(offsets, place) };
}
