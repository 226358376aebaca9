import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { lineAt } from "../../languages/dockerfile/blanks.ts";
import type { DockerfileModel, Pair, VariableInstruction } from "../../languages/dockerfile/model.ts";
import { type TextEdit, insert, replace } from "../../text/edit.ts";
import { variableUses } from "./shared/variable-uses.ts";

export default defineInstructionRule({
  slug: "self-referring-variable",
  summary: "An `ENV` uses a variable that the same `ENV` sets.",
  why: `The builder puts in variables before it carries out an instruction, so a value sees what was set before the whole \`ENV\` and not what stands to its left:
in \`ENV HOME=/app CONF=$HOME/conf\` the second becomes \`/conf\`, or begins with the home directory the base image had. Nothing fails; the path is wrong at run
time. Two instructions do what is meant.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["hadolint:DL3044", "buildkit:UndefinedVar", "droast:DF062"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#environment-replacement",
    "https://docs.docker.com/reference/build-checks/undefined-var/",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nENV APP_DIR=/app CONF_DIR=$APP_DIR/conf\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nENV APP_DIR=/app\nENV CONF_DIR=$APP_DIR/conf\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["ENV"],
  suspects: ({ pairs }) => pairs.length > 1 && pairs.some(({ value }) => value?.includes("$") === true),
  *check(env, model) {
    const { pairs } = env;
    const names = new Set(pairs.map(({ name }) => name));
    for (const [index, pair] of pairs.entries()) {
      const { valueSpan } = pair;
      if (valueSpan === undefined) continue;
      const written = model.text.slice(valueSpan.start, valueSpan.end);
      for (const use of variableUses(written, model.escape)) {
        const { name } = use;
        if (!names.has(name) || name === pair.name || name === "PATH" || use.hasDefault || env.isSet(name)) continue;
        const earlier = pairs.findIndex((other) => other.name === name) < index;
        const at = { start: valueSpan.start + use.start, end: valueSpan.start + use.end };
        yield {
          at,
          message: `\`${written.slice(use.start, use.end)}\` is not set yet: the same \`ENV\` sets \`${name}\`, which counts from the next instruction on. Use two.`,
          fixes: () => (earlier ? apart(model, env) : []),
        };
      }
    }
  },
});

/** One `ENV` for the pairs up to each that needs what stands before it. */
function apart(model: DockerfileModel, env: VariableInstruction): readonly Fix[] {
  const edits: TextEdit[] = [];
  const fresh = new Set<string>();
  let last: Pair | undefined;
  for (const pair of env.pairs) {
    const { span, valueSpan } = pair;
    const written = valueSpan === undefined ? "" : model.text.slice(valueSpan.start, valueSpan.end);
    const needs = variableUses(written, model.escape).some(
      ({ name, hasDefault }) => fresh.has(name) && !env.isSet(name) && !hasDefault && name !== pair.name,
    );
    if (needs && last !== undefined) {
      const cut = cutBetween(model, env, last.span.end, span.start);
      if (cut === undefined) return [];
      edits.push(...cut);
      fresh.clear();
    }
    fresh.add(pair.name);
    last = pair;
  }
  if (edits.length === 0) return [];
  return [{ title: "Split the `ENV` (the value then sees what the first one sets)", safety: "review", edits }];
}

function cutBetween(
  { text, escape, lineEnding }: DockerfileModel,
  { keyword, onbuild, span }: VariableInstruction,
  from: number,
  to: number,
): readonly TextEdit[] | undefined {
  const start = text.lastIndexOf("\n", span.start - 1) + 1;
  const head = `${text.slice(start, span.start)}${keyword} `;
  // Behind an ONBUILD the head would have to begin with it.
  if (onbuild || text.slice(start, span.start).trim() !== "") return undefined;
  const gap = text.slice(from, to);
  if (!gap.includes("#")) return [replace({ start: from, end: to }, lineEnding + head)];
  const line = lineAt(text, from);
  const indentation = text.lastIndexOf("\n", to - 1) + 1;
  return text.slice(from, line.end).trim() === escape && indentation > from
    ? [
        replace({ start: from, end: line.end }, ""),
        insert(indentation, head),
        replace({ start: indentation, end: to }, ""),
      ]
    : undefined;
}
