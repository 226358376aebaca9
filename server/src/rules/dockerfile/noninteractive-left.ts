import { type Fix, defineInstructionRule } from "../../engine/rule.ts";
import { insertBefore } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, Pair, VariableInstruction } from "../../languages/dockerfile/model.ts";
import { type TextEdit, remove, replace } from "../../text/edit.ts";

export default defineInstructionRule({
  slug: "noninteractive-left",
  summary: "`DEBIAN_FRONTEND=noninteractive`, which the build needs, stays in the image.",
  why: `\`ENV\` does not end with the build. Everybody who opens a shell in a container of this image, and every image that is built upon it, gets packages configured
without being asked: a question about a changed configuration file, a locale or a time zone is answered by its default, and nobody sees that there was one.

Only steps of the build need the variable. \`ARG DEBIAN_FRONTEND=noninteractive\` gives it to all of a stage's, \`RUN DEBIAN_FRONTEND=noninteractive apt-get …\` to one.
Where the image is meant to be built upon and nothing else, the variable may well be wanted; setting it back at the end (\`ENV DEBIAN_FRONTEND=dialog\`) is fine too.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/dockerfile/#env",
    "https://manpages.debian.org/stable/debconf-doc/debconf.7.en.html#Frontends",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:13.1-slim\nENV DEBIAN_FRONTEND=noninteractive\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
      good: "FROM debian:13.1-slim\nARG DEBIAN_FRONTEND=noninteractive\nRUN apt-get update && \\\n    apt-get install -y --no-install-recommends tini && \\\n    rm -rf /var/lib/apt/lists/*\nUSER nobody\n",
    },
  ],
  instructions: ["ENV"],
  suspects: ({ pairs }) => pairs.some(isNoninteractive),
  *check(env, model) {
    const { stage } = env;
    if (stage !== undefined && !env.onbuild && (!stage.shipped || isSetBack(model, env))) return;
    for (const pair of env.pairs) {
      if (!isNoninteractive(pair)) continue;
      yield {
        at: pair.nameSpan,
        message: `\`${pair.name}\` stays in the image, where it silences every later installation: make it an \`ARG\`, which ends with the build.`,
        fixes: () => fixesFor(model, env, pair),
      };
      return;
    }
  },
});

function isNoninteractive({ name, value }: Pair): boolean {
  return name === "DEBIAN_FRONTEND" && value?.toLowerCase() === "noninteractive";
}

/** Whether the image says something else in the end, or says it again further down, where it is reported. */
function isSetBack({ finalStage }: DockerfileModel, env: VariableInstruction): boolean {
  const named = (finalStage?.all("ENV") ?? []).filter(
    (other) => other.name === "ENV" && other.pairs.some(({ name }) => name === "DEBIAN_FRONTEND"),
  );
  const last = named.at(-1);
  return last?.name === "ENV" && last !== env && last.span.start > env.span.start && !last.pairs.some(isNoninteractive);
}

function fixesFor(model: DockerfileModel, env: VariableInstruction, pair: Pair): readonly Fix[] {
  const { stage, pairs } = env;
  // An ARG ends with its stage: one that goes on from there would be without it.
  if (stage === undefined ? false : model.stages.some(({ parent }) => parent === stage)) return [];
  if (pair.valueSpan === undefined || usesIt(stage?.instructions ?? model.instructions)) return [];
  const edits = pairs.length === 1 ? renamed(env, pair) : parted(model, env, pair);
  return edits === undefined
    ? []
    : [{ title: "Make it an `ARG` (packages installed in a running container ask again)", safety: "review", edits }];
}

/** What starts the container counts on it. */
function usesIt(instructions: readonly Instruction[]): boolean {
  return instructions.some(
    ({ name, words }) =>
      (name === "CMD" || name === "ENTRYPOINT") && words.some(({ value }) => /apt|dpkg|DEBIAN_FRONTEND/.test(value)),
  );
}

function renamed({ keywordSpan, keyword }: VariableInstruction, { nameSpan, valueSpan }: Pair): readonly TextEdit[] {
  const arg = replace(keywordSpan, keyword === keyword.toLowerCase() ? "arg" : "ARG");
  return valueSpan === undefined ? [arg] : [arg, replace({ start: nameSpan.end, end: valueSpan.start }, "=")];
}

/** The pair moves to an `ARG` of its own, above. */
function parted(model: DockerfileModel, env: VariableInstruction, pair: Pair): readonly TextEdit[] | undefined {
  const { pairs, keyword, onbuild } = env;
  const index = pairs.indexOf(pair);
  const next = pairs[index + 1];
  const before = pairs[index - 1];
  const span =
    next === undefined
      ? { start: before?.span.end ?? pair.span.start, end: pair.span.end }
      : { start: pair.span.start, end: next.span.start };
  // A comment between two pairs may be about either.
  if (onbuild || model.comments.some((comment) => comment.span.start >= span.start && comment.span.start < span.end))
    return undefined;
  const arg = `${keyword === keyword.toLowerCase() ? "arg" : "ARG"} DEBIAN_FRONTEND=noninteractive`;
  return [insertBefore(model, env, [arg]), remove(span)];
}
