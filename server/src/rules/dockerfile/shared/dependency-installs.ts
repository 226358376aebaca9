import { packageCommand } from "../../../knowledge/package-managers.ts";
import type { ShellCommand } from "../../../languages/shell/index.ts";

/** A command that installs what a project's manifests ask for. */
export interface DependencyInstall {
  /** The command in short, for a message: `npm ci`. */
  readonly command: string;
  /** What `COPY` has to bring first; `undefined` where that is not known, or the project's own files are needed too. */
  readonly manifests: readonly string[] | undefined;
}

/** `undefined` for every other command, one that installs packages by name included. */
export function dependencyInstall(command: ShellCommand): DependencyInstall | undefined {
  const words = command.args.map(({ value }) => value);
  const read = command.name === undefined ? undefined : packageCommand(command.name, words);
  if (read === undefined) return byOtherTool(command, words);
  if (read.does !== "install") return undefined;
  const { name } = read.manager;
  const short = `${command.name ?? name} ${read.subcommand ?? ""}`.trim();
  switch (name) {
    case "npm":
      if (read.operands.length > 0 || command.has("-g", "--global", "--prefix", "-C")) return undefined;
      return { command: short, manifests: ["package*.json"] };
    case "yarn":
      if (read.operands.length > 0 || read.subcommand !== "install") return undefined;
      return { command: short, manifests: yarnManifests(command) };
    case "pnpm":
      if (read.operands.length > 0 || !/^i(?:nstall)?$/.test(read.subcommand ?? "")) return undefined;
      return {
        command: short,
        manifests: ["package.json", `pnpm-lock.yaml${command.has("--frozen-lockfile") ? "" : "*"}`],
      };
    case "pip":
      return pipInstall(short, words, read.operands);
    case "composer":
      // Autoloaders and scripts are made from the sources.
      return /^i(?:nstall)?$/.test(read.subcommand ?? "") ? { command: short, manifests: undefined } : undefined;
    default:
      return undefined;
  }
}

/** Later versions read more files than these. */
function yarnManifests(command: ShellCommand): readonly string[] | undefined {
  if (command.has("--immutable")) return undefined;
  return ["package.json", `yarn.lock${command.has("--frozen-lockfile") ? "" : "*"}`];
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
  const plain = files.flatMap((file) => (file !== undefined && /^[\w.-]+$/.test(file) ? [file] : []));
  return { command: `${command} -r ${files[0] ?? "…"}`, manifests: plain.length === files.length ? plain : undefined };
}

function byOtherTool(
  { name, args }: ShellCommand,
  words: readonly (string | undefined)[],
): DependencyInstall | undefined {
  const [first = "", second = ""] = words;
  switch (name) {
    case "bundle":
    case "bundler":
      return first === "install" || first === "" ? { command: `${name} install`, manifests: ["Gemfile*"] } : undefined;
    case "go":
      return first === "mod" && second === "download" && args.length === 2
        ? { command: "go mod download", manifests: ["go.mod", "go.sum*"] }
        : undefined;
    case "poetry":
      return first === "install"
        ? {
            command: "poetry install",
            manifests: words.includes("--no-root") ? ["pyproject.toml", "poetry.lock*"] : undefined,
          }
        : undefined;
    case "pipenv":
      return (first === "install" && args.slice(1).every(({ text }) => text.startsWith("-"))) || first === "sync"
        ? { command: `pipenv ${first}`, manifests: ["Pipfile*"] }
        : undefined;
    case "uv":
      return first === "sync"
        ? {
            command: "uv sync",
            manifests: words.includes("--no-install-project") ? ["pyproject.toml", "uv.lock*"] : undefined,
          }
        : undefined;
    case "mix":
      return first === "deps.get" ? { command: "mix deps.get", manifests: ["mix.exs", "mix.lock*"] } : undefined;
    case "mvn":
      return words.some((word) => word !== undefined && /^dependency:(?:go-offline|resolve)/.test(word))
        ? { command: "mvn dependency:go-offline", manifests: ["pom.xml"] }
        : undefined;
    case "dotnet":
      return first === "restore" ? { command: "dotnet restore", manifests: undefined } : undefined;
    case "cargo":
      return first === "fetch" ? { command: "cargo fetch", manifests: undefined } : undefined;
    default:
      return undefined;
  }
}
