import type { PackageManagerName } from "../../../knowledge/package-managers.ts";
import type { ShellWord } from "../../../languages/shell/model.ts";
import type { UnpinnedPackage } from "./package-arguments.ts";
import { type PackageStep, flagsOf } from "./package-steps.ts";

/**
 * The packages that a step of `apt-get`, `apk`, `dnf` and the like installs in no version it names. Files, groups and what takes a package out are
 * none, and neither is what depends on a variable.
 */
export function unpinnedSystemPackages(step: PackageStep): readonly UnpinnedPackage[] {
  const { packages, command } = step;
  if (packages.manager.scope !== "system") return [];
  const operands = packages.operands.flatMap((index) => command.args[index] ?? []);
  const [first, ...behind] = operands;
  // `dnf module install nodejs:20`
  if (packages.subcommand === "module") {
    const streams = first?.value === "install" ? behind : [];
    return unpinned(streams, (name) => (name.includes(":") ? undefined : `${name.split("/", 1)[0] ?? name}:<stream>`));
  }
  if (packages.does !== "install" || /^(?:local|group)/.test(packages.subcommand ?? "")) return [];
  const grammar = grammars[packages.manager.name];
  if (grammar === undefined || (packages.manager.name === "zypper" && namesNoPackages(flagsOf(step)))) return [];
  return unpinned(operands, grammar);
}

/** How a package is written with a version; `undefined` for one that has it, and for what is none. */
type Grammar = (name: string) => string | undefined;

function unpinned(words: readonly ShellWord[], grammar: Grammar): readonly UnpinnedPackage[] {
  return words.flatMap((word) => {
    const pinned = word.value === undefined || word.value === "" ? undefined : grammar(word.value);
    return pinned === undefined ? [] : [{ word, pinned }];
  });
}

/** `name=version`, `name/release`; a file has a slash, `name-` takes it out, `name^` is a task. */
const debian: Grammar = (name) => (/[=/^]|\.deb$|-$/.test(name) ? undefined : `${name}=<version>`);

/** `.name` is a group to be taken out later, `!name` what must not be there. */
const alpine: Grammar = (name) => (/^[.!]|[=~<>/]|\.apk$/.test(name) ? undefined : `${name}=~<version>`);

/** `@name` is a group; a name with a slash, a bracket or a comparison is a file, or what a package provides. */
const redHat: Grammar = (name) =>
  /^@|[/(<>=]|\.rpm$/.test(name) || nameAndVersion.test(name) ? undefined : `${name}-<version>`;

/** `name-version` or `name-version-release`: in `java-17-openjdk` it is the name that goes on. */
const nameAndVersion = /^.+-\d[^-]*(?:-\d[^-]*)?$/;

/** `+name`, `-name`, `!name` and `~name` add and take out what another one brings; `pattern:name` is no package. */
const suse: Grammar = (name) => (/^[-+!~]|[=<>/:]|\.rpm$/.test(name) ? undefined : `${name}=<version>`);

const grammars: Readonly<Partial<Record<PackageManagerName, Grammar>>> = {
  "apt-get": debian,
  apk: alpine,
  yum: redHat,
  dnf: redHat,
  microdnf: redHat,
  tdnf: redHat,
  zypper: suse,
};

/** `zypper install -t pattern devel_basis` */
function namesNoPackages(flags: readonly string[]): boolean {
  return flags.some((flag) => /^(?:-t$|--type)/.test(flag));
}
