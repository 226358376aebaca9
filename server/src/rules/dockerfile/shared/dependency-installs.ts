import type { ShellCommand } from "../../../languages/shell/index.ts";
import { downloadOfBuild } from "./build-downloads.ts";

/** A command that installs or fetches what a project's manifests ask for. */
export interface DependencyInstall {
  /** The command in short, for a message: `npm ci`. */
  readonly command: string;
  /** The package manager: one name for a program and its wrapper. */
  readonly tool: string;
  /** What `COPY` has to bring first; `undefined` where that is not known. */
  readonly manifests: readonly Manifests[] | undefined;
  /** A command that gets along with the manifests, where this one needs the project's own files; to be run ahead of it. */
  readonly ahead?: string;
  /** It fetches, and has nothing to do where a cache is mounted that holds it all. */
  readonly fetches?: true;
  /** The file without which the project has no dependencies. */
  readonly lock?: string;
  /** When it fails with the manifests alone: the end of a fix's title. */
  readonly caution: string;
}

/** Files that go to one folder. */
export interface Manifests {
  /** Seen from where the command runs; `""` is there. */
  readonly folder: string;
  /** Seen from the root of the build context. A `*` at the end stands for a file that may be missing. */
  readonly names: readonly string[];
}

const scripts = "install scripts that need the other files would fail";
const local = "fails where they name files of the project";

/** `undefined` for every other command, one that installs packages by name included. */
export function dependencyInstall(command: ShellCommand): DependencyInstall | undefined {
  if (command.has("--offline", "--no-restore", "--dry-run", "--help")) return undefined;
  const words = command.args.map(({ value }) => value);
  const read = command.name === undefined ? undefined : command.packages;
  if (read === undefined) return byOtherTool(command, words) ?? downloadOfBuild(command);
  const { name } = read.manager;
  const short = `${command.name ?? name} ${read.subcommand ?? ""}`.trim();
  if (read.does !== "install") return undefined;
  switch (name) {
    case "npm":
      if (read.operands.length > 0 || command.has("-g", "--global", "--prefix", "-C")) return undefined;
      return { command: short, tool: name, manifests: unlessWorkspaces(command, "package*.json"), caution: scripts };
    case "yarn":
      if (read.operands.length > 0 || read.subcommand !== "install") return undefined;
      return { command: short, tool: name, manifests: yarnManifests(command), caution: scripts };
    case "pnpm": {
      // It reads the lockfile alone, and what follows takes everything from there.
      if (read.subcommand === "fetch")
        return { command: short, tool: name, manifests: here("pnpm-lock.yaml"), caution: local };
      if (read.operands.length > 0 || !/^i(?:nstall)?$/.test(read.subcommand ?? "")) return undefined;
      const lock = command.has("--frozen-lockfile") ? "pnpm-lock.yaml" : "pnpm-lock.yaml*";
      const manifests = unlessWorkspaces(command, "package.json", lock);
      return { command: short, tool: name, manifests, caution: scripts };
    }
    case "pip":
      return pipInstall(short, words, read.operands);
    case "composer":
      return /^i(?:nstall)?$/.test(read.subcommand ?? "") ? composerInstall(command, short) : undefined;
    default:
      return undefined;
  }
}

function here(...names: readonly string[]): readonly Manifests[] {
  return [{ folder: "", names }];
}

/** A project of several packages has a manifest in each of their folders. */
function unlessWorkspaces(command: ShellCommand, ...names: readonly string[]): readonly Manifests[] | undefined {
  const several = command.has("-w", "-ws", "--workspace", "--workspaces", "-F", "--filter", "-r", "--recursive");
  return several ? undefined : here(...names);
}

/** Later versions read more files than these. */
function yarnManifests(command: ShellCommand): readonly Manifests[] | undefined {
  if (command.has("--immutable")) return undefined;
  return here("package.json", `yarn.lock${command.has("--frozen-lockfile") ? "" : "*"}`);
}

