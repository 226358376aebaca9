import { defineRule } from "../../engine/rule.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { labelsFromArguments } from "./shared/label-arguments.ts";
import { labelsOf } from "./shared/labels.ts";
import { neededStages } from "./shared/stage-links.ts";

export default defineRule("dockerfile", {
  slug: "missing-label",
  summary: "An image lacks a label that it has to have.",
  why: `Who owns an image, what it costs and how long it is kept is often read from its labels. An image without them is found when something is on fire and nobody knows whom to
call.

Silent until \`required\` names the labels, because only you know which ones are agreed on. It asks each image that the file can make on its own: the last stage, and those
that no other stage is made from or copies from.`,
  category: "observability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3049", "sonar:S7028"],
  references: ["https://docs.docker.com/engine/manage-resources/labels/"],
  fix: "review",
  options: {
    required: { default: [], description: "The labels each image must have." },
  },
  examples: [
    {
      bad: "FROM alpine:3.23\nUSER nobody\n",
      good: 'FROM alpine:3.23\nUSER nobody\nARG OWNER\nLABEL com.example.owner="$OWNER"\n',
      options: { required: ["com.example.owner"] },
    },
  ],
  *check(model, { required }) {
    if (required.length === 0) return;
    for (const stage of targets(model)) {
      const word = stage.from.imageWord;
      if (word === undefined) continue;
      const present = new Set(labelsOf(stage.all("LABEL")).map(({ pair }) => pair.name));
      const missing = required.filter((key) => !present.has(key));
      if (missing.length === 0) continue;
      yield {
        at: word.span,
        message: `${missing.length === 1 ? "The label" : "The labels"} ${missing.map((key) => `\`${key}\``).join(", ")} must be set, and ${missing.length === 1 ? "is" : "are"} not: add ${missing.length === 1 ? "it" : "them"} with \`LABEL\`.`,
        fixes: () => {
          const added = labelsFromArguments(model, stage, missing);
          return added === undefined ? [] : [added];
        },
      };
    }
  },
});

/** The stages somebody may build for their own sake. */
function targets(model: DockerfileModel): readonly Stage[] {
  const needed = new Set(model.stages.flatMap((stage) => neededStages(model, stage)));
  return model.stages.filter((stage) => stage === model.finalStage || !needed.has(stage));
}
