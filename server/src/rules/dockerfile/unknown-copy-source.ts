import { defineInstructionRule } from "../../engine/rule.ts";
import { replace } from "../../text/edit.ts";
import { meantStage } from "./shared/copy-sources.ts";
import { isStageName, sourceStage, stageSources } from "./shared/stage-links.ts";

export default defineInstructionRule({
  slug: "unknown-copy-source",
  summary: "A `--from` misspells the name of a stage, or gives a number that no stage has.",
  why: `A \`--from\` that no stage has is taken for the name of an image: the builder asks Docker Hub for \`docker.io/library/biuld\`, and the build stops with
\`pull access denied\`, which says nothing of the slip. A number that no stage has is refused outright.

Names that are far from those of the stages are left to \`dockerfile/external-copy-source\`: they may be build contexts or images.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3022", "droast:DF049"],
  references: ["https://docs.docker.com/reference/dockerfile/#copy---from"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23 AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=flies /srv /srv\n",
      good: "FROM alpine:3.23 AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
    },
  ],
  instructions: ["COPY", "RUN"],
  suspects: (instruction) => stageSources(instruction).length > 0,
  *check(instruction, model) {
    const { stage } = instruction;
    if (stage === undefined || instruction.onbuild) return;
    for (const { name, span } of stageSources(instruction)) {
      if (sourceStage(model, name) !== undefined) continue;
      if (/^\d+$/.test(name)) {
        yield {
          at: span,
          message: `There is no stage \`${name}\`: they are numbered from 0 to ${model.stages.length - 1}; write the name of the one you mean.`,
          severity: "error",
        };
        continue;
      }
      const meant = isStageName(name) ? meantStage(model, name, stage) : undefined;
      if (meant === undefined) continue;
      yield {
        at: span,
        message: `No stage is named \`${name}\`, so the builder looks for an image of that name: did you mean \`${meant}\`?`,
        fixes: () => [
          {
            title: `Write \`${meant}\` (if \`${name}\` is a build context of yours, leave it)`,
            safety: "review",
            edits: [replace(span, meant)],
          },
        ],
      };
    }
  },
});
