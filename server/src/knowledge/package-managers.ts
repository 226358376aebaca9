import { composer, gem, npm, pip, pnpm, yarn } from "./package-managers/language.ts";
import type { PackageManager, PackageManagerName } from "./package-managers/model.ts";
import { apk, aptGet, dnf, microdnf, tdnf, yum, zypper } from "./package-managers/system.ts";

export type { PackageManager, PackageManagerName } from "./package-managers/model.ts";

/** Every package manager, by its name. */
export const packageManagers: Readonly<Record<PackageManagerName, PackageManager>> = {
  "apt-get": aptGet,
  apk,
  yum,
  dnf,
  microdnf,
  tdnf,
  zypper,
  pip,
  npm,
  yarn,
  pnpm,
  gem,
  composer,
};

const byProgram: ReadonlyMap<string, PackageManager> = new Map([
  ...Object.values(packageManagers).map((manager) => [manager.name, manager] as const),
  ["apt", aptGet],
  ["aptitude", aptGet],
  ["dnf5", dnf],
  ["dnf-3", dnf],
  ["yarnpkg", yarn],
]);

/** A package manager's command, read by that program's own grammar. Numbers are indexes into the words given. */
export interface PackageCommand {
  readonly manager: PackageManager;
  /** `undefined` where there is none, or where it comes from a variable. */
  readonly subcommand: string | undefined;
  readonly subcommandIndex: number | undefined;
  readonly does: "install" | "refresh" | "upgrade" | "clean" | "other";
  /** Words behind the subcommand that are neither flags nor their values: the packages of an installation. */
  readonly operands: readonly number[];
  /** The flags, wherever they stand, without the values of their own. */
  readonly flags: readonly number[];
}

/**
 * Reads `program args…` as a package manager's command; `undefined` where it is none. `python3 -m pip` is pip. A word that depends on a variable
 * is given as `undefined` and counts as an operand.
 */
export function packageCommand(program: string, args: readonly (string | undefined)[]): PackageCommand | undefined {
  const found = managerOf(program, args);
  if (found === undefined) return undefined;
  const { manager, first } = found;
  let subcommandIndex: number | undefined;
  const operands: number[] = [];
  const flags: number[] = [];
  let literal = false;
  for (let index = first; index < args.length; index++) {
    const word = args[index];
    if (!literal && word === "--") {
      literal = true;
    } else if (!literal && word !== undefined && word.length > 1 && word.startsWith("-")) {
      flags.push(index);
      if (manager.valueFlags.has(word)) index++;
    } else if (subcommandIndex === undefined) {
      subcommandIndex = index;
    } else {
      operands.push(index);
    }
  }
  const asked = flags.some((index) => /^(?:--version|-[vV]|--help|-h)$/.test(args[index] ?? ""));
  const byDefault = asked ? undefined : manager.defaultSubcommand;
  const subcommand = subcommandIndex === undefined ? byDefault : args[subcommandIndex];
  return {
    manager,
    subcommand,
    subcommandIndex,
    does: purpose(manager, subcommand, args[operands[0] ?? -1]),
    operands,
    flags,
  };
}

/** What a text holds that calls a package manager. */
export const packageManagerMention: RegExp = new RegExp(
  `\\b(?:${[...byProgram.keys()].map((name) => name.replaceAll(/[^\w-]/g, "\\$&")).join("|")}|pip|python|pypy)`,
);

/** Whether a program of this name may be a package manager: where not, there is no need to read its words. */
export function maybePackageManager(program: string): boolean {
  return byProgram.has(program) || /^p(?:ip|ython|ypy)/.test(program);
}

function managerOf(
  program: string,
  args: readonly (string | undefined)[],
): { readonly manager: PackageManager; readonly first: number } | undefined {
  const named = byProgram.get(program);
  if (named !== undefined) return { manager: named, first: 0 };
  if (/^pip\d?(?:\.\d+)?$/.test(program)) return { manager: pip, first: 0 };
  if (/^(?:python|pypy)\d?(?:\.\d+)?$/.test(program)) {
    const module = args.indexOf("-m");
    if (module >= 0 && args[module + 1] === "pip") return { manager: pip, first: module + 2 };
  }
  return undefined;
}

function purpose(
  manager: PackageManager,
  subcommand: string | undefined,
  operand: string | undefined,
): PackageCommand["does"] {
  if (subcommand === undefined) return "other";
  if (manager.install.includes(subcommand)) return "install";
  if (manager.refresh.includes(subcommand)) return "refresh";
  if (manager.upgrade.includes(subcommand)) return "upgrade";
  const cleans = manager.cleanSubcommands;
  return cleans.includes(subcommand) || cleans.includes(`${subcommand} ${operand ?? ""}`) ? "clean" : "other";
}
