import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { isTextInGo } from "../../languages/compose/value.ts";
import { writtenEntries } from "../../languages/yaml/written.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { replace } from "../../text/edit.ts";
import { composeWith } from "./shared/example.ts";
import { shortened } from "./shared/key-words.ts";

export default defineRule("compose", {
  slug: "non-string-key",
  summary: "A key is a number, a boolean, a date or nothing, and Compose takes text alone.",
  why: `YAML allows any value as a key, Compose only text: with \`80:\`, \`true:\` or \`2024-01-01:\` as a key, even among labels or in an extension, it refuses the
whole file. In quotes the key is what it looks like.

Often such a key is no key at all: \`- 8080: 80\` among ports is a map because of the blank, and \`8080:80\` was meant.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:yaml", "dclint:invalid-schema"],
  references: ["https://docs.docker.com/reference/compose-file/", "https://yaml.org/spec/1.2.2/#103-core-schema"],
  fix: "safe",
  examples: [
    {
      bad: composeWith({ own: ["labels:", "  2024: a good year"] }),
      good: composeWith({ own: ["labels:", '  "2024": a good year'] }),
    },
  ],
  *check(model) {
    if (model.document.templated) return;
    for (const entry of writtenEntries(model.document.root)) {
      if (!isTextInGo(entry.key) && isPlain(model, entry)) yield problemOf(entry);
    }
  },
});

/** Written as it is read, without quotes, an alias or a tag. */
function isPlain({ document: { text } }: ComposeModel, { key, keySpan }: YamlEntry): boolean {
  const written = text.slice(keySpan.start, keySpan.end);
  return (
    written === key &&
    !text
      .slice(Math.max(0, keySpan.start - 20), keySpan.start)
      .trimEnd()
      .endsWith("!!str")
  );
}

function problemOf({ key, keySpan }: YamlEntry): Problem {
  return {
    at: keySpan.end > keySpan.start ? keySpan : { start: keySpan.start, end: keySpan.start + 1 },
    message: `\`${shortened(key)}\` is ${kindOf(key)}, and Compose takes text alone as a key: put it in quotes.`,
    fixes: () =>
      key === ""
        ? []
        : [{ title: `Put \`${shortened(key)}\` in quotes`, safety: "safe", edits: [replace(keySpan, `"${key}"`)] }],
  };
}

function kindOf(key: string): string {
  if (/^(?:true|false)$/i.test(key)) return "a boolean";
  if (key === "" || key === "~" || /^null$/i.test(key)) return "nothing";
  return /^\d{4}-\d/.test(key) ? "a date" : "a number";
}
