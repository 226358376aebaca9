import type { FailOn } from "../engine/config.ts";
import type { Preset, Severity } from "../engine/rule.ts";
import { type Flags, type Misuse, parseArguments } from "./arguments.ts";

/** How findings are printed. */
export type Format = "stylish" | "json" | "sarif" | "github";

/** What `seaworthy check` was asked to do. Paths are as they were given. */
export interface CheckOptions {
  readonly paths: readonly string[];
  readonly format: Format;
  /** Findings milder than this are neither printed nor counted. */
  readonly mildest: Severity;
  /** Whether `mildest` was asked for; else what makes the command fail is shown whatever it says. */
  readonly mildestGiven: boolean;
  readonly failOn: FailOn | undefined;
  readonly fix: "safe" | "review" | undefined;
  readonly diff: boolean;
  readonly preset: Preset | undefined;
  readonly config: string | undefined;
  readonly maxWarnings: number;
  readonly stdinFilename: string | undefined;
  readonly baseline: string | undefined;
  readonly writeBaseline: string | undefined;
  /** What is run to check shell scripts; `undefined` for nothing. `named`: by a person. */
  readonly shellcheck: { readonly program: string; readonly named: boolean } | undefined;
  readonly noColor: boolean;
}

/** The flags of `check`. */
export const checkFlags = {
  format: {
    value: "FORMAT",
    values: ["stylish", "json", "sarif", "github"],
    help: "How findings are printed: stylish, json, sarif or github (annotations; the default in GitHub Actions).",
  },
  fix: { help: "Apply safe fixes: what is built and run stays the same." },
  "fix-review": { help: "Apply all fixes, those that need a look afterwards too." },
  diff: { help: "Print what --fix (or --fix-review, where given) would change; write nothing." },
  preset: {
    value: "PRESET",
    values: ["minimal", "recommended", "strict", "all"],
    help: "Which rules are on: minimal, recommended, strict or all. Wins over the config file.",
  },
  config: { value: "FILE", help: "Use this config file for all files instead of the nearest one." },
  "min-severity": {
    value: "SEVERITY",
    values: ["error", "warning", "info", "hint"],
    help: "Leave out milder findings. Default: info for people, hint for json and sarif.",
  },
  "fail-on": {
    value: "SEVERITY",
    values: ["error", "warning", "info", "hint", "never"],
    help: "Exit with 1 from this severity on. Wins over the config file. Default: warning.",
  },
  "max-warnings": { value: "N", help: "Exit with 0 for up to so many warnings. Default: 0. Errors always count." },
  baseline: { value: "FILE", help: "Accept the findings recorded in FILE; only new ones count." },
  "write-baseline": { value: "FILE", help: "Record today's findings in FILE and exit with 0." },
  "stdin-filename": {
    value: "NAME",
    help: "Check what comes on standard input as if it were this file. With --fix, print the fixed text.",
  },
  shellcheck: {
    value: "PROGRAM",
    help: "The ShellCheck to ask about the scripts of RUN. Default: the one on the PATH, if there is one.",
  },
  "no-shellcheck": { help: "Do not ask ShellCheck." },
  "no-color": { help: "No colours. NO_COLOR and FORCE_COLOR are heeded as well." },
  help: { short: "h", help: "Show this help." },
} as const satisfies Flags;

/** Understands the words behind `check`; "help" where they ask for it. */
export function checkOptions(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CheckOptions | Misuse | "help" {
  const given = parseArguments(checkFlags, argv);
  if ("misuse" in given) return given;
  if (given.on("help")) return "help";

  const stdinFilename = given.text("stdin-filename");
  const diff = given.on("diff");
  if (stdinFilename !== undefined && given.operands.some((path) => path !== "-")) {
    return { misuse: "`--stdin-filename` checks standard input alone; leave out the paths" };
  }
  if (stdinFilename === undefined && given.operands.includes("-")) {
    return { misuse: "to check standard input, say what file it stands for: --stdin-filename Dockerfile" };
  }
  if (diff && given.text("format") !== undefined) return { misuse: "`--diff` prints a diff; leave out `--format`" };
  if (diff && given.text("write-baseline") !== undefined) {
    return { misuse: "`--diff` writes nothing; leave out `--write-baseline`" };
  }
  const warnings = given.text("max-warnings") ?? "0";
  if (!/^\d{1,9}$/.test(warnings)) return { misuse: `\`--max-warnings\` is a number from 0 up, not \`${warnings}\`` };

  const format = oneOf(["stylish", "json", "sarif", "github"], given.text("format"));
  const chosen = format ?? (env["GITHUB_ACTIONS"] === "true" ? "github" : "stylish");
  const forPeople = chosen === "stylish" || chosen === "github";
  return {
    paths: given.operands.length === 0 ? ["."] : given.operands,
    format: chosen,
    mildest: oneOf(["error", "warning", "info", "hint"], given.text("min-severity")) ?? (forPeople ? "info" : "hint"),
    mildestGiven: given.text("min-severity") !== undefined,
    failOn: oneOf(["error", "warning", "info", "hint", "never"], given.text("fail-on")),
    fix: given.on("fix-review") ? "review" : given.on("fix") || diff ? "safe" : undefined,
    diff,
    preset: oneOf(["minimal", "recommended", "strict", "all"], given.text("preset")),
    config: given.text("config"),
    maxWarnings: Number(warnings),
    stdinFilename,
    baseline: given.text("baseline"),
    writeBaseline: given.text("write-baseline"),
    shellcheck: shellcheckOf(given.text("shellcheck"), given.on("no-shellcheck")),
    noColor: given.on("no-color"),
  };
}

function shellcheckOf(program: string | undefined, off: boolean): CheckOptions["shellcheck"] {
  if (off || program === "") return undefined;
  return { program: program ?? "shellcheck", named: program !== undefined };
}

function oneOf<const T extends string>(known: readonly T[], value: string | undefined): T | undefined {
  return known.find((one) => one === value);
}
