import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { DockerfileModel, Stage } from "../../languages/dockerfile/model.ts";
import { freeStageName, mentionEdits, nameEdit, sourceStage, stageSources } from "./shared/stage-links.ts";

export default defineInstructionRule({
  slug: "unnamed-stage",
  summary: "Files are taken from a stage by its number.",
  why: `\`COPY --from=0\` means whichever stage comes first. Put one more stage on top, and the line takes its files from another one: with luck the build
fails for want of the file, without it another file of that name is shipped. \`FROM … AS build\` and \`COPY --from=build\` mean the same stage for ever,
and say what is in it.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["kics:using_unnamed_build_stages", "droast:DF023"],
  references: ["https://docs.docker.com/build/building/multi-stage/#name-your-build-stages"],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=0 /srv /srv\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS build\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=build /srv /srv\n",
    },
  ],
  instructions: ["COPY", "RUN"],
  suspects: (instruction) => stageSources(instruction).some(({ name }) => number.test(name)),
  *check(instruction, model) {
    for (const { name, span } of stageSources(instruction)) {
      if (!number.test(name)) continue;
      const stage = sourceStage(model, name);
      // The builder refuses a number that no stage has, which another rule says.
      if (stage === undefined && !model.fragment) continue;
      const known = stage?.name;
      yield {
        at: span,
        message:
          known === undefined
            ? `Stage \`${name}\` is another one as soon as a stage is put before it: name it (\`FROM … AS build\`) and use the name.`
            : `Stage \`${name}\` is another one as soon as a stage is put before it: write \`${known}\`, its name.`,
        ...(stage === undefined || instruction.onbuild ? {} : { fixes: () => fixesFor(model, stage) }),
      };
    }
  },
});

const number = /^\d+$/;

function fixesFor(model: DockerfileModel, stage: Stage): readonly Fix[] {
  const known = stage.name;
  if (known !== undefined) {
    // Of stages with the same name only one is meant by it.
    if (sourceStage(model, known) !== stage) return [];
    const edits = mentionEdits(model, stage, known);
    return edits === undefined ? [] : [{ title: `Write \`${known}\``, safety: "safe", edits }];
  }
  const name = freeStageName(model, stage.shipped ? "base" : "build");
  const naming = nameEdit(stage, name);
  const mentions = mentionEdits(model, stage, name);
  if (naming === undefined || mentions === undefined) return [];
  return [{ title: `Name the stage \`${name}\` and use the name`, safety: "safe", edits: [naming, ...mentions] }];
}
