import { defineRule } from "../../engine/rule.ts";
import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { Stage } from "../../languages/dockerfile/model.ts";
import { nameOf } from "../../text/path.ts";
import { bottomOf, commandOf, finalImage } from "./shared/final-image.ts";
import { isPrompt } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "missing-command",
  summary: "Nothing says what a container of the image runs.",
  why: `Without \`CMD\` or \`ENTRYPOINT\` a container runs what its base image does: a shell or an interpreter as a rule, which ends at once where nobody types
anything, or nothing at all in one made from scratch. Everyone who runs the image has to know the command.

Images that others build upon, toolboxes and those that only carry files have none on purpose, so this is off until asked for.`,
  category: "lifecycle",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["droast:DF036"],
  references: ["https://docs.docker.com/reference/dockerfile/#understand-how-cmd-and-entrypoint-interact"],
  fix: null,
  examples: [
    {
      bad: "FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\n",
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  *check(model) {
    const image = finalImage(model);
    if (image === undefined) return;
    const { stage, word, base, facts, description } = image;
    if (bottomOf(stage).from.imageWord?.variable === true) return;
    if (commandOf(stage, "CMD") !== undefined || commandOf(stage, "ENTRYPOINT") !== undefined) return;
    const known = facts ?? description;
    const inherited = stage.scratch
      ? "nothing"
      : // What we know of Windows' own images is the table's alone.
        known && inheritedBy(known, description === undefined || stage.windows ? "a shell" : "nothing");
    if (inherited === undefined || !isToBeRun(stage)) return;
    yield {
      at: word.span,
      message: `A container of this image runs ${inherited}, as \`${base}\` has no other command: say what it is to run with \`CMD\`.`,
    };
  },
});

/** What a base image runs where that is no program of use; `undefined` where it is, or is not known. `unsaid`: what runs where no command is told. */
function inheritedBy(
  { server, entrypoint = [], command = [] }: Pick<BaseImageFacts, "server" | "entrypoint" | "command">,
  unsaid: "nothing" | "a shell",
): string | undefined {
  if (server !== undefined) return undefined;
  // An entrypoint that is a script goes on with the command.
  const words = /\.sh$|entrypoint/.test(entrypoint[0] ?? "") ? command : [...entrypoint, ...command];
  const [program, ...args] = words;
  if (program === undefined) return entrypoint.length > 0 ? "nothing" : unsaid;
  return isPrompt(nameOf(program), args) ? `\`${words.join(" ")}\`` : undefined;
}

/** It tells of a port or of its health, or has files of the build context; what only installs or unpacks something is one to build upon. */
function isToBeRun(stage: Stage): boolean {
  const names = new Set(stage.history.map(({ name }) => name));
  if (names.has("ONBUILD")) return false;
  if (names.has("EXPOSE") || names.has("STOPSIGNAL")) return true;
  // `HEALTHCHECK NONE` takes the base image's away, and tells of nothing that runs.
  if (stage.history.some((step) => step.name === "HEALTHCHECK" && !/^none$/i.test(step.words[0]?.value ?? "")))
    return true;
  return !stage.scratch && stage.history.some((step) => step.name === "COPY" && step.from === undefined);
}
