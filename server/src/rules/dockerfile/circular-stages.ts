import { defineInstructionRule } from "../../engine/rule.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { neededStages, sourceStage, stageSources } from "./shared/stage-links.ts";

export default defineInstructionRule({
  slug: "circular-stages",
  summary: "A stage needs itself, or two stages need each other.",
  why: `BuildKit works out which stages a build needs before it starts, and stops at a circle (\`circular dependency detected\`). Other builders only see the
stages above and take the name for an image, which they then fail to pull, or which is pulled from a stranger's repository of that name.

Often the name of another stage was meant, or the files are in the stage already and a \`RUN cp\` does it.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3023",
    "trivy:DS-0006",
    "kics:copy_from_references_current_from_alias",
    "droast:DF050",
    "tally:circular-stage-deps",
  ],
  references: ["https://docs.docker.com/reference/dockerfile/#copy---from"],
  fix: null,
  examples: [
    {
      bad: "FROM alpine:3.23 AS files\nWORKDIR /srv\nCOPY --from=files /etc/motd /srv/motd\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM alpine:3.23 AS files\nWORKDIR /srv\nRUN cp /etc/motd /srv/motd\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      fixed: false,
    },
  ],
  instructions: ["COPY", "RUN"],
  suspects: (instruction) => stageSources(instruction).length > 0,
  *check(instruction, model) {
    const { stage } = instruction;
    if (stage === undefined || instruction.onbuild) return;
    for (const { name, span } of stageSources(instruction)) {
      const source = sourceStage(model, name);
      // Every circle has a link that does not lead upwards, and is told there.
      if (source === undefined || source.index < stage.index) continue;
      if (source === stage) {
        yield {
          at: span,
          message: `\`${name}\` is the very stage this stands in, which cannot copy from itself: name the stage that has the files, or leave \`--from\` out.`,
        };
      } else if (needs(model, source, stage)) {
        yield {
          at: span,
          message: `\`${name}\` needs ${stage.name === undefined ? "this stage" : `\`${stage.name}\``}, which cannot need it in turn: move what both need to a stage before them.`,
          related: [
            { at: source.from.alias?.span ?? source.from.keywordSpan, message: "The stage that needs this one." },
          ],
        };
      }
    }
  },
});

/** Whether a stage needs another one, by way of others too. */
function needs(model: DockerfileModel, stage: Stage, wanted: Stage): boolean {
  const seen = new Set<Stage>([stage]);
  // The set grows while it is walked, which ends when no stage is new.
  for (const next of seen) {
    for (const needed of neededStages(model, next)) {
      if (needed === wanted) return true;
      seen.add(needed);
    }
  }
  return false;
}
