import { packageCommand } from "../../../knowledge/package-managers.ts";
import type { Instruction, RunInstruction } from "../../../languages/dockerfile/model.ts";
import { everyCommand, type ShellCommand, type ShellWord } from "../../../languages/shell/index.ts";

/** A command that installs a project's dependencies, and what the file says around it. */
export interface Installation {
  readonly command: ShellCommand;
  readonly run: RunInstruction;
  readonly tool: "npm" | "yarn" | "pnpm" | "bun" | "composer" | "poetry" | "uv" | "bundle";
  /** `install`; `undefined` for a bare `yarn`. */
  readonly subcommand: ShellWord | undefined;
  /** It installs what the lockfile says and nothing else. */
  readonly locked: boolean;
  /** The development dependencies come along and are not taken out again. */
  readonly ships: boolean;
  /** Something is built with them behind it. */
  readonly needed: boolean;
  /** The name of the lockfile. */
  readonly lockName: string;
  /** Whether the lockfile was copied before: by its name or by a pattern it fits; `none`: the manifest came without it; `maybe`: there is no telling. */
  readonly lockfile: "copied" | "maybe" | "none";
  /** The flag that leaves the development dependencies out; `undefined` where there is no telling which version of the tool it is. */
  readonly leaveOut: string | undefined;
  /** The flag that holds it to the lockfile, where it is missing. */
  readonly lockFlag: string | undefined;
  /** The version of the tool is known well enough to write the flag. */
  readonly certain: boolean;
  /** What stands before it in the image. */
  readonly before: readonly Instruction[];
}

interface Tool {
  readonly name: Installation["tool"];
  readonly lockfile: string;
  readonly leaveOut: string;
  /** Words that leave the development dependencies out; `--a b` stands for two words. */
  readonly production: readonly string[];
  /** Variables that do so, with the values that count. */
  readonly variables: Readonly<Record<string, RegExp>>;
}

const truth = /^(?:1|true|yes)$/i;
const production = /^production$/i;

const tools: readonly Tool[] = [
  {
    name: "npm",
    lockfile: "package-lock.json",
    leaveOut: "--omit=dev",
    production: [
      "--omit=dev",
      "--omit dev",
      "--production",
      "--production=true",
      "--only=production",
      "--only=prod",
      "--only production",
      "--only prod",
    ],
    variables: {
      NODE_ENV: production,
      NPM_CONFIG_PRODUCTION: truth,
      NPM_CONFIG_OMIT: /^dev$/,
      NPM_CONFIG_ONLY: /^prod(?:uction)?$/,
    },
  },
  {
    name: "yarn",
    lockfile: "yarn.lock",
    leaveOut: "--production",
    production: ["--production", "--production=true", "--prod"],
    variables: { NODE_ENV: production, NPM_CONFIG_PRODUCTION: truth, YARN_PRODUCTION: truth },
  },
  {
    name: "pnpm",
    lockfile: "pnpm-lock.yaml",
    leaveOut: "--prod",
    production: ["--prod", "-P", "--production"],
    variables: { NODE_ENV: production, NPM_CONFIG_PRODUCTION: truth },
  },
  {
    name: "bun",
    lockfile: "bun.lock",
    leaveOut: "--production",
    production: ["--production", "-p", "--omit=dev", "--omit dev"],
    variables: { NODE_ENV: production },
  },
  {
    name: "bundle",
    lockfile: "Gemfile.lock",
    leaveOut: "bundle config set --local without development:test",
    production: ["--without", "--without=development"],
    variables: { BUNDLE_WITHOUT: /./, BUNDLE_ONLY: /./ },
  },
  {
    name: "composer",
    lockfile: "composer.lock",
    leaveOut: "--no-dev",
    production: ["--no-dev"],
    variables: { COMPOSER_NO_DEV: truth },
  },
  {
    name: "poetry",
    lockfile: "poetry.lock",
    leaveOut: "--only main",
    production: ["--only main", "--only=main", "--without dev", "--without=dev", "--no-dev"],
    variables: { POETRY_WITHOUT: /dev/, POETRY_ONLY: /main/ },
  },
  {
    name: "uv",
    lockfile: "uv.lock",
    leaveOut: "--no-dev",
    production: ["--no-dev", "--no-default-groups", "--only-group", "--no-group dev", "--no-group=dev"],
    variables: { UV_NO_DEV: truth, UV_NO_DEFAULT_GROUPS: truth },
  },
];

