import { defineInstructionRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";

export default defineInstructionRule({
  slug: "base-stage-casing",
  summary: "A `FROM` writes the name of a stage with upper-case letters, which BuildKit does not find.",
  why: `BuildKit keeps names of stages in lower case, whatever was written behind \`AS\`, and compares the word behind \`FROM\` with them as it stands. \`FROM Base\`
is then taken for an image, and the build stops with \`repository name must be lowercase\`, even right below \`AS Base\`. The older builder of Docker
found the stage, which is why such files exist; \`COPY --from=Base\` works with both.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://github.com/moby/buildkit/issues/2003"],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.23 AS Files\nWORKDIR /srv\n\nFROM Files AS more\nWORKDIR /more\n\nFROM scratch\nCOPY --from=more /srv /srv\n",
      good: "FROM alpine:3.23 AS Files\nWORKDIR /srv\n\nFROM files AS more\nWORKDIR /more\n\nFROM scratch\nCOPY --from=more /srv /srv\n",
    },
  ],
  instructions: ["FROM"],
  suspects: ({ imageWord }) =>
    imageWord !== undefined && !imageWord.variable && imageWord.value !== imageWord.value.toLowerCase(),
  *check({ base, imageWord }) {
    if (base === undefined || imageWord === undefined) return;
    const lower = imageWord.value.toLowerCase();
    yield {
      at: imageWord.span,
      message: `BuildKit knows the stage as \`${lower}\` and takes \`${imageWord.value}\` for an image, which fails: write \`${lower}\`.`,
      fixes: () => [{ title: `Write \`${lower}\``, safety: "safe", edits: [replaceWord(imageWord, lower)] }],
    };
  },
});
