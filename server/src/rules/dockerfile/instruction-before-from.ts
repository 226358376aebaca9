import { defineRule, type Fix } from "../../engine/rule.ts";
import { insertAfter } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction } from "../../languages/dockerfile/model.ts";
import { lineAt } from "../../languages/dockerfile/blanks.ts";
import { remove } from "../../text/edit.ts";

export default defineRule("dockerfile", {
  slug: "instruction-before-from",
  summary: "An instruction stands before the first `FROM`.",
  why: `Before the first \`FROM\` there is no image that an instruction could change: only \`ARG\`, comments and parser directives may stand there, and the builder
refuses the file otherwise. \`LABEL\` and \`MAINTAINER\` are the ones that get there most often; they belong into the stage that is shipped.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["hadolint:DL3061", "droast:DF037", "dockerfile-utils:NO_SOURCE_IMAGE"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#from",
    "https://docs.docker.com/reference/dockerfile/#understand-how-arg-and-from-interact",
  ],
  fix: "review",
  examples: [
    {
      bad: 'LABEL org.opencontainers.image.title="report"\nFROM alpine:3.22\nUSER nobody\n',
      good: 'FROM alpine:3.22\nLABEL org.opencontainers.image.title="report"\nUSER nobody\n',
    },
  ],
  *check(model) {
    if (model.fragment) return;
    let previous: Instruction | undefined;
    for (const instruction of model.instructions) {
      if (instruction.name === "FROM") return;
      // Of a command that lost its continuation, the parser tells; `INCLUDE` and the like are other frontends'.
      if (instruction.name !== "ARG" && instruction.name !== "unknown" && previous?.name !== instruction.name) {
        yield {
          at: instruction.keywordSpan,
          message: `\`${instruction.keyword}\` stands before the first \`FROM\`, where only \`ARG\` may: move it into a stage.`,
          fixes: () => moved(model, instruction),
        };
      }
      previous = instruction;
    }
  },
});

function moved(model: DockerfileModel, instruction: Instruction): readonly Fix[] {
  const from = model.stages[0]?.from;
  if (from === undefined || model.stages.length > 1) return [];
  const { text } = model;
  const start = text.lastIndexOf("\n", instruction.span.start - 1) + 1;
  const { end, next } = lineAt(text, instruction.span.end);
  // Another one follows and would come to stand in front of this.
  if (text.slice(start, instruction.span.start).trim() !== "") return [];
  return [
    {
      title: `Move \`${instruction.keyword}\` behind the \`FROM\` (it takes effect there, in the order of the stage)`,
      safety: "review",
      edits: [remove({ start, end: next }), insertAfter(model, from, [text.slice(instruction.span.start, end)])],
    },
  ];
}
