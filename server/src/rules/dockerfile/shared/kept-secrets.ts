import { looksLikeSecretName } from "../../../knowledge/secrets.ts";
import type { Heredoc } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand, ShellScript, ShellWord } from "../../../languages/shell/model.ts";
import { nameOf } from "../../../text/path.ts";
import { type Span, span } from "../../../text/span.ts";

/** The value of a secret variable that a script writes into a file and leaves there. */
export interface KeptSecret {
  readonly variable: string;
  /** The place of the variable. */
  readonly at: Span;
  /** The file as written; `undefined` where a program chooses it. */
  readonly file: string | undefined;
  /** The whole word of `echo` that holds it. */
  readonly word: ShellWord | undefined;
}

/** Those of a script that no later command of it removes. `heredocs` are the ones of its instruction. */
export function keptSecrets(script: ShellScript, heredocs: readonly Heredoc[]): readonly KeptSecret[] {
  const commands = script.everyCommand;
  return commands.flatMap((command, index) => {
    const kept = writtenBy(command, script, heredocs);
    if (kept === undefined) return [];
    const later = commands.slice(index + 1);
    return later.some((other) => cleans(other, kept, command)) ? [] : [kept];
  });
}

function writtenBy(command: ShellCommand, script: ShellScript, heredocs: readonly Heredoc[]): KeptSecret | undefined {
  const { name, args } = command;
  if (name === undefined) return undefined;
  if (name === "echo" || name === "printf") {
    const file = fileOf(command) ?? fileOfTee(command, script);
    return file === undefined ? undefined : secretIn(args, file);
  }
  if (name === "cat" || name === "tee") return ofHeredoc(command, heredocs);
  return isConfiguring(name, command) ? secretIn(args, undefined) : undefined;
}

/** The first secret variable in words that the shell puts values into. */
function secretIn(words: readonly ShellWord[], file: string | undefined): KeptSecret | undefined {
  for (const word of words) {
    if (word.value !== undefined || word.text.startsWith("'")) continue;
    const found = variableIn(word.text);
    if (found === undefined) continue;
    const exact = word.span.end - word.span.start === word.text.length;
    const at = exact ? span(word.span.start + found.from, word.span.start + found.to) : word.span;
    return { variable: found.name, at, file, word: exact ? word : undefined };
  }
  return undefined;
}

function variableIn(text: string): { readonly name: string; readonly from: number; readonly to: number } | undefined {
  for (const match of text.matchAll(/(?<!\\)\$(?:\{(\w+)\}|(\w+))|\$\(cat \/run\/secrets\/([\w.-]+)\)/g)) {
    const name = match[1] ?? match[2] ?? match[3] ?? "";
    if (match[3] === undefined && !looksLikeSecretName(name)) continue;
    return { name, from: match.index, to: match.index + match[0].length };
  }
  return undefined;
}

/** `cat <<EOF > file`, whose lines hold the variable; not where the delimiter is quoted. */
function ofHeredoc(command: ShellCommand, heredocs: readonly Heredoc[]): KeptSecret | undefined {
  const file = command.name === "tee" ? teeTarget(command) : fileOf(command);
  const opener = command.redirects.find(({ operator }) => operator === "<<" || operator === "<<-");
  if (file === undefined || opener === undefined) return undefined;
  const heredoc = heredocs.find(
    ({ openerSpan }) => openerSpan.start < opener.span.end && opener.span.start < openerSpan.end,
  );
  const found = heredoc === undefined || heredoc.quoted ? undefined : variableIn(heredoc.body);
  if (heredoc === undefined || found === undefined) return undefined;
  const { start } = heredoc.bodySpan;
  return { variable: found.name, at: span(start + found.from, start + found.to), file, word: undefined };
}

/** The file that a command writes to; not a device, and not what is mounted for the step alone. */
function fileOf({ redirects }: ShellCommand): string | undefined {
  const target = redirects.find(({ operator }) => /^(?:1|&)?>[>|]?$/.test(operator))?.target;
  return target === undefined || /^(?:\/dev\/|\/run\/|\/proc\/|&)/.test(target) ? undefined : target;
}

function fileOfTee(command: ShellCommand, { pipelines }: ShellScript): string | undefined {
  const tee = pipelines
    .find(({ commands }) => commands.includes(command))
    ?.commands.find(({ name, span: place }) => name === "tee" && place.start > command.span.start);
  return tee === undefined ? undefined : teeTarget(tee);
}

function teeTarget({ operands }: ShellCommand): string | undefined {
  const target = operands[0]?.value;
  return target === undefined || target.startsWith("/dev/") ? undefined : target;
}

/** Whether a program keeps what it is given in a file of its own. */
function isConfiguring(name: string, command: ShellCommand): boolean {
  const words = command.operands.map(({ value }) => value ?? "");
  const [first, second] = words;
  switch (name) {
    case "npm":
    case "yarn":
    case "pnpm":
      return (first === "config" && second === "set") || (name !== "yarn" && first === "set");
    case "pip":
    case "pip3":
    case "bundle":
    case "poetry":
    case "composer":
      return first === "config";
    case "git":
      return (
        first === "clone" || (first === "config" && !command.has("--unset")) || (first === "remote" && second === "add")
      );
    case "aws":
      return first === "configure" && second === "set";
    case "docker":
    case "podman":
    case "buildah":
    case "gh":
    case "glab":
    case "cargo":
      return words.includes("login");
    case "dotnet":
    case "nuget":
      return words.includes("source") || words.includes("sources");
    default:
      return false;
  }
}

/** Whether a later command takes away what was written. */
function cleans(later: ShellCommand, { file }: KeptSecret, { name: writer, operands }: ShellCommand): boolean {
  const text = later.words.map((word) => word.text).join(" ");
  if (later.name === "rm" || later.name === "shred") {
    const names = later.operands.map((word) => nameOf((word.value ?? word.text).replaceAll(/["']|\/+$/g, "")));
    if (file !== undefined) return names.includes(nameOf(file.replaceAll(/["']/g, "")));
    const cloned = operands[0]?.value === "clone";
    return names.some((name) =>
      cloned
        ? name === ".git" ||
          operands.some((word) => nameOf((word.value ?? word.text).replaceAll(/["']|\.git["']?$/g, "")) === name)
        : /^\.(?:npmrc|yarnrc(?:\.yml)?|gitconfig|netrc|docker|aws|composer|config|nuget|bundle|cargo)$|^(?:auth\.json|pip\.conf|config\.json|NuGet\.Config|credentials(?:\.toml)?)$/i.test(
            name,
          ),
    );
  }
  if (later.name === "mv" && file !== undefined) return false;
  if (later.name !== writer) return false;
  return /\bconfig\s+(?:\S+\s+)*?(?:delete|unset|rm|--unset(?:-all)?|--remove-section)\b|--unset|\blogout\b|\bremove source\b|\bremote (?:set-url|rm|remove)\b/.test(
    text,
  );
}
