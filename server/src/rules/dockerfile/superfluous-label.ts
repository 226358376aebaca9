import { defineInstructionRule } from "../../engine/rule.ts";
import { isKnownKey, removeLabel } from "./shared/labels.ts";

export default defineInstructionRule({
  slug: "superfluous-label",
  summary: "A label is not among those that were agreed on.",
  why: `Where labels drive billing, clean-up or policies, a label beside the agreed ones is mostly a slip (\`com.example.onwer\`) or a habit of an older convention, and whoever relies
on the right one does not find it.

Silent until \`strict\` is set, because only you know which labels there should be.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3050"],
  references: ["https://docs.docker.com/engine/manage-resources/labels/"],
  fix: "review",
  options: {
    strict: { default: false, description: "Report every label that `allow` does not name." },
    allow: { default: [], description: "The labels there may be; a `*` stands for any characters." },
  },
  examples: [
    {
      bad: 'FROM alpine:3.23\nLABEL com.example.owner="web" com.example.temp="1"\nUSER nobody\n',
      good: 'FROM alpine:3.23\nLABEL com.example.owner="web"\nUSER nobody\n',
      options: { strict: true, allow: ["com.example.owner"] },
    },
  ],
  instructions: ["LABEL"],
  suspects: ({ pairs, onbuild }) => !onbuild && pairs.length > 0,
  *check(instruction, model, { strict, allow }) {
    if (!strict) return;
    const allowed = allow.map(matcher);
    for (const pair of instruction.pairs) {
      const { name, nameSpan } = pair;
      if (!isKnownKey(name) || allowed.some((allows) => allows(name))) continue;
      yield {
        at: nameSpan,
        message: `The label \`${name}\` is not among those allowed: take it out, or add it to \`allow\`.`,
        fixes: () => {
          const edit = removeLabel(model, { pair, instruction });
          if (edit === undefined) return [];
          return [
            {
              title: `Remove the label \`${name}\` (what reads it no longer finds it)`,
              safety: "review",
              edits: [edit],
            },
          ];
        },
      };
    }
  },
});

function matcher(pattern: string): (name: string) => boolean {
  if (!pattern.includes("*")) return (name) => name === pattern;
  const expression = new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*")}$`);
  return (name) => expression.test(name);
}
