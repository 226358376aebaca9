import { defineInstructionRule } from "../../engine/rule.ts";
import { meantStage } from "./shared/copy-sources.ts";
import { isStageName, sourceStage, stageSources } from "./shared/stage-links.ts";

export default defineInstructionRule({
  slug: "external-copy-source",
  summary: "A `--from` names no stage above it.",
  why: `Where no stage has the name, a builder looks for a build context given on the command line (\`--build-context name=…\`), then for an image of that name on
Docker Hub, at whatever \`latest\` is. Both are legitimate, and neither can be seen in the file. Nor can a stage that was renamed or taken out, which
is why some want to hear of every such name.

A stage further down is found by BuildKit alone; other builders pull an image of its name.

An image is clearer by its full name and tag: \`--from=nginx:1.30\` is never taken for a stage.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["hadolint:DL3022", "droast:DF049"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#copy---from",
    "https://docs.docker.com/reference/cli/docker/buildx/build/#build-context",
  ],
  fix: null,
  examples: [
    {
      bad: "FROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM alpine:3.23 AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      fixed: false,
    },
  ],
  instructions: ["COPY", "RUN"],
  suspects: (instruction) => stageSources(instruction).some(({ name }) => isStageName(name)),
  *check(instruction, model) {
    const { stage } = instruction;
    if (stage === undefined || instruction.onbuild) return;
    for (const { name, span } of stageSources(instruction)) {
      if (!isStageName(name)) continue;
      const source = sourceStage(model, name);
      if (source === undefined) {
        if (meantStage(model, name, stage) !== undefined) continue;
        yield {
          at: span,
          message: `No stage is named \`${name}\`: unless a build context has that name, the image \`${name}:latest\` is pulled; write it with its tag if you mean that.`,
        };
      } else if (source.index > stage.index) {
        yield {
          at: span,
          message: `\`${name}\` stands further down, where only BuildKit finds it: move that stage above this one.`,
          related: [{ at: source.from.alias?.span ?? source.from.keywordSpan, message: "The stage." }],
        };
      }
    }
  },
});
