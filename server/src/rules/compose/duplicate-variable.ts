import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeVariable } from "../../languages/compose/model.ts";
import { variablesOf } from "../../languages/compose/variables.ts";
import { removeItem } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { getPath, isUnknownText } from "../../languages/yaml/path.ts";
import { safe } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "duplicate-variable",
  summary: "A list sets the same variable twice, and the first value is lost.",
  why: `A list of \`NAME=value\` may hold a name twice, where the map form would be an error: the last one counts, without a word. Whoever edits the
first one, or reads only that far, is wrong about what runs. A last one without \`=\` even takes the value away again, unless the caller's
environment has the variable.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/services/#environment"],
  fix: "safe",
  examples: [
    {
      bad: composeWith({ own: ["environment:", "  - LOG_LEVEL=debug", "  - TZ=UTC", "  - LOG_LEVEL=info"] }),
      good: composeWith({ own: ["environment:", "  - TZ=UTC", "  - LOG_LEVEL=info"] }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

const lists: readonly (readonly string[])[] = [["environment"], ["build", "args"], ["labels"], ["deploy", "labels"]];

function* problems(model: ComposeModel): Iterable<Problem> {
  if (model.document.templated) return;
  for (const { map } of model.services) {
    for (const path of lists) yield* inList(model, getPath(map, ...path));
  }
}

function* inList(model: ComposeModel, list: YamlNode | undefined): Iterable<Problem> {
  if (list?.type !== "seq" || list.items.length < 2) return;
  const last = new Map<string, ComposeVariable>();
  for (const variable of variablesOf(model.document.text, list).toReversed()) {
    if (isUnknownText(variable.name)) continue;
    const later = last.get(variable.name);
    if (later === undefined) {
      last.set(variable.name, variable);
      continue;
    }
    yield {
      at: variable.nameSpan,
      message: `\`${variable.name}\` is set again further down, and only ${shown(later)} counts: keep one of the two.`,
      related: [{ at: later.nameSpan, message: "This one counts." }],
      tag: "unnecessary",
      fixes: () => fixes(model, list, variable),
    };
  }
}

function shown({ name, value }: ComposeVariable): string {
  if (value === undefined) return "the last one, which has no value,";
  return value.length > 40 || /pass|secret|token|key/i.test(name)
    ? "the last one"
    : `\`${value.replaceAll("\n", " ")}\``;
}

function fixes(model: ComposeModel, list: YamlNode, variable: ComposeVariable): readonly Fix[] {
  if (list.type !== "seq") return [];
  const index = list.items.findIndex(({ span }) => span.start === variable.span.start);
  const edits = index < 0 ? undefined : removeItem(model.document, list, index);
  return safe(`Remove this \`${variable.name}\`, which has no effect`, edits);
}
