import { defineInstructionRule } from "../../engine/rule.ts";
import { expand } from "../../languages/dockerfile/expansion.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import { parseImageReference } from "../../languages/image/index.ts";
import { fromVariables, globalArguments, isPredefined } from "./shared/from-variables.ts";

export default defineInstructionRule({
  slug: "empty-arg-in-from",
  summary: "Without `--build-arg`, a `FROM` names no valid image.",
  why: `A plain \`docker build .\` uses the defaults of the arguments, and so do the tools that read the file without building it: bots that raise versions,
scanners, editors. Where an argument of \`FROM\` has no default, the name of the image comes out as \`node:\` or empty, the build stops with an error about
an image instead of one about the missing argument, and the tools skip the file.

A default that names the version in use costs nothing, since \`--build-arg\` still wins. Where the caller must choose, leave it:
\`ARG BASE\` alone is then a deliberate stop.`,
  category: "correctness",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: ["buildkit:InvalidDefaultArgInFrom", "dockerfile-utils:BASE_NAME_EMPTY"],
  references: ["https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/"],
  fix: null,
  examples: [
    {
      bad: 'ARG NODE_VERSION\nFROM node:${NODE_VERSION}-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'ARG NODE_VERSION=24\nFROM node:${NODE_VERSION}-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      fixed: false,
    },
  ],
  instructions: ["FROM"],
  suspects: (from) => from.imageWord?.variable === true,
  *check(from, model) {
    const word = from.imageWord;
    if (word === undefined || from.base !== undefined) return;
    const values = defaults(model);
    const empty = fromVariables(from).find(({ name }) => values.get(name) === "");
    if (empty === undefined) return;
    const name = expand(word.text, model.escape, (variable) =>
      // What the builder sets is a plain word, whichever it is.
      isPredefined(variable) ? "word" : values.get(variable),
    );
    if (name === undefined || parseImageReference(name) !== undefined || isStage(model, name)) return;
    yield {
      at: empty.span,
      message: `\`${empty.name}\` has no default, so a plain build looks for the image ${name === "" ? "without a name" : `\`${name}\``}: write \`ARG ${empty.name}=…\` with the one you use.`,
      related: globalArguments(model)
        .filter(({ pair }) => pair.name === empty.name)
        .map(({ pair }) => ({ at: pair.nameSpan, message: "It is declared here." })),
    };
  },
});

/** What the arguments before the first FROM are in a plain build; a value that is not known is left out. */
function defaults(model: DockerfileModel): ReadonlyMap<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const { pair } of globalArguments(model)) {
    values.set(pair.name, pair.value === undefined ? (values.get(pair.name) ?? "") : pair.resolved);
  }
  return values;
}

function isStage({ stages }: DockerfileModel, name: string): boolean {
  return name.toLowerCase() === "scratch" || stages.some((stage) => stage.name?.toLowerCase() === name.toLowerCase());
}
