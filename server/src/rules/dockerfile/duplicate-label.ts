import { defineRule } from "../../engine/rule.ts";
import { type Lines, linesOf } from "../../text/lines.ts";
import { labelsOf, removeLabel, type SetLabel } from "./shared/labels.ts";

export default defineRule("dockerfile", {
  slug: "duplicate-label",
  summary: "A stage sets the same label twice.",
  why: `An image has one value for each label, the one that was set last. The earlier one is read by people and by nothing else, and sooner or later somebody
changes it and wonders why the image still says something different.

Only within one stage: a stage that sets a label anew which the stage below it had set does so on purpose.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:labels/no-duplicate-keys"],
  references: ["https://docs.docker.com/reference/dockerfile/#label"],
  fix: "safe",
  examples: [
    {
      bad: 'FROM alpine:3.23\nLABEL version="1.3" description="A tool"\nLABEL version="1.4"\nUSER nobody\n',
      good: 'FROM alpine:3.23\nLABEL description="A tool"\nLABEL version="1.4"\nUSER nobody\n',
    },
  ],
  *check(model) {
    const groups = model.fragment ? [model.instructions] : model.stages.map((stage) => stage.instructions);
    let lines: Lines | undefined;
    for (const instructions of groups) {
      const last = new Map<string, SetLabel>();
      for (const label of labelsOf(instructions).toReversed()) {
        const { name, nameSpan } = label.pair;
        const later = last.get(name);
        if (later === undefined) last.set(name, label);
        else {
          lines ??= linesOf(model.text);
          yield {
            at: nameSpan,
            message: `The label \`${name}\` is set again ${where(lines, label, later)}, so that this value is never seen: take one of the two out.`,
            tag: "unnecessary",
            related: [{ at: later.pair.nameSpan, message: `\`${name}\` gets its value here` }],
            fixes: () => {
              const edit = removeLabel(model, label);
              return edit === undefined
                ? []
                : [{ title: `Remove this \`${name}\`, which the later one replaces`, safety: "safe", edits: [edit] }];
            },
          };
        }
      }
    }
  },
});

function where(lines: Lines, { pair }: SetLabel, later: SetLabel): string {
  const line = lines.lineAt(later.pair.nameSpan.start);
  return line === lines.lineAt(pair.nameSpan.start) ? "in the same line" : `in line ${line + 1}`;
}
