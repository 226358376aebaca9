import {
  type PackageCommand,
  type PackageManager,
  type PackageManagerName,
  packageManagers,
} from "../../../knowledge/package-managers.ts";
import type { Instruction } from "../../../languages/dockerfile/model.ts";
import type { ShellCommand } from "../../../languages/shell/model.ts";
import type { PackageStep } from "./package-steps.ts";

/** How package managers that share a cache fill it and empty it. */
export interface Caching {
  /** Where it is. */
  readonly directories: readonly string[];
  /** Whether a step leaves something there. */
  fills(step: PackageStep, flags: readonly string[]): boolean;
  /** Whether a step empties it. */
  empties(step: PackageStep): boolean;
  /** Whether it is turned off or put elsewhere, by the instructions before a RUN or by one of its commands. */
  redirected(before: readonly Instruction[], commands: readonly ShellCommand[]): boolean;
  /** What is wrong with a step. */
  message(label: string, packages: PackageCommand): string;
  /** Whether emptying it at the end of the RUN could be felt. `doubt` ends the fix's title. */
  cleaning(flags: readonly (readonly string[])[]): { readonly safety: "safe" | "review"; readonly doubt: string };
}

/** The cache of a package manager; `undefined` where it keeps none that is worth a word, or where the base images see to it. */
export function cachingOf(name: PackageManagerName): Caching | undefined {
  return cachings.get(name);
}

const changing: ReadonlySet<PackageCommand["does"]> = new Set(["install", "refresh", "upgrade"]);

/** What most of them have in common. */
function caching(manager: PackageManager, own: Partial<Caching>): Caching {
  const clean = manager.clean ?? "";
  return {
    // Others keep theirs in `~/.cache` too.
    directories: manager.cacheDirectories.filter((directory) => !directory.endsWith("/.cache")),
    fills: ({ packages }, flags) =>
      changing.has(packages.does) && !flags.some((flag) => manager.noCache.includes(flag) || elsewhere.test(flag)),
    empties: ({ packages }) => packages.does === "clean",
    redirected: () => false,
    message: (label) =>
      `What \`${label}\` downloads stays in a cache in this layer: end the \`RUN\` with \`${clean}\`.`,
    cleaning: () => ({ safety: "safe", doubt: "" }),
    ...own,
  };
}

const elsewhere =
  /^(?:--installroot|--root(?:=|$)|-p$|--cache-dir|--cache-folder|--cache=|--cache$|--no-index|--help|--dry-run)/;

/** Whether a variable is set before a RUN or within it. */
function sets(name: RegExp, before: readonly Instruction[], commands: readonly ShellCommand[]): boolean {
  const known = before.some(
    (instruction) =>
      (instruction.name === "ENV" || instruction.name === "ARG") &&
      instruction.pairs.some((pair) => name.test(pair.name) && pair.value !== ""),
  );
  if (known) return true;
  return commands.some(
    ({ name: program, assignments, args }) =>
      assignments.some((assignment) => name.test(assignment.name) && assignment.value !== "") ||
      (program === "export" && args.some(({ text }) => name.test(text.split("=")[0] ?? ""))),
  );
}

/** Whether a program was told to do without its cache: `pip config set global.no-cache-dir true`. */
function configures(
  program: RegExp,
  told: RegExp,
  before: readonly Instruction[],
  commands: readonly ShellCommand[],
): boolean {
  const tells = ({ name, args }: ShellCommand): boolean =>
    name !== undefined && program.test(name) && told.test(args.map(({ text }) => text).join(" "));
  if (commands.some(tells)) return true;
  return before.some((instruction) => instruction.name === "RUN" && instruction.script?.commands.some(tells) === true);
}

const { apk, yum, dnf, microdnf, tdnf, zypper, pip, npm, yarn, composer } = packageManagers;

const rpmDirectories = [...new Set([yum, dnf, microdnf, tdnf].flatMap(({ cacheDirectories }) => cacheDirectories))];

/** Programs of one family clean up after each other. */
const rpm = caching(dnf, {
  directories: rpmDirectories,
  empties: ({ packages, command }) =>
    packages.does === "clean" && packages.operands.some((index) => (command.args[index]?.value ?? "all") === "all"),
  message: (label, { manager }) =>
    `What \`${label}\` downloads stays in a cache in this layer: end the \`RUN\` with \`${manager.clean ?? "dnf clean all"}\`.`,
});

const cachings: ReadonlyMap<PackageManagerName, Caching> = new Map<PackageManagerName, Caching>([
  [
    "apk",
    caching(apk, {
      message: (label, { does }) =>
        does === "refresh"
          ? `\`${label}\` leaves its index in this layer: take it out and install with \`apk add --no-cache\`.`
          : `\`${label}\` leaves its index in this layer: add \`--no-cache\`.`,
    }),
  ],
  ["yum", rpm],
  ["dnf", rpm],
  ["microdnf", rpm],
  ["tdnf", rpm],
  ["zypper", caching(zypper, {})],
  [
    "pip",
    caching(pip, {
      // Any value turns it off, `0` and `off` too: https://github.com/pypa/pip/blob/main/src/pip/_internal/cli/cmdoptions.py
      redirected: (before, commands) =>
        sets(/^PIP_(?:NO_CACHE_DIR|CACHE_DIR|NO_INDEX)$/, before, commands) ||
        configures(/^pip/, /^config .*cache-dir/, before, commands),
      message: (label) => `What \`${label}\` downloads stays in a cache in this layer: add \`--no-cache-dir\`.`,
    }),
  ],
  [
    "npm",
    caching(npm, {
      redirected: (before, commands) =>
        sets(/^npm_config_cache$/i, before, commands) ||
        configures(/^npm$/, /^(?:config )?set .*\bcache\b/, before, commands),
    }),
  ],
  [
    "yarn",
    caching(yarn, {
      // From Yarn 2 on the cache may be what the program runs from (Plug'n'Play), or part of the repository.
      fills: ({ packages }, flags) =>
        changing.has(packages.does) && !flags.some((flag) => modernYarn.test(flag) || elsewhere.test(flag)),
      redirected: (before, commands) =>
        sets(/^YARN_(?:CACHE_FOLDER|ENABLE_GLOBAL_CACHE|GLOBAL_FOLDER)$/, before, commands) ||
        configures(/^yarn$/, /^(?:set version|config set|plugin|workspaces focus|dlx)\b/, before, commands) ||
        configures(/^corepack$/, /^(?:prepare|use|install)\b.*yarn/, before, commands) ||
        before.some(
          ({ name, words }) =>
            (name === "COPY" || name === "ADD") &&
            words.some(({ value }) => /(?:^|\/)\.(?:yarn|yarnrc\.yml|pnp\.)/.test(value)),
        ),
      cleaning: (flags) =>
        flags.every((own) => own.some((flag) => classicYarn.test(flag)))
          ? { safety: "safe", doubt: "" }
          : { safety: "review", doubt: " (not where Yarn 2 or later runs the program from its cache)" },
    }),
  ],
  [
    "composer",
    caching(composer, {
      redirected: (before, commands) => sets(/^COMPOSER_(?:CACHE_DIR|NO_CACHE)$/, before, commands),
      message: (label) => `What \`${label}\` downloads stays in a cache in this layer: add \`--no-cache\`.`,
    }),
  ],
]);

const modernYarn = /^--(?:immutable|immutable-cache|check-cache|inline-builds|mode)\b/;
const classicYarn =
  /^--(?:frozen-lockfile|pure-lockfile|no-lockfile|production|prod|non-interactive|ignore-\w+|no-progress|network-timeout|silent|no-cache)\b/;
