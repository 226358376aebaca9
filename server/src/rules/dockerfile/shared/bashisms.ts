import type { BashSyntaxKind, ShellCommand, ShellScript, ShellWord } from "../../../languages/shell/index.ts";
import type { Span } from "../../../text/span.ts";
import type { ShellDialect } from "./shell-dialect.ts";

/** A place where a script is written for bash. */
export interface Bashism {
  /** What is used, the same for all places of one kind. */
  readonly what: BashSyntaxKind | "source" | "==" | "echo -e" | "builtin" | "option";
  readonly span: Span;
  /** As written. */
  readonly text: string;
  /** A sentence without its end: "`source` is bash's". */
  readonly said: string;
  /** What to do instead, in the imperative. */
  readonly instead: string;
  /** The command it belongs to, where it is a command. */
  readonly command?: ShellCommand;
  /** The name of a variable that bash sets. */
  readonly variable?: string;
}

/** What a script has that a smaller shell does not know; scripts that it runs are not looked into. */
export function* bashisms(script: ShellScript, dialect: Exclude<ShellDialect, "bash">): Generator<Bashism> {
  for (const { kind, span, text } of script.bashSyntax) {
    const phrase = phrases[kind];
    if (dialect === "ash" && (phrase.ash === true || (kind === "variable" && ashVariables.has(nameOf(text))))) continue;
    const variable = kind === "variable" ? nameOf(text) : undefined;
    if (variable !== undefined && script.commands.some((command) => assigns(command, variable))) continue;
    yield {
      what: kind,
      span,
      text,
      said: phrase.said.replace("%", () => text),
      instead: phrase.instead,
      ...(variable === undefined ? {} : { variable }),
    };
  }
  for (const command of script.commands) {
    const found = inCommand(command, dialect);
    if (found !== undefined) yield { ...found, command };
  }
}

interface Phrase {
  /** `%` stands for what is written. */
  readonly said: string;
  readonly instead: string;
  /** busybox's ash knows it. */
  readonly ash?: true;
}

const useBash = "name bash by `SHELL`";

const phrases: Readonly<Record<BashSyntaxKind, Phrase>> = {
  "[[": { said: "`[[` is bash's", instead: `use \`[\`, or ${useBash}`, ash: true },
  "((": { said: "`((` counts in bash alone", instead: `use \`[ … ]\` and \`$((…))\`, or ${useBash}` },
  "for ((": { said: "`for ((…))` is bash's", instead: `use \`seq\`, or ${useBash}` },
  function: { said: "`function` is bash's", instead: "write `name() { …; }`", ash: true },
  select: { said: "`select` is bash's", instead: useBash },
  coproc: { said: "`coproc` is bash's", instead: useBash },
  "=()": { said: "Arrays (`%…`) are bash's", instead: `use words in a string, or ${useBash}` },
  "+=": { said: "`%` is bash's", instead: `write the variable once more (\`a="$a…"\`), or ${useBash}` },
  "<<<": { said: "`<<<` is bash's", instead: `use a pipe (\`printf '%s\\n' … |\`), or ${useBash}` },
  "&>": {
    said: "`&>` runs the command in the background in other shells than bash",
    instead: "write `>file 2>&1`",
    ash: true,
  },
  "&>>": { said: "`&>>` is bash's", instead: "write `>>file 2>&1`" },
  ">&": { said: "`>&` with a file is bash's", instead: "write `>file 2>&1`", ash: true },
  "|&": { said: "`|&` is bash's", instead: "write `2>&1 |`" },
  "<()": { said: "`%` is bash's", instead: `use a file or a pipe, or ${useBash}`, ash: true },
  ";&": { said: "`%` is bash's", instead: useBash },
  braces: { said: "Only bash expands `%`", instead: "write the words out" },
  "$''": { said: "`$'…'` is bash's", instead: "use `printf`", ash: true },
  "${/}": { said: "`%` is bash's", instead: `use \`sed\`, or ${useBash}`, ash: true },
  "${:}": { said: "`%` is bash's", instead: `use \`cut\`, or ${useBash}`, ash: true },
  "${^}": { said: "`%` is bash's", instead: `use \`tr\`, or ${useBash}` },
  "${!}": { said: "`%` is bash's", instead: useBash },
  "${@}": { said: "`%` is bash's", instead: useBash },
  "${[]}": { said: "Arrays (`%`) are bash's", instead: useBash },
  variable: { said: "`%` is empty in other shells than bash", instead: useBash },
};

