import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { debugMode, opensDebugger } from "../../knowledge/debug-modes.ts";
import type { ComposeModel, ComposeService, ComposeVariable } from "../../languages/compose/model.ts";
import { removePath, replaceScalar } from "../../languages/yaml/edit.ts";
import type { TextEdit } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "development-environment",
  summary: "A variable switches the service into its development mode.",
  why: `Frameworks read one variable to know where they are. In development they print stack traces and settings to visitors, load code on each request, skip caches and
bundles, and some (Flask, Werkzeug, Rails) offer a console in the browser that runs code.

A file for development says so in its name (\`compose.dev.yaml\`, \`compose.override.yaml\`) and is left alone. Keep production's values in the main file and put the
others into an override, or take the value from outside: \`\${NODE_ENV:-production}\`.`,
  category: "security",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/compose/how-tos/production/",
    "https://docs.docker.com/compose/how-tos/multiple-compose-files/merge/",
    "https://flask.palletsprojects.com/en/stable/debugging/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["environment:", "  NODE_ENV: development"] }),
      good: composeWith({ own: ["environment:", "  NODE_ENV: production"] }),
    },
  ],
  keys: ["environment"],
  *check(model) {
    if (model.role !== "main") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const variable of service.environment) {
      const { name, value = "", known, valueSpan } = variable;
      const mode = known && valueSpan !== undefined ? debugMode(name, value.trim()) : undefined;
      if (mode === undefined || valueSpan === undefined) continue;
      const { production, does } = mode;
      const shown = opensDebugger(value) ? name : `${name}=${value.trim()}`;
      const advice = production === undefined ? "leave it out" : `set it to \`${production}\``;
      yield {
        at: valueSpan,
        message: `\`${shown}\` of \`${service.name}\` ${does}: ${advice} and keep this for an override file.`,
        fixes: () => fixes(model, service, variable, production),
      };
    }
  }
}

function fixes(
  model: ComposeModel,
  service: ComposeService,
  variable: ComposeVariable,
  production: string | undefined,
): readonly Fix[] {
  // Options of a debugger may stand among others.
  if (production === undefined && variable.value?.trim().includes(" ") === true) return [];
  const edits =
    production === undefined
      ? withoutVariable(model, service, variable)
      : changed(model, service, variable, production);
  const title =
    production === undefined
      ? `Take \`${variable.name}\` out (set it where you develop)`
      : `Set \`${variable.name}\` to \`${production}\` (reloading and debugging aids go)`;
  return reviewed(title, edits);
}

function withoutVariable(
  { document }: ComposeModel,
  { map }: ComposeService,
  { name, span }: ComposeVariable,
): readonly TextEdit[] | undefined {
  const node = map.get("environment")?.value;
  if (node?.type !== "seq") return removePath(document, map, ["environment", name]);
  const index = node.items.findIndex((item) => item.span.start === span.start);
  return index < 0 ? undefined : removePath(document, map, ["environment", index]);
}

function changed(
  { document }: ComposeModel,
  { map }: ComposeService,
  { name, span, nameSpan }: ComposeVariable,
  production: string,
): readonly TextEdit[] | undefined {
  const environment = map.get("environment");
  if (environment === undefined || environment.merged !== undefined) return undefined;
  const node = environment.value;
  if (node.type === "seq") {
    const item = node.items.find((candidate) => candidate.span.start === span.start);
    return item?.type === "scalar" ? replaceScalar(document, item, `${name}=${production}`) : undefined;
  }
  const entry = node.type === "map" ? node.get(name) : undefined;
  if (entry?.value.type !== "scalar" || entry.keySpan.start !== nameSpan.start) return undefined;
  const typed = typeof entry.value.value === "boolean" && production.toLowerCase() === "false";
  return replaceScalar(document, entry.value, typed ? false : production);
}
