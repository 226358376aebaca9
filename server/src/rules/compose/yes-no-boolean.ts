import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { booleanMeant } from "../../languages/compose/value.ts";
import { safe } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "yes-no-boolean",
  summary: "A boolean is written as `yes`, `no`, `on` or `off`, which YAML no longer has.",
  why: `In YAML 1.2 \`yes\` and \`off\` are text. Compose still understands them where it wants a boolean, and warns on each command; other readers of the file
— editors, schemas, \`yq\`, scripts — see a text, and some take any text for true, even \`"no"\`.

\`restart: no\` is meant as text and left alone, as are environment variables and labels, which get the very word that is written.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://yaml.org/spec/1.2.2/#10212-boolean",
    "https://github.com/compose-spec/compose-go/blob/main/loader/interpolate.go",
  ],
  fix: "safe",
  examples: [
    {
      bad: composeWith({ own: ["read_only: yes"] }),
      good: composeWith({ own: ["read_only: true"] }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const problem of model.keyProblems) {
    if (problem.type !== "old-boolean") continue;
    const { node, at } = problem;
    const meant = booleanMeant(node.text);
    if (meant === undefined) continue;
    yield {
      at,
      message: `\`${node.text}\` is text in YAML 1.2, and Compose warns of it: write \`${meant}\`.`,
      fixes: () => {
        const edits = replaceWhereWritten(model, node, meant);
        return safe(`Write \`${meant}\``, edits);
      },
    };
  }
}
