import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KeyType } from "../../knowledge/compose-keys/index.ts";
import { type KeyPlace, type KeyProblem, alternativesOf } from "../../languages/compose/keys.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { isNull, isUnknown } from "../../languages/yaml/path.ts";
import { removeItem } from "../../languages/yaml/edit.ts";
import { safe } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { typeFixes } from "./shared/key-fixes.ts";
import { nodeWords, shortened, typeWords } from "./shared/key-words.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "wrong-type",
  summary: "A value is not of the kind its key takes, so that Compose refuses the file.",
  why: `Compose holds every value against the type of its key and starts nothing where one does not fit: a list where a map belongs, a number where text does, a
duration without a unit, a key with nothing behind it. It names the first one alone, and hints at the place rarely.

Numbers and \`true\` are the usual slip: \`command: ["sleep", 10]\`, \`hostname: 1\`, or \`compress: true\` among the options of a log driver want quotes. The
other way round Compose is kind, and takes \`"5"\` for a number and \`"true"\` for a boolean. A variable is always text, so it can stand for a number, but
never for a list or a map.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["compose-go:schema", "dclint:invalid-schema"],
  references: [
    "https://docs.docker.com/reference/compose-file/",
    "https://docs.docker.com/reference/compose-file/extension/#specifying-durations",
  ],
  fix: "safe",
  examples: [
    {
      bad: composeWith({ own: ['command: ["sleep", 10]'] }),
      good: composeWith({ own: ['command: ["sleep", "10"]'] }),
    },
    {
      bad: composeWith({ own: ["stop_grace_period: 30"] }),
      good: composeWith({ own: ["stop_grace_period: 30s"] }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const problem of model.keyProblems) {
    if (problem.type === "repeated-item") yield repetition(model, problem);
    if (problem.type !== "wrong-type") continue;
    yield { at: problem.at, message: messageOf(problem), fixes: () => typeFixes(model, problem) };
  }
}

function repetition(
  model: ComposeModel,
  { at, node, place }: KeyProblem & { readonly type: "repeated-item" },
): Problem {
  const { list, entry } = place;
  const text = shortened(node.text);
  return {
    at,
    message: `\`${text}\` stands in \`${shortened(entry?.key ?? "")}\` already, and Compose takes it once: keep one of the two.`,
    fixes: () => {
      const edits = list && removeItem(model.document, list, list.items.indexOf(node));
      return safe(`Take the second \`${text}\` away`, edits);
    },
  };
}

function messageOf({ node, expected, place }: KeyProblem & { readonly type: "wrong-type" }): string {
  const wanted = typeWords(expected);
  if (place.entry === undefined) return `A Compose file is a map, not ${nodeWords(node)}.`;
  const subject = subjectOf(place);
  const takes = place.list === undefined ? "takes" : "is";
  if (isNull(node)) return `${subject} ${takes} ${wanted}, and nothing is written there: fill it in or remove it.`;
  if (isUnknown(node)) return `${subject} ${takes} ${wanted}, and a variable is always text.`;
  return `${subject} ${takes} ${wanted}, not ${nodeWords(node)}${remedy(node, expected)}.`;
}

/** What is at fault, in the words of the file. */
function subjectOf({ entry, list, path }: KeyPlace): string {
  const name = shortened(entry?.key ?? "");
  if (list !== undefined) return `An item of \`${name}\``;
  const above = path.at(-2);
  return path.length === 2 && above !== undefined ? `\`${name}\` in \`${above}\`` : `\`${name}\``;
}

function remedy(node: YamlNode, expected: KeyType): string {
  if (node.type !== "scalar" || typeof node.value === "string") {
    const text = node.type === "scalar" ? node.text : "";
    const timed = alternativesOf(expected).some(({ kind }) => kind === "duration");
    return timed && /^\d+$/.test(text) ? ": give it a unit" : "";
  }
  const kinds = new Set(alternativesOf(expected).map(({ kind }) => kind));
  if (kinds.has("text") || kinds.has("text-or-number")) return ": put it in quotes";
  return kinds.has("duration") ? ": give it a unit" : "";
}
