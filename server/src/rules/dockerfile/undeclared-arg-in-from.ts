import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { DockerfileModel, Instruction, Pair } from "../../languages/dockerfile/model.ts";
import { nearest } from "../../languages/dockerfile/problems/nearest.ts";
import { insertBefore } from "../../languages/dockerfile/edit.ts";
import { remove, replace } from "../../text/edit.ts";
import { type FromVariable, fromVariables, globalArguments, isPredefined } from "./shared/from-variables.ts";

export default defineInstructionRule({
  slug: "undeclared-arg-in-from",
  summary: "A `FROM` uses a build argument that is not declared before the first `FROM`.",
  why: `A \`FROM\` sees the \`ARG\`s before the first \`FROM\` and no others: one that is declared within a stage, or nowhere, is empty there, and
\`--build-arg\` does not change that. The build stops at an image without a name or, worse, takes another one than the command line asked for.

Within a stage the arguments from before the first \`FROM\` are seen after \`ARG NAME\` without a value.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["buildkit:UndefinedArgInFrom", "dockerfile-utils:BASE_NAME_EMPTY", "sonar:S6579"],
  references: [
    "https://docs.docker.com/reference/build-checks/undefined-arg-in-from/",
    "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact",
  ],
  fix: "review",
  examples: [
    {
      bad: 'ARG NODE_VERSION=24\nFROM node:${NODE_VERISON}-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'ARG NODE_VERSION=24\nFROM node:${NODE_VERSION}-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["FROM"],
  suspects: (from) => fromVariables(from).some(({ name }) => !isPredefined(name)),
  *check(from, model) {
    const declared = model.once(declaredNames);
    for (const variable of fromVariables(from)) {
      const { name, span } = variable;
      if (declared.has(name) || isPredefined(name)) continue;
      // Only what can be written as a variable.
      const known = [...declared, ...platformNames].filter((other) => /^\w+$/.test(other));
      const meant = nearest(name, known);
      const inStage = meant === undefined ? stageArgument(model, from, name) : undefined;
      yield {
        at: span,
        message: messageFor(variable, meant, inStage !== undefined),
        fixes: () => fixesFor(model, variable, meant, inStage),
        ...(inStage === undefined
          ? {}
          : { related: [{ at: inStage.pair.nameSpan, message: "Only this stage sees it." }] }),
      };
    }
  },
});

const platformNames = ["TARGETPLATFORM", "BUILDPLATFORM", "TARGETARCH", "TARGETOS", "BUILDARCH", "BUILDOS"];

function declaredNames(model: DockerfileModel): ReadonlySet<string> {
  return new Set(globalArguments(model).map(({ pair }) => pair.name));
}

interface StageArgument {
  readonly instruction: Instruction;
  readonly pair: Pair;
}

function messageFor({ name }: FromVariable, meant: string | undefined, inStage: boolean): string {
  if (meant !== undefined) return `\`${name}\` is declared nowhere, so it is empty here: did you mean \`${meant}\`?`;
  return inStage
    ? `\`${name}\` is declared within a stage, which no \`FROM\` sees, so it is empty here: declare it before the first \`FROM\`.`
    : `\`${name}\` is declared nowhere, so it is empty here whatever \`--build-arg\` says: put \`ARG ${name}=…\` before the first \`FROM\`.`;
}

/** The ARG of that name in a stage before a FROM: what its author took for declared. */
function stageArgument(model: DockerfileModel, from: Instruction, name: string): StageArgument | undefined {
  let found: StageArgument | undefined;
  for (const instruction of model.instructions) {
    if (instruction === from || instruction.span.start >= from.span.start) break;
    if (instruction.name !== "ARG") continue;
    const pair = instruction.pairs.find((candidate) => candidate.name === name);
    if (pair !== undefined) found = { instruction, pair };
  }
  return found;
}

function fixesFor(
  model: DockerfileModel,
  { name, span }: FromVariable,
  meant: string | undefined,
  inStage: StageArgument | undefined,
): readonly Fix[] {
  if (meant !== undefined) {
    const written = model.text.slice(span.start, span.end);
    const at = written.indexOf(name);
    if (at < 0) return [];
    const place = { start: span.start + at, end: span.start + at + name.length };
    return [
      {
        title: `Write \`${meant}\` (another image is then built upon)`,
        safety: "review",
        edits: [replace(place, meant)],
      },
    ];
  }
  const first = model.stages[0]?.from;
  if (first === undefined) return [];
  const value = inStage?.pair.valueSpan;
  const text = value === undefined ? "" : model.text.slice(value.start, value.end);
  // A value that stands on other variables of its stage means nothing up there.
  if (inStage === undefined || value === undefined || /[$\n]/.test(text) || text === "") return [];
  return [
    {
      title: `Declare \`${name}\` before the first \`FROM\`, where every \`FROM\` sees it`,
      safety: "review",
      edits: [
        insertBefore(model, first, [`${inStage.instruction.keyword} ${name}=${text}`]),
        remove({ start: inStage.pair.nameSpan.end, end: value.end }),
      ],
    },
  ];
}