function pipInstall(
  command: string,
  words: readonly (string | undefined)[],
  operands: readonly number[],
): DependencyInstall | undefined {
  const files: (string | undefined)[] = [];
  for (const [index, word] of words.entries()) {
    if (word === "-r" || word === "--requirement") files.push(words[index + 1]);
    else if (word !== undefined && /^(?:-r.|--requirement=)/.test(word))
      files.push(word.replace(/^(?:-r|--requirement=)/, ""));
    else if (word === "-e" || word === "--editable") return undefined;
  }
  // What is installed from the project itself needs its files.
  if (files.length === 0 || operands.some((index) => /^[./]|^$/.test(words[index] ?? ""))) return undefined;
  const manifests = files.every((file) => file !== undefined) ? requirementFiles(files) : undefined;
  return { command: `${command} -r ${files[0] ?? "…"}`, tool: "pip", manifests, caution: local };
}

/** A folder of requirements is copied as a whole: its files include each other. */
function requirementFiles(files: readonly string[]): readonly Manifests[] | undefined {
  const byFolder = new Map<string, string[]>();
  for (const file of files.map((name) => name.replace(/^\.\//, ""))) {
    if (!/^(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/.test(file)) return undefined;
    const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
    const name = /requirement|deps/i.test(folder) ? folder : file;
    const names = byFolder.get(folder) ?? [];
    if (!names.includes(name)) names.push(name);
    byFolder.set(folder, names);
  }
  return [...byFolder].map(([folder, names]) => ({ folder, names }));
}

function composerInstall(command: ShellCommand, short: string): DependencyInstall {
  const manifests = command.has("-d", "--working-dir") ? undefined : here("composer.json", "composer.lock*");
  const alone = command.has("--no-scripts") && command.has("--no-autoloader");
  const kept = command.words.map(({ text }) => text).filter((word) => !optimizes.test(word));
  const missing = ["--no-scripts", "--no-autoloader"].filter((flag) => !kept.includes(flag));
  const ahead = alone ? {} : { ahead: [...kept, ...missing].join(" ") };
  return { command: short, tool: "composer", manifests, ...ahead, caution: local };
}

const optimizes = /^(?:-[oa]+|--optimize-autoloader|--classmap-authoritative|--apcu-autoloader)$/;

function byOtherTool(command: ShellCommand, words: readonly (string | undefined)[]): DependencyInstall | undefined {
  const { name, args } = command;
  const [first = "", second = ""] = words;
  const text = command.words.map((word) => word.text).join(" ");
  switch (name) {
    case "bundle":
    case "bundler":
      return first === "install" || first === ""
        ? { command: `${name} install`, tool: "bundle", manifests: here("Gemfile*"), caution: local }
        : undefined;
    case "bun":
      return /^i(?:nstall)?$/.test(first) && args.slice(1).every((word) => word.text.startsWith("-"))
        ? {
            command: "bun install",
            tool: "bun",
            manifests: unlessWorkspaces(command, "package.json", "bun.lock*"),
            caution: scripts,
          }
        : undefined;
    case "go":
      return first === "mod" && second === "download" && args.length === 2
        ? {
            command: "go mod download",
            tool: "go",
            manifests: here("go.mod", "go.sum*"),
            fetches: true,
            caution: local,
          }
        : undefined;
    case "poetry":
      return first === "install" ? ofProject("poetry", "poetry.lock*", text, "--no-root") : undefined;
    case "uv":
      return first === "sync" ? ofProject("uv", "uv.lock*", text, "--no-install-project") : undefined;
    case "pdm":
      return first === "install" || first === "sync" ? ofProject("pdm", "pdm.lock*", text, "--no-self") : undefined;
    case "pipenv":
      return (first === "install" && args.slice(1).every((word) => word.text.startsWith("-"))) || first === "sync"
        ? { command: `pipenv ${first}`, tool: "pipenv", manifests: here("Pipfile*"), caution: local }
        : undefined;
    case "mix":
      return first === "deps.get"
        ? { command: "mix deps.get", tool: "mix", manifests: here("mix.exs", "mix.lock*"), caution: local }
        : undefined;
    default:
      return undefined;
  }
}

/** Python's project managers install the project as well, unless a flag keeps them from it. */
function ofProject(tool: string, lock: string, text: string, without: string): DependencyInstall {
  const alone = new RegExp(` (?:${without}|--no-install-workspace)(?: |$)`).test(text);
  const ahead = alone ? {} : { ahead: `${text} ${without}` };
  const command = text.split(" ", 2).join(" ");
  return { command, tool, manifests: here("pyproject.toml", lock), ...ahead, caution: local };
}