/** The installations among the steps of an image, in order. */
export function installationsIn(instructions: readonly Instruction[]): readonly Installation[] {
  const steps = instructions.flatMap((instruction, index) =>
    instruction.name === "RUN" && instruction.script !== undefined
      ? everyCommand(instruction.script).map((command) => ({ command, run: instruction, index }))
      : [],
  );
  return steps.flatMap(({ command, run, index }, position): readonly Installation[] => {
    const found = installing(command);
    if (found === undefined) return [];
    const { tool, subcommand } = found;
    const before = instructions.slice(0, index);
    const later = steps.slice(position + 1).map((step) => step.command);
    const settings = omittedBySettings(tool, command, before);
    // What a variable decides is not known.
    if (settings === "unknown") return [];
    const lock = lockOf(tool, command, subcommand?.value);
    return [
      {
        command,
        run,
        tool: tool.name,
        subcommand,
        ...lock,
        ships:
          !settings && !later.some((other) => takesOut(tool, other)) && !configured(tool, steps.slice(0, position)),
        needed: later.some(needsDevelopment),
        lockName: tool.lockfile,
        lockfile: lockfileCopied(tool, before, run),
        leaveOut: tool.name === "yarn" && isModernYarn(command, before) ? undefined : tool.leaveOut,
        before,
      },
    ];
  });
}

/** Whether a command is one of these, as far as its own words tell. */
export function isInstallation(command: ShellCommand): boolean {
  return installing(command) !== undefined;
}

/** Whether something is built or tested behind a command. */
export function buildsWithThem(instructions: readonly Instruction[], command: ShellCommand): boolean {
  return instructions.some(
    (step) =>
      step.name === "RUN" &&
      step.script !== undefined &&
      step.span.end > command.span.start &&
      everyCommand(step.script).some((other) => other.span.start > command.span.start && needsDevelopment(other)),
  );
}

/** `bundle config set without development` */
function configured(tool: Tool, before: readonly { readonly command: ShellCommand }[]): boolean {
  return (
    tool.name === "bundle" &&
    before.some(
      ({ command }) =>
        command.name === "bundle" &&
        command.args[0]?.value === "config" &&
        command.args.some(({ text }) => text === "without" || text === "only" || text === "with"),
    )
  );
}

function installing(
  command: ShellCommand,
): { readonly tool: Tool; readonly subcommand: ShellWord | undefined } | undefined {
  const tool = tools.find(({ name }) => name === command.name);
  if (tool === undefined) return undefined;
  if (tool.name === "poetry" || tool.name === "uv") {
    const [first] = command.args;
    return first?.value === (tool.name === "uv" ? "sync" : "install") ? { tool, subcommand: first } : undefined;
  }
  if (tool.name === "bundle" || tool.name === "bun") {
    const [first, ...others] = command.args;
    const installs = tool.name === "bundle" ? /^install$/ : /^i(?:nstall)?$/;
    if (first?.value === undefined || !installs.test(first.value)) return undefined;
    const named = tool.name === "bun" && others.some(({ text }) => !text.startsWith("-") || text === "-g");
    return named ? undefined : { tool, subcommand: first };
  }
  const read = packageCommand(
    tool.name,
    command.args.map(({ value }) => value),
  );
  if (read === undefined || read.does !== "install" || read.operands.length > 0) return undefined;
  if (!plainInstall.has(read.subcommand ?? "") || command.has("-g", "--global", "--version", "-v", "--help"))
    return undefined;
  return { tool, subcommand: read.subcommandIndex === undefined ? undefined : command.args[read.subcommandIndex] };
}

const plainInstall = new Set(["install", "i", "ci", "clean-install", "ic", "in", "install-clean"]);

function lockOf(
  tool: Tool,
  command: ShellCommand,
  subcommand: string | undefined,
): Pick<Installation, "locked" | "lockFlag" | "certain"> {
  switch (tool.name) {
    case "npm":
      return {
        locked: /^(?:ci|clean-install|ic|install-clean)$/.test(subcommand ?? ""),
        lockFlag: undefined,
        certain: true,
      };
    case "bun":
    case "pnpm": {
      const locked = command.has("--frozen-lockfile");
      return { locked, lockFlag: locked ? undefined : "--frozen-lockfile", certain: true };
    }
    case "yarn": {
      // Only the first version has this flag and `--production`.
      const locked = command.has("--frozen-lockfile");
      return { locked, lockFlag: undefined, certain: locked && subcommand !== undefined };
    }
    default:
      return { locked: true, lockFlag: undefined, certain: true };
  }
}

function isModernYarn(command: ShellCommand, before: readonly Instruction[]): boolean {
  if (command.has("--immutable", "--immutable-cache", "--inline-builds")) return true;
  return before.some(
    (step) => step.name === "COPY" && step.sources.some(({ value }) => /(?:^|\/)\.yarn(?:rc\.yml)?\/?$/.test(value)),
  );
}