const ashVariables: ReadonlySet<string> = new Set(["RANDOM", "HOSTNAME"]);

function nameOf(expansion: string): string {
  return /\w+/.exec(expansion)?.[0] ?? "";
}

function assigns({ assignments, name, args }: ShellCommand, variable: string): boolean {
  return (
    assignments.some((assignment) => assignment.name === variable) ||
    (/^(?:export|local|read|readonly)$/.test(name ?? "") &&
      args.some(({ text }) => text === variable || text.startsWith(`${variable}=`)))
  );
}

/** Commands that are part of bash, and no programs. */
const builtins: ReadonlySet<string> = new Set(
  "pushd popd dirs shopt declare typeset let mapfile readarray disown compgen complete caller".split(" "),
);

function inCommand(
  command: ShellCommand,
  dialect: Exclude<ShellDialect, "bash">,
): Omit<Bashism, "command"> | undefined {
  const { name, nameSpan: span, args, words } = command;
  // As a path, or behind `sudo`, it is a program.
  if (name === undefined || words[0]?.value !== name || command.prefixes.some((prefix) => prefix !== "builtin"))
    return undefined;
  if (name === "source")
    return dialect === "ash"
      ? undefined
      : { what: "source", span, text: name, said: "`source` is bash's", instead: "write `.`" };
  if (builtins.has(name)) {
    if (dialect === "ash" && name === "let") return undefined;
    return { what: "builtin", span, text: name, said: `\`${name}\` is bash's`, instead: useBash };
  }
  const word = wordFault(name, args, dialect);
  if (word === undefined) return undefined;
  const { text, span: at } = word;
  if (name === "[" || name === "test")
    return text === "-v"
      ? { what: "option", span: at, text, said: "`-v` is bash's", instead: 'write `[ -n "${NAME+x}" ]`' }
      : { what: "==", span: at, text, said: "`==` is bash's", instead: "write `=`" };
  if (name === "echo")
    return {
      what: "echo -e",
      span: at,
      text,
      said: `\`echo ${text}\` writes the \`${text}\` as well in other shells than bash`,
      instead: "use `printf`",
    };
  const option = name === "set" ? `-o ${text}` : text;
  return { what: "option", span: at, text, said: `\`${name} ${option}\` is bash's`, instead: useBash };
}

function wordFault(name: string, args: readonly ShellWord[], dialect: "dash" | "ash"): ShellWord | undefined {
  const [first] = args;
  switch (name) {
    case "[":
    case "test":
      return (
        (first?.value === "-v" && args.length > 1 ? first : undefined) ??
        (dialect === "dash" ? args.find(({ text }, index) => index > 0 && text === "==") : undefined)
      );
    case "echo":
      return dialect === "dash" && /^-(?=[neE]*[eE])[neE]+$/.test(first?.text ?? "") ? first : undefined;
    case "set":
      return dialect === "dash"
        ? args.find(({ value }, index) => value === "pipefail" && /^[-+][A-Za-z]*o$/.test(args[index - 1]?.value ?? ""))
        : undefined;
    case "export":
      return args.find(({ text }) => text === "-f");
    case "read":
      return args.find(({ text }) => /^-[A-Za-z]*a$/.test(text) || (dialect === "dash" && /^-[a-z]*[nds]/.test(text)));
    case "trap":
      return dialect === "dash" ? args.find(({ text }, index) => index > 0 && text === "ERR") : undefined;
    case "printf":
      return dialect === "dash" && first?.text === "-v" ? first : undefined;
    default:
      return undefined;
  }
}
