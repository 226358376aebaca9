import { nameOf } from "../../text/path.ts";
import type { Span } from "../../text/span.ts";
import { isShell } from "./inner.ts";
import type { ShellCommand, ShellScript } from "./model.ts";
import { parseShell } from "./script.ts";

/** What an entrypoint script tells of how it hands over. Plain data; places are offsets in the script's text. */
export interface ScriptFacts {
  /** The program of its first line: `sh`, `bash`, `python3`; `undefined` where there is no `#!`. */
  readonly interpreter: string | undefined;
  /** Its first line ends as on Windows, or any other does: `#!/bin/sh\r` is a program that does not exist. */
  readonly crlf: boolean;
  /** `undefined` where it is no shell's, or was not understood. */
  readonly shell: ShellScriptFacts | undefined;
}

export interface ShellScriptFacts {
  /** Whether an `exec` puts a program in the shell's place: the last thing the script does, elsewhere only (in a branch or a function, say), or never. */
  readonly exec: "last" | "elsewhere" | "never";
  /** One of them takes the arguments given to the script: `exec "$@"`. */
  readonly execsArguments: boolean;
  /** Some command takes them, exec or not. */
  readonly runsArguments: boolean;
  /** It ends with running its arguments as a command, and nothing in it looks whether there are any or puts others in their place. */
  readonly needsArguments: boolean;
  /** It sets a trap, so it may pass signals on by itself. */
  readonly traps: boolean;
  /** It gives up root by gosu, su-exec, setpriv, runuser, su or the like before it runs something. */
  readonly dropsRoot: boolean;
  /**
   * Its last command at the top level, with the program's name where that is known. `ends`: it is a program, as far as can be told, and the script ends
   * with it, so no loop, branch or pipe of commands is around or behind it.
   */
  readonly last: { readonly name: string | undefined; readonly at: Span; readonly ends: boolean } | undefined;
}

/** Reads a script; `name` says what reads it where no `#!` does. Never throws. */
export function scriptFacts(name: string, text: string): ScriptFacts {
  const plain = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const interpreter = interpreterOf(plain);
  const byShell = interpreter === undefined ? /^[^.]+$|\.(?:ba|da|k|z|a)?sh$/.test(nameOf(name)) : isShell(interpreter);
  return { interpreter, crlf: text.includes("\r\n"), shell: byShell ? shellFacts(text) : undefined };
}

function interpreterOf(text: string): string | undefined {
  const words = /^#![ \t]*([^\r\n]*)/.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  const program = nameOf(words[0] ?? "");
  if (program === "") return undefined;
  if (program !== "env") return program;
  return nameOf(words.slice(1).find((word) => !word.startsWith("-") && !word.includes("=")) ?? "") || undefined;
}

function shellFacts(text: string): ShellScriptFacts | undefined {
  // Blanks for the returns keep the places, and the shell is not asked to make sense of them.
  const script = parseShell(text.replaceAll("\r\n", " \n"), 0);
  if (script.broken) return undefined;
  const { commands } = script;
  const execs = commands.filter(replacesShell);
  const last = commands.at(-1);
  const lastAtTop = commands.findLast(({ depth }) => depth === 0);
  return {
    exec: execs.length === 0 ? "never" : last !== undefined && replacesShell(last) ? "last" : "elsewhere",
    execsArguments: execs.some(takesArguments),
    runsArguments: commands.some(runsArguments),
    needsArguments: isArguments(lastAtTop?.words[0]?.text ?? "") && !/\$#|\$\{?1(?!\d)|\$\{#|\bset[ \t]+--/.test(text),
    traps: commands.some(({ name, args }) => name === "trap" && args.length > 0),
    dropsRoot: commands.some(dropsRoot),
    last: lastAtTop && { name: lastAtTop.name, at: lastAtTop.span, ends: endsWith(script, lastAtTop, text) },
  };
}

function endsWith({ commands, end }: ShellScript, last: ShellCommand, text: string): boolean {
  const own = /^\w[\w-]*$/.exec(last.name ?? "")?.[0];
  const isFunction =
    own !== undefined && new RegExp(`^[ \\t]*(?:function[ \\t]+)?${own}[ \\t]*(?:\\(|\\{)`, "m").test(text);
  // Substitutions in its words are commands too.
  const nothingBehind = commands.every(({ span }) => span.start <= last.span.end);
  const rest = text.slice(last.span.end, end);
  return !isFunction && nothingBehind && last.joined !== "|" && !/&[ \t]*$/.test(rest);
}

/** `exec >log` alone only turns the output elsewhere. */
function replacesShell({ prefixes, words }: ShellCommand): boolean {
  return prefixes[0] === "exec" && words.length > 0;
}

function takesArguments({ words, prefixWords }: ShellCommand): boolean {
  return [...prefixWords, ...words].some(({ text }) => isArguments(text));
}

/** The arguments as a command, not as what some other program is given. */
function runsArguments(command: ShellCommand): boolean {
  return (
    isArguments(command.words[0]?.text ?? "") ||
    (command.name !== "set" && command.name !== "echo" && isArguments(command.words.at(-1)?.text ?? ""))
  );
}

function isArguments(text: string): boolean {
  return /^"?\$(?:[@*]|\{[@*]\})"?$/.test(text);
}

const droppers = new Set([
  "gosu",
  "su-exec",
  "setpriv",
  "runuser",
  "su",
  "chroot",
  "setuidgid",
  "s6-setuidgid",
  "chpst",
]);

function dropsRoot({ name, prefixes }: ShellCommand): boolean {
  return (name !== undefined && droppers.has(name)) || prefixes.some((prefix) => droppers.has(prefix));
}
