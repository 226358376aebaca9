import { defineRule } from "../../engine/rule.ts";
import { replace } from "../../text/edit.ts";

export default defineRule("seaworthy", {
  slug: "unknown-rule",
  summary: "A `seaworthy ignore` comment names a rule that does not exist.",
  why: `The name is misspelt, or the rule has another name by now. Nothing is silenced by it, and whoever reads the comment believes the opposite.
A rule is named by its slug, its id or another tool's code for it, such as \`DL3006\`.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [],
  fix: "safe",
  examples: [
    {
      bad: "# seaworthy ignore floating-tga\nFROM scratch\n",
      good: "FROM scratch\n",
      fixed: false,
    },
  ],
  *check({ directives }) {
    for (const { names } of directives) {
      for (const { name, span, rules, suggestion } of names) {
        if (rules.length > 0) continue;
        if (suggestion === undefined) {
          yield {
            at: span,
            message: `There is no rule \`${name}\`: name a rule by its slug, its id or another tool's code.`,
          };
        } else {
          yield {
            at: span,
            message: `There is no rule \`${name}\`. Did you mean \`${suggestion}\`?`,
            fixes: [{ title: `Change to \`${suggestion}\``, safety: "safe", edits: [replace(span, suggestion)] }],
          };
        }
      }
    }
  },
});
