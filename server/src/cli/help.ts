import { checkFlags } from "./check-options.ts";
import type { Flags } from "./arguments.ts";
import { pinFlags } from "./pin-options.ts";
import { wrap } from "./width.ts";

const helpWidth = 96;

/** Of the command as a whole. */
export function mainHelp(): string {
  return `Seaworthy finds what will go wrong in production with Dockerfiles, Compose files and Kubernetes
manifests, and fixes it.

Usage: seaworthy <command> [options]

Commands:
  check [paths…]       Check files and folders; without a path, the current folder
  pin [paths…]         Ask registries for digests, and write them beside the tags
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

/** Of `pin`. */
export function pinHelp(): string {
  return `Pin images by digest: ask their registries what the tags stand for, and write \`name:tag@sha256:…\`
into Dockerfiles, Compose files and Kubernetes manifests.

Usage: seaworthy pin [paths…] [options]

Files are found as \`check\` finds them. Images that have a digest stay as they are, unless --update
or --check is given. Credentials are those of \`docker login\` or \`podman login\`; proxies those of
HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; own certificates those of NODE_EXTRA_CA_CERTS. A
comment \`# seaworthy ignore image/missing-digest\` lets an image be.

Options:
${flagLines(pinFlags)}
Exit codes:
  0  done; with --check: no tag has moved
  1  with --check: a tag has moved; with --dry-run: something would be written
  2  an image could not be looked up or a file could not be written (the others are done); misuse

Examples:
  seaworthy pin
  seaworthy pin --dry-run services/api
  seaworthy pin --update
  seaworthy pin --check --format json
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
