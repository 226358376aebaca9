import { defineRule } from "../../engine/rule.ts";

export default defineRule("seaworthy", {
  slug: "inline-ignore",
  summary: "A comment or an annotation in the file silences findings.",
  why: `Exceptions beside the code are easy to see and easy to make. Some teams want them in one place instead, in the config file, where a review of the rules sees them all. This
rule finds the ones in files, ours and those of other tools that Seaworthy heeds.

Off unless asked for. It does not keep them from working; \`ignore-comments: false\` in the config file does.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["hadolint:DL1001"],
  references: ["https://github.com/hadolint/hadolint/wiki/DL1001"],
  fix: null,
  examples: [
    {
      bad: "FROM alpine:3.23\n# hadolint ignore=DL3002\nUSER nobody\n",
      good: "FROM alpine:3.23\nUSER nobody\n",
      fixed: false,
    },
  ],
  *check({ directives, foreign }) {
    const places = new Map([...directives.map(({ span }) => span), ...foreign].map((span) => [span.start, span]));
    for (const at of places.values()) {
      yield {
        at,
        message:
          "This silences findings inside the file: make the exception in the config file, or mend what it hides.",
      };
    }
  },
});
