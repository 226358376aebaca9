import type { DockerfileModel } from "../languages/dockerfile/model.ts";
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

/** What a Dockerfile asks for. Costs one search of the text and a look at each COPY. */
export function contextAsks(model: DockerfileModel): ContextAsks {
  const stage = model.finalStage;
  const scripts = (stage === undefined ? [] : startedFiles(stage)).flatMap(({ origin }) =>
    origin.type === "context" ? [origin.path] : [],
  );
  const tools = new Set((model.text.match(toolNames) ?? []).map((name) => aliases[name] ?? name));
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
