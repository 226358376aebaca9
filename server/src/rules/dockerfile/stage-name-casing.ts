import { defineInstructionRule } from "../../engine/rule.ts";
import { mentionEdits, nameEdit } from "./shared/stage-links.ts";

export default defineInstructionRule({
  slug: "stage-name-casing",
  summary: "A stage's name has upper-case letters.",
  why: `Names of stages are kept in lower case by the builder, whatever was written: \`AS Build\` is listed as \`build\`, and a \`FROM Build\` further down is read
by BuildKit as the name of an image, which may not have upper-case letters, and fails. Written in lower case everywhere, a name can only be read one way.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["buildkit:StageNameCasing"],
  references: ["https://docs.docker.com/reference/build-checks/stage-name-casing/"],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS Files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=Files /srv /srv\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
    },
  ],
  instructions: ["FROM"],
  suspects: ({ alias }) => alias !== undefined && !alias.variable && alias.value !== alias.value.toLowerCase(),
  *check({ alias, stage }, model) {
    if (alias === undefined || stage === undefined) return;
    const lower = alias.value.toLowerCase();
    yield {
      at: alias.span,
      message: `\`${alias.value}\` is \`${lower}\` to the builder: write it in lower case.`,
      fixes: () => {
        const naming = nameEdit(stage, lower);
        const mentions = mentionEdits(model, stage, lower);
        if (naming === undefined || mentions === undefined) return [];
        return [
          {
            title: `Write \`${lower}\`, wherever the file names the stage`,
            safety: "safe",
            edits: [naming, ...mentions],
          },
        ];
      },
    };
  },
});
