/** What is known of a program that installs packages, as rules on `RUN` bodies ask it. */
export interface PackageManager {
  readonly name: PackageManagerName;
  /** Of an operating system, or of a language. */
  readonly scope: "system" | "language";
  /** Subcommands that install packages, the one to write first. */
  readonly install: readonly string[];
  /** Subcommands that fetch the lists of packages. */
  readonly refresh: readonly string[];
  /** Subcommands that upgrade everything that is installed. */
  readonly upgrade: readonly string[];
  /** Without a subcommand it does what this one does. */
  readonly defaultSubcommand?: string;
  /** It asks before it installs unless one of these is given; the one to write first. Empty where it never asks. */
  readonly yes: readonly string[];
  /** The yes flags stand before the subcommand. */
  readonly yesBeforeSubcommand: boolean;
  /** Flags (or an option with its value, joined by a space) that leave out what is recommended but not needed; the one to write first. */
  readonly noRecommends: readonly string[];
  /** Flags that keep downloads or indexes out of the image; the one to write first. */
  readonly noCache: readonly string[];
  /** The command that empties its caches, to be run in the same `RUN`. */
  readonly clean?: string;
  /** Subcommands (with their argument, if any) that empty its caches. */
  readonly cleanSubcommands: readonly string[];
  /** Directories that removing empties its caches too; a path below or a glob in one counts. */
  readonly cacheDirectories: readonly string[];
  /** Flags whose value is the next word. */
  readonly valueFlags: ReadonlySet<string>;
  /** How a version is pinned: between name and version. */
  readonly pin: string | undefined;
  readonly source: string;
}

/** The program by its own name; `apt` and `dnf5` are read as `apt-get` and `dnf`. */
export type PackageManagerName =
  | "apt-get"
  | "apk"
  | "yum"
  | "dnf"
  | "microdnf"
  | "tdnf"
  | "zypper"
  | "pip"
  | "npm"
  | "yarn"
  | "pnpm"
  | "gem"
  | "composer";
