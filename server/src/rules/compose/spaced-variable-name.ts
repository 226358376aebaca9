import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { remove } from "../../text/edit.ts";
import { isUnknownText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "spaced-variable-name",
  summary: "A variable of `environment` has a space before its equals sign.",
  why: `In the list form everything before the \`=\` is the variable's name, a space included. No program asks for a variable of that name, and Compose refuses the whole
file. The map form, \`NAME: value\`, knows no such trap.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/services/#environment"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["environment:", "  - LOG_LEVEL =info"] }),
      good: composeWith({ own: ["environment:", "  - LOG_LEVEL=info"] }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const { name, nameSpan, form } of service.environment) {
      if (form !== "list" || !/\s$/.test(name) || isUnknownText(name)) continue;
      const trimmed = name.trimEnd();
      const spaces = { start: nameSpan.start + trimmed.length, end: nameSpan.end };
      yield {
        at: nameSpan,
        message: `The name of \`${trimmed}\` ends with a space, so Compose refuses the file: remove the space before \`=\`.`,
        fixes: () =>
          model.document.text.slice(nameSpan.start, nameSpan.end) === name
            ? reviewed(`Remove the space behind \`${trimmed}\``, [remove(spaces)])
            : [],
      };
    }
  }
}
