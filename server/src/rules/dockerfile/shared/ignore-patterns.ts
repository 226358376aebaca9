import type { DockerfileModel, Instruction, Stage } from "../../../languages/dockerfile/model.ts";
import { ignores } from "../../../languages/ignore/index.ts";
import { everyCommand, type ShellCommand } from "../../../languages/shell/index.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";
import { folderOf, nameOf } from "../../../text/path.ts";

/** A path of the build context that has no business in an image, and the pattern that keeps it out. */
export interface Unwanted {
  /** As a person would say it. */
  readonly path: string;
  readonly pattern: string;
}

/** What `COPY . .` should not take along: history, secrets, and for Node.js the modules of another system. What a build step reads by name is left out. */
export function unwantedPaths(
  model: DockerfileModel,
  stage: Stage | undefined,
  workspace: Pick<WorkspaceView, "hasHistory">,
): readonly Unwanted[] {
  const tools = toolsOf(model, stage);
  const all: Unwanted[] = [
    ...(tools.has("git") || !workspace.hasHistory() ? [] : [{ path: ".git", pattern: ".git" }]),
    { path: ".env", pattern: "**/.env" },
    ...(tools.has("node") ? [{ path: "node_modules", pattern: "**/node_modules" }] : []),
  ];
  const named = namedSources(model);
  return all.filter(({ path }) => !named.some((source) => source === path || source.startsWith(`${path}/`)));
}

/** The patterns of an ignore file for the build of a Dockerfile, with the `unwanted` ones; `path` is that file as seen from the build context's root, if it lies there. */
export function fittingPatterns(
  model: DockerfileModel,
  stage: Stage | undefined,
  unwanted: readonly Unwanted[],
  path: string | undefined,
): readonly string[] {
  const tools = toolsOf(model, stage);
  const patterns = [
    ...unwanted.map(({ pattern }) => pattern),
    "**/.env.*",
    ...[...tools].flatMap((tool) => litter[tool] ?? []),
    ".dockerignore",
    ...(path === undefined ? [] : [folderOf(path) === "." ? `${nameOf(path)}*` : path]),
  ];
  const named = namedSources(model);
  return [...new Set(patterns)].filter((pattern) => !named.some((source) => ignores([pattern], source)));
}

/** What builds and runs leave in a folder, by what leaves it. */
const litter: Readonly<Record<string, readonly string[]>> = {
  node: ["**/npm-debug.log*"],
  next: [".next"],
  python: ["**/__pycache__", "**/*.py[co]", ".venv", "venv"],
  maven: ["target", "*/target"],
  // Deeper down `build` may be a package of the source.
  gradle: ["build", "*/build", ".gradle"],
  cargo: ["target"],
  dotnet: ["**/bin", "**/obj"],
  composer: ["vendor"],
  bundle: [".bundle", "vendor/bundle"],
  mix: ["_build", "deps"],
};

function toolsOf(model: DockerfileModel, stage: Stage | undefined): ReadonlySet<string> {
  const tools = new Set<string>();
  const runtime = stage?.baseFacts?.runtime;
  if (runtime === "node" || runtime === "bun") tools.add("node");
  if (runtime === "python") tools.add("python");
  for (const { name, words, args } of commandsOf(model)) {
    const tool = name === undefined ? undefined : toolOf(name);
    if (tool !== undefined) tools.add(tool);
    if (name === "git" && args.some(({ value }) => value !== undefined && readsHistory.has(value))) tools.add("git");
    if (words.some(({ value }) => value === "next")) tools.add("next");
  }
  return tools;
}

const readsHistory = new Set(["describe", "rev-parse", "log", "show", "status", "submodule", "rev-list"]);

function toolOf(name: string): string | undefined {
  if (/^(?:npm|npx|yarn|pnpm|bun|node)$/.test(name)) return "node";
  if (/^(?:python\d?|pip\d?|poetry|uv|pipenv)$/.test(name)) return "python";
  if (/^mvnw?$/.test(name)) return "maven";
  if (/^gradlew?$/.test(name)) return "gradle";
  return Object.hasOwn(litter, name) ? name : undefined;
}

function* commandsOf(model: DockerfileModel): Generator<ShellCommand> {
  for (const instruction of model.instructions) {
    if (instruction.name === "RUN" && instruction.script !== undefined) yield* everyCommand(instruction.script);
  }
}

/** What the Dockerfile takes from its build context by name, the context itself left out. */
function namedSources(model: DockerfileModel): readonly string[] {
  return model.instructions.flatMap((instruction) => sourcesOf(instruction));
}

function sourcesOf(instruction: Instruction): readonly string[] {
  if (instruction.name === "RUN") {
    return instruction.mounts.flatMap(({ type, options }) => {
      const source = options.get("source") ?? options.get("src");
      return type === "bind" && !options.has("from") && source !== undefined ? [cleaned(source)] : [];
    });
  }
  if (instruction.name !== "COPY" && instruction.name !== "ADD") return [];
  if (instruction.from !== undefined) return [];
  return instruction.sources.flatMap(({ resolved }) => (resolved === undefined ? [] : [cleaned(resolved)]));
}

function cleaned(source: string): string {
  return source.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "");
}
