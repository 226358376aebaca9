import { checkFlags } from "./check-options.ts";
import type { Flags } from "./arguments.ts";
import { wrap } from "./width.ts";

const helpWidth = 96;

/** Of the command as a whole. */
export function mainHelp(): string {
  return `Seaworthy finds what will go wrong in production with Dockerfiles, Compose files and Kubernetes
manifests, and fixes it.

Usage: seaworthy <command> [options]

Commands:
  check [paths…]       Check files and folders; without a path, the current folder
  init                 Write a config file, from hadolint's with --from hadolint
  rules                List the rules
  explain <name>       Say what a rule is about, by its id, its slug or another tool's code (DL3006)
  lsp --stdio          Run the language server, for editors
  help                 Show this help

Options:
  -h, --help           Show the help of a command
  -V, --version        Show the version

Exit codes: 0 nothing found, 1 errors or warnings found, 2 the command could not do its work.
`;
}

/** Of `check`. */
export function checkHelp(): string {
  return `Check Dockerfiles, Compose files and Kubernetes manifests.

Usage: seaworthy check [paths…] [options]

A folder is searched for such files and their ignore files; what .gitignore and the config's \`exclude\` name
is left out. A file named by itself is checked even where .gitignore names it. The files under one
path may know of each other; files of two paths do not.

Options:
${flagLines(checkFlags)}
Exit codes:
  0  no errors and no warnings (notes and hints do not count); with --diff: nothing to fix
  1  errors or warnings; with --diff: something would change
  2  misuse: an unknown option, a path that is not there, a broken config file

Examples:
  seaworthy check
  seaworthy check --fix services/api
  seaworthy check --preset strict --format sarif > seaworthy.sarif
  seaworthy check --diff --fix-review | git apply
`;
}

/** One line or more for each flag, ready for a help text. */
export function flagLines(flags: Flags): string {
  const heads = Object.entries(flags).map(
    ([name, { value, short }]) =>
      `  ${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`,
  );
  const width = Math.max(...heads.map((head) => head.length)) + 2;
  return Object.values(flags)
    .flatMap(({ help }, index) =>
      wrap(help, helpWidth - width).map(
        (line, first) => `${first === 0 ? (heads[index] ?? "").padEnd(width) : " ".repeat(width)}${line}\n`,
      ),
    )
    .join("");
}
