import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { itemsOf, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const watch = (action: string): readonly string[] => [
  "develop:",
  "  watch:",
  `    - action: ${action}`,
  "      path: ./src",
];

export default defineRule("compose", {
  slug: "watch-without-target",
  summary: "A watched path is to be copied into the container, but not where to.",
  why: `\`sync\`, \`sync+restart\` and \`sync+exec\` copy changed files into the running container and need \`target\`, the path there. Without it Compose refuses the whole
file, for \`docker compose up\` too. \`rebuild\` and \`restart\` need none.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:consistency"],
  references: ["https://docs.docker.com/reference/compose-file/develop/#target"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ image: ["build: ."], own: watch("sync") }),
      good: composeWith({ image: ["build: ."], own: watch("rebuild") }),
    },
  ],
  keys: ["develop"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const rule of itemsOf(service.get("develop", "watch"))) {
      if (rule.type !== "map") continue;
      const action = rule.get("action");
      const target = rule.get("target")?.value;
      const name = scalarText(action?.value);
      if (action?.value.type !== "scalar" || name === undefined || isUnknown(action.value)) continue;
      if (!name.startsWith("sync") || isUnknown(target) || (scalarText(target) ?? "") !== "") continue;
      const { value } = action;
      yield {
        at: action.value.span,
        message: `\`${name}\` copies files into the container of \`${service.name}\` but is not told where, so Compose refuses the file: add \`target\`, the path in the container.`,
        fixes: () =>
          reviewed(
            "Rebuild the image instead, which needs no `target`",
            replaceScalar(model.document, value, "rebuild"),
          ),
      };
    }
  }
}