function omittedBySettings(tool: Tool, command: ShellCommand, before: readonly Instruction[]): boolean | "unknown" {
  const words = command.args.map(({ value }) => value);
  if (words.includes(undefined)) return "unknown";
  const text = ` ${words.join(" ")} `;
  if (tool.production.some((flag) => text.includes(` ${flag} `))) return true;
  if (/ --(?:include=dev|include dev|production=false|prod=false|dev) /.test(text)) return false;
  for (const [name, value] of variablesAt(command, before)) {
    const counts = tool.variables[name.toUpperCase()];
    if (counts === undefined) continue;
    if (value === undefined) return "unknown";
    if (counts.test(value)) return true;
  }
  return false;
}

function variablesAt(command: ShellCommand, before: readonly Instruction[]): ReadonlyMap<string, string | undefined> {
  const variables = new Map<string, string | undefined>();
  for (const instruction of before) {
    if (instruction.name !== "ENV" && instruction.name !== "ARG") continue;
    for (const { name, resolved } of instruction.pairs) {
      if (instruction.name === "ENV" || resolved !== undefined || !variables.has(name)) variables.set(name, resolved);
    }
  }
  for (const { name, value } of command.assignments) variables.set(name, value);
  return variables;
}

/** A later command that takes the development dependencies out, or all of them. */
function takesOut(tool: Tool, command: ShellCommand): boolean {
  const words = command.args.map(({ value }) => value);
  if (command.name === "rm")
    return words.some((word) => word !== undefined && /(?:^|\/)(?:node_modules|vendor|\.venv)\/?$/.test(word));
  if (command.name !== tool.name) return false;
  if (words[0] === "prune") return true;
  const text = ` ${words.join(" ")} `;
  return tool.production.some((flag) => text.includes(` ${flag} `));
}

const builders = new Set(
  "tsc vite next nuxt nuxi webpack rollup esbuild ng nest turbo nx gulp grunt parcel babel astro gatsby ember lerna swc tsup ncc jest vitest mocha eslint make phpunit pytest encore mix".split(
    " ",
  ),
);

/** A command that builds or tests the project, for which its development dependencies may be wanted. */
function needsDevelopment(command: ShellCommand): boolean {
  const { name } = command;
  if (name === undefined) return true;
  const [first = "", second = ""] = command.args.map(({ value }) => value ?? "");
  if (name === "npx" || name === "bunx" || name === "pnpx") return true;
  if (name === "npm" || name === "pnpm" || name === "yarn") {
    if (/^(?:run|run-script|test|t|tst|exec|dlx|x|build|rebuild)$/.test(first)) return true;
    return (
      name !== "npm" &&
      first !== "" &&
      !first.startsWith("-") &&
      !/^(?:install|i|add|cache|config|store|prune|set|fetch|global|import|remove)$/.test(first)
    );
  }
  if (name === "poetry" || name === "uv") return first === "run";
  if (name === "bundle") return first === "exec" && /^(?:rspec|rubocop|cucumber|minitest|guard)$/.test(second);
  if (name === "composer") return /^(?:run|run-script|test|exec|build)$/.test(first);
  if (name === "node") return !first.startsWith("-") && first !== "";
  return builders.has(name) || (name === "php" && second === "test");
}

function lockfileCopied(tool: Tool, before: readonly Instruction[], run: RunInstruction): Installation["lockfile"] {
  if (run.mounts.some(({ options }) => fits(options.get("source") ?? options.get("src") ?? "", tool.lockfile)))
    return "copied";
  let alone = false;
  let folder = false;
  for (const step of before) {
    if ((step.name !== "COPY" && step.name !== "ADD") || step.from !== undefined) continue;
    for (const { value } of step.sources) {
      if (fits(value, tool.lockfile) || (tool.name === "npm" && fits(value, "npm-shrinkwrap.json"))) return "copied";
      if (fits(value, "package.json")) alone = true;
      else if (!/\.\w+$/.test(value)) folder = true;
    }
  }
  return alone && !folder ? "none" : "maybe";
}

/** Whether a source of `COPY` is the file or a pattern for it. */
function fits(source: string, file: string): boolean {
  const last = source.slice(source.lastIndexOf("/") + 1);
  if (last === file) return true;
  if (!/[*?[]/.test(last)) return false;
  const pattern = last
    .replace(/[.+^${}()|\\]/g, "\\$&")
    .replace(/\*/g, ".*")
    .replace(/\?/g, ".");
  try {
    return new RegExp(`^${pattern}$`).test(file);
  } catch {
    return false;
  }
}
