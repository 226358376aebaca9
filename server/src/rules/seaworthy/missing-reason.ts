import { defineRule } from "../../engine/rule.ts";

export default defineRule("seaworthy", {
  slug: "missing-reason",
  summary: "A `seaworthy ignore` comment gives no reason.",
  why: `A reason behind \`--\` tells the next reader whether the exception still holds, and reporters hand it on to those who review exceptions.
Off unless asked for: a team that trusts its reviews does not need it.`,
  category: "correctness",
  severity: "warning",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: [],
  fix: null,
  examples: [
    {
      bad: "# seaworthy ignore dockerfile/syntax\nUSE root\n",
      good: "# seaworthy ignore dockerfile/syntax -- an instruction of our own frontend\nUSE root\n",
      fixed: false,
    },
  ],
  *check({ directives }) {
    for (const { span, reason } of directives) {
      if (reason !== undefined) continue;
      yield { at: span, message: "This comment does not say why: add ` -- ` and the reason." };
    }
  },
});
