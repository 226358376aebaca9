import { defineRule } from "../../engine/rule.ts";
import { replace } from "../../text/edit.ts";

export default defineRule("seaworthy", {
  slug: "unknown-directive",
  summary: "A comment looks like a directive of Seaworthy, and is none.",
  why: "Only `seaworthy ignore` and `seaworthy ignore-file` are understood. Any other word is a plain comment that silences nothing, and whoever reads it believes the opposite.",
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [],
  fix: "safe",
  examples: [
    {
      bad: "FROM scratch\n# seaworthy ignor-file syntax\n",
      good: "FROM scratch\n",
      fixed: false,
    },
  ],
  *check({ misspelt }) {
    for (const { span, word, suggestion } of misspelt) {
      yield {
        at: span,
        message: `\`seaworthy ${word}\` is no directive. Did you mean \`${suggestion}\`?`,
        fixes: [{ title: `Change to \`${suggestion}\``, safety: "safe", edits: [replace(span, suggestion)] }],
      };
    }
  },
});
