import type { DockerfileModel, Instruction } from "../languages/dockerfile/model.ts";
import { originOf, workingDirectoryOf } from "../languages/dockerfile/origin.ts";
import { startedFiles } from "../languages/dockerfile/started-files.ts";
import { lockFiles } from "../knowledge/lock-files.ts";

/** The files of its build context that judging a Dockerfile asks for, seen from the root of the context. */
export interface ContextAsks {
  /** The `package.json` of what the image runs; `undefined` where nothing of Node.js is in it. */
  readonly packageJson: string | undefined;
  /** Files that ENTRYPOINT and CMD of the final stage start. */
  readonly scripts: readonly string[];
  /** Files of which only matters whether they are there. */
  readonly names: readonly string[];
}

/** What a Dockerfile asks for. Costs one search of its instructions and a look at each COPY. */
export function contextAsks(model: DockerfileModel): ContextAsks {
  const stage = model.finalStage;
  const scripts = (stage === undefined ? [] : startedFiles(stage)).flatMap(({ origin }) =>
    origin.type === "context" ? [origin.path] : [],
  );
  const tools = new Set(model.instructions.flatMap((instruction) => toolsIn(model, instruction)));
  const usesNode = nodeTools.some((name) => tools.has(name));
  const programs = [...tools].flatMap((name) => (nodeTools.includes(name) ? nodeTools : [name]));
  return {
    packageJson: usesNode ? packageJsonOf(model) : undefined,
    scripts: [...new Set(scripts)],
    names: [
      ...new Set(programs.flatMap((name) => lockFiles[name] ?? [])),
      ...(copiesAll(model) ? [historyFile] : []),
    ].sort(),
  };
}

/** There where the folder is the root of a git repository. */
export const historyFile = ".git/HEAD";

function copiesAll({ instructions }: DockerfileModel): boolean {
  return instructions.some(
    (instruction) =>
      (instruction.name === "COPY" || instruction.name === "ADD") &&
      instruction.sources.some(({ value }) => /^(?:\.|\.?\/|\.\/\.)$/.test(value)),
  );
}

/**
 * Whether two readings of a Dockerfile ask for the same and tell the same, as far as a quick look can say: all that differs between them are
 * instructions that only work on the image, and these speak of the same programs.
 */
export function tellsTheSame(before: DockerfileModel, after: DockerfileModel): boolean {
  if (before.instructions.length !== after.instructions.length) return false;
  return before.instructions.every((instruction, index) => {
    const other = after.instructions[index];
    if (other === undefined) return false;
    if (instruction.identity !== undefined && instruction.identity === other.identity) return true;
    if (!silent.has(instruction.name) || instruction.name !== other.name) return false;
    const tools = new Set(toolsIn(before, instruction));
    const others = new Set(toolsIn(after, other));
    return tools.size === others.size && [...tools].every((name) => others.has(name));
  });
}

/** Instructions of which nothing is told but the programs they speak of. */
const silent: ReadonlySet<Instruction["name"]> = new Set(["RUN", "LABEL", "MAINTAINER", "VOLUME", "STOPSIGNAL"]);

function toolsIn({ text }: DockerfileModel, { span }: Instruction): readonly string[] {
  return (text.slice(span.start, span.end).match(toolNames) ?? []).map((name) => aliases[name] ?? name);
}

const toolNames =
  /\b(?:npm|npx|yarn|pnpm|bunx?|node|corepack|pip3?|poetry|uv|pipenv|pdm|bundle|composer|cargo|go|mix|deno)\b/g;
const aliases: Readonly<Record<string, string>> = {
  npx: "npm",
  bunx: "bun",
  corepack: "npm",
  node: "npm",
  pip3: "pip",
};
const nodeTools: readonly string[] = ["npm", "yarn", "pnpm", "bun"];

/** By where it is copied from into the directory that the program runs in, or that an earlier stage builds in. */
function packageJsonOf(model: DockerfileModel): string {
  for (const stage of [...model.stages].reverse().slice(0, 10)) {
    const directory = workingDirectoryOf(stage);
    const origin =
      directory === undefined ? undefined : originOf(stage, `${directory === "/" ? "" : directory}/package.json`);
    if (origin?.type === "context") return origin.path;
  }
  return "package.json";
}
