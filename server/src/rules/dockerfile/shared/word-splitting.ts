import type { ShellCommand, ShellScript } from "../../../languages/shell/model.ts";
import { maybePackageManager } from "../../../knowledge/package-managers.ts";
import type { Span } from "../../../text/span.ts";

/**
 * Whether an expansion without quotes may be meant to become several words, so that quotes would break the command: it stands in a list of packages,
 * its name speaks of several things, or the script sets it from a command or to words. `text` is the expansion as written, `at` its place in the unit.
 */
export function maySplit(script: ShellScript, text: string, at: Span): boolean {
  const commands = script.everyCommand;
  const command = commands.findLast(({ span }) => span.start <= at.start && at.end <= span.end);
  if (command !== undefined && takesList(command)) return true;
  const name = /^\$\{?(\w+)/.exec(text)?.[1];
  // What a command prints may be any number of words, and so may `$*`.
  if (name === undefined) return true;
  return namesSeveral(name) || commands.some((each) => setsSeveral(each, name));
}

function takesList({ name }: ShellCommand): boolean {
  return name !== undefined && (maybePackageManager(name) || /^(?:set|eval)$/.test(name) || installers.test(name));
}

const installers =
  /^(?:apt-mark|apt-cache|aptitude|dpkg|rpm|pacman|emerge|brew|choco|pipx|poetry|uv|conda|mamba|micromamba|pecl|phpize|docker-php-ext-\w+|install-plugin\w*|bun|cargo|go|opam|cpanm?)$/;

const several: ReadonlySet<string> = new Set(
  "opt arg flag dep pkg package param option list mark module extension plugin feature extra cmd command".split(" "),
);

/** `runDeps`, `PHP_EXTRA_CONFIGURE_ARGS`, `savedAptMark`, `pkglist` */
function namesSeveral(name: string): boolean {
  const words = name
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split("_");
  const last = words.at(-1) ?? "";
  if (/^(?:target|build)?os$/.test(last)) return false;
  return words.some((word) => several.has(word)) || /(?:[^su]s|list|mark)\d*$/.test(last);
}

/** `a="$(find …)"`, `a="b c"` */
function setsSeveral({ assignments, name, args }: ShellCommand, variable: string): boolean {
  const set = assignments.find((assignment) => assignment.name === variable);
  if (set !== undefined) return set.value === undefined || /\s/.test(set.value);
  if (name !== "export" && name !== "local" && name !== "readonly" && name !== "read") return false;
  const word = args.find(({ text }) => text === variable || text.startsWith(`${variable}=`));
  return word !== undefined && (word.value === undefined || /\s/.test(word.value) || name === "read");
}
