import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { configFileNames, hadolintConfigNames } from "../engine/config.ts";
import type { Linter } from "../linter.ts";
import { linesOf } from "../text/lines.ts";
import { type Flags, parseArguments } from "./arguments.ts";
import { readText, writeNewText } from "./files.ts";
import { configFromHadolint, hadolintProblems } from "./from-hadolint.ts";
import { flagLines } from "./help.ts";
import { shownFrom } from "./paths.ts";
import { type ExitCode, misuse, type Terminal, tell } from "./terminal.ts";
import { reasonOf } from "./walk.ts";
import { printable } from "./width.ts";

const flags = {
  from: {
    value: "TOOL",
    values: ["hadolint"],
    help: "Take over another tool's config: hadolint. What has no equal is kept as a comment.",
  },
  help: { short: "h", help: "Show this help." },
} as const satisfies Flags;

/** `seaworthy init`: writes a config file into the current folder where there is none. */
export function init(argv: readonly string[], terminal: Terminal, linter: Linter): ExitCode {
  const given = parseArguments(flags, argv);
  if ("misuse" in given) return misuse(terminal, given.misuse);
  if (given.on("help")) {
    terminal.output.write(help);
    return 0;
  }
  const { cwd } = terminal;
  const from = given.text("from");
  const [operand, ...others] = given.operands;
  if (others.length > 0 || (operand !== undefined && from === undefined)) {
    return misuse(terminal, "`init` takes no paths, but the one file that `--from` is to read");
  }
  const present = configFileNames.find((name) => existsSync(join(cwd, name)));
  if (present !== undefined) return misuse(terminal, `${present} is there already; nothing was written`);

  let text = template;
  if (from !== undefined) {
    const source = operand ?? hadolintConfigNames.find((name) => existsSync(join(cwd, name)));
    if (source === undefined) {
      return misuse(
        terminal,
        `no ${hadolintConfigNames.join(" or ")} here; name it: seaworthy init --from ${from} FILE`,
      );
    }
    try {
      const theirs = readText(resolve(cwd, source)).text;
      const lines = linesOf(theirs);
      const problems = hadolintProblems(theirs);
      for (const { at, message, severity } of problems) {
        const { line, character } = lines.positionAt(at.start);
        terminal.messages.write(`${source}:${line + 1}:${character + 1}: ${severity}: ${printable(message)}\n`);
      }
      if (problems.some(({ severity }) => severity === "error")) return 2;
      text = configFromHadolint(theirs, basename(source), linter);
    } catch (error) {
      return misuse(terminal, `${shownFrom(cwd, resolve(cwd, source))}: ${reasonOf(error)}`);
    }
  }
  const name = configFileNames[0] ?? ".seaworthy.yaml";
  try {
    writeNewText(join(cwd, name), text);
  } catch (error) {
    return misuse(terminal, `${name}: ${reasonOf(error)}`);
  }
  tell(terminal, `wrote ${name}`);
  return 0;
}

const help = `Write a config file, .seaworthy.yaml, into the current folder. Never overwrites one.

Usage: seaworthy init [--from hadolint [FILE]]

Without FILE, hadolint's config is the .hadolint.yaml or .hadolint.yml of the current folder.

Options:
${flagLines(flags)}`;

const template = `# What Seaworthy checks in this folder and below. \`seaworthy rules\` lists the rules.

preset: recommended # or minimal, strict, all

# rules:
#   image/floating-tag: error # off, hint, info, warning or error

# overrides:
#   - files: ["dev/**"]
#     preset: minimal

# exclude:
#   - vendor/**
`;
