import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlScalar, YamlSequence } from "../../languages/yaml/node.ts";
import { isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { insert } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "healthcheck-test-form",
  summary: "The list of a health check does not begin with `CMD`, `CMD-SHELL` or `NONE`.",
  why: `As a list, \`healthcheck.test\` says first how to run the rest: \`CMD\` runs a program with its arguments, \`CMD-SHELL\` gives one text to a shell, \`NONE\`
turns the image's check off. Without one of these words Compose refuses the file.

With \`CMD\` nothing reads \`||\`, \`|\` or \`$HOSTNAME\`: what needs those belongs behind \`CMD-SHELL\`, as one text.`,
  category: "health",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#healthcheck"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ healthcheck: ["healthcheck:", '  test: ["/app/api", "health"]'] }),
      good: composeWith({ healthcheck: ["healthcheck:", '  test: ["CMD", "/app/api", "health"]'] }),
    },
  ],
  keys: ["healthcheck"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const test = service.get("healthcheck", "test");
    if (test?.type !== "seq") continue;
    const [first] = test.items;
    if (first?.type !== "scalar" || first.text === "" || isUnknown(first)) continue;
    if (first.text === "CMD" || first.text === "CMD-SHELL" || first.text === "NONE") continue;
    yield {
      at: insideQuotes(model.document.text, first),
      message: `A health check's list begins with \`CMD\`, \`CMD-SHELL\` or \`NONE\`, not with \`${first.text.split(/[\r\n]/, 1)[0] ?? ""}\`: put ${wordFor(test)} before it.`,
      fixes: () => fixesOf(model, test, first),
    };
  }
}

/** A text with blanks in it is a line for the shell. */
function wordFor({ items }: YamlSequence): "`CMD-SHELL`" | "`CMD`" {
  return items.length === 1 && /\s/.test(scalarText(items[0]) ?? "") ? "`CMD-SHELL`" : "`CMD`";
}

function fixesOf({ document }: ComposeModel, test: YamlSequence, first: YamlScalar): readonly Fix[] {
  const upper = first.text.toUpperCase().replace("_", "-");
  if (upper === "CMD" || upper === "CMD-SHELL" || upper === "NONE") {
    const edits = replaceScalar(document, first, upper);
    return reviewed(`Write \`${upper}\``, edits);
  }
  const word = wordFor(test) === "`CMD`" ? "CMD" : "CMD-SHELL";
  const at = test.starts?.[0];
  if (at === undefined || first.alias !== undefined || first.anchor !== undefined || first.tag !== undefined) return [];
  const quote = first.style === "double" ? '"' : first.style === "single" ? "'" : "";
  const indent = " ".repeat(test.column ?? 0);
  const before = test.flow ? `${quote}${word}${quote}, ` : `- ${quote}${word}${quote}${document.lineEnding}${indent}`;
  const edits = [insert(at, before)];
  return [{ title: `Begin it with \`${word}\` (the check then runs and counts)`, safety: "review", edits }];
}
