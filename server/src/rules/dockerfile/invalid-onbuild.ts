import { defineInstructionRule } from "../../engine/rule.ts";
import type { Instruction } from "../../languages/dockerfile/model.ts";
import { remove } from "../../text/edit.ts";

export default defineInstructionRule({
  slug: "invalid-onbuild",
  summary: "`ONBUILD` is followed by an instruction that cannot be put off.",
  why: `An \`ONBUILD\` keeps an instruction for the builds that start from this image. \`FROM\`, \`MAINTAINER\` and another \`ONBUILD\` cannot be kept: a build has its base
already when triggers run, and triggers do not leave triggers. The builder refuses the file.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3043",
    "droast:DF068",
    "dockerfile-utils:ONBUILD_CHAINING_DISALLOWED",
    "dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED",
    "tally:invalid-onbuild-trigger",
  ],
  references: ["https://docs.docker.com/reference/dockerfile/#onbuild"],
  fix: "review",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nUSER node\nONBUILD ONBUILD COPY . /app\n",
      good: "FROM node:22.14-alpine\nUSER node\nONBUILD COPY . /app\n",
    },
  ],
  instructions: ["ONBUILD", "FROM", "MAINTAINER"],
  // What stands behind an ONBUILD is looked at in its place.
  suspects: ({ onbuild }) => onbuild,
  *check({ name, keywordSpan, argumentsSpan }) {
    const base = { at: keywordSpan, message: `\`${name}\` cannot stand behind \`ONBUILD\`: ${adviceFor(name)}.` };
    if (name !== "ONBUILD" || argumentsSpan.start === argumentsSpan.end) {
      yield base;
      return;
    }
    yield {
      ...base,
      fixes: () => [
        {
          title: "Take the second `ONBUILD` out (the step runs in the next build, not in the one after it)",
          safety: "review",
          edits: [remove({ start: keywordSpan.start, end: argumentsSpan.start })],
        },
      ],
    };
  },
});

function adviceFor(name: Instruction["name"]): string {
  if (name === "ONBUILD") return "triggers leave no triggers, so write it once";
  return name === "FROM" ? "a build that runs triggers has its base already" : "name the author by a `LABEL`";
}
