import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService, ComposeVariable } from "../../languages/compose/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { TextEdit } from "../../text/edit.ts";
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
  *check(model) {
    if (model.role !== "main") return;
    yield* oncePerPlace(problems(model));
  },
});

interface Mode {
  readonly development: RegExp;
  readonly production: string;
}

const words: Mode = { development: /^(?:dev|devel|develop|development|local)$/i, production: "production" };
const flag: Mode = { development: /^(?:true|1|yes|on)$/i, production: "false" };

/**
 * The variables that frameworks read for where they are, and what they are set to in production.
 * Sources: the configuration pages of Node.js, Rails, Rack, Flask, Laravel, Symfony, Django, ASP.NET Core, Phoenix, Spring Boot and Gin.
 */
const modes: ReadonlyMap<string, Mode> = new Map([
  ["NODE_ENV", words],
  ["RAILS_ENV", words],
  ["RACK_ENV", { ...words, production: "production" }],
  ["FLASK_ENV", words],
  ["FLASK_DEBUG", { ...flag, production: "0" }],
  ["APP_ENV", words],
  ["APP_DEBUG", flag],
  ["SYMFONY_ENV", { ...words, production: "prod" }],
  ["DEBUG", { ...flag, development: /^(?:true|1|yes|on)$/i }],
  ["DJANGO_DEBUG", flag],
  ["ASPNETCORE_ENVIRONMENT", { ...words, production: "Production" }],
  ["DOTNET_ENVIRONMENT", { ...words, production: "Production" }],
  ["MIX_ENV", { ...words, production: "prod" }],
  ["SPRING_PROFILES_ACTIVE", { ...words, production: "prod" }],
  ["GIN_MODE", { development: /^debug$/, production: "release" }],
  ["WORDPRESS_DEBUG", flag],
  ["PYTHONDEVMODE", { ...flag, production: "0" }],
]);

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const variable of service.environment) {
      const { name, value = "", known, valueSpan } = variable;
      const mode = modes.get(name);
      if (mode === undefined || !known || valueSpan === undefined || !mode.development.test(value.trim())) continue;
      const production = wordFor(mode, value.trim());
      yield {
        at: valueSpan,
        message: `\`${name}=${value.trim()}\` runs \`${service.name}\` in development mode: set it to \`${production}\` and keep this for an override file.`,
        fixes: () => fixes(model, service, variable, production),
      };
    }
  }
}

/** What production has, in the way the value is written. */
function wordFor({ production }: Mode, value: string): string {
  if (production !== "false" && production !== "0") return production;
  if (/^1$/.test(value)) return "0";
  if (/^on$/i.test(value)) return "off";
  if (/^yes$/i.test(value)) return "no";
  return value.startsWith("T") ? "False" : "false";
}

function fixes(
  model: ComposeModel,
  service: ComposeService,
  variable: ComposeVariable,
  production: string,
): readonly Fix[] {
  const edits = changed(model, service, variable, production);
  const title = `Set \`${variable.name}\` to \`${production}\` (reloading and debugging aids go)`;
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
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
