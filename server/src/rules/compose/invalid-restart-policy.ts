import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "invalid-restart-policy",
  summary: "A restart policy that the engine does not know.",
  why: `Compose hands \`restart\` to the engine as it is, and \`docker compose config\` finds nothing wrong with it. The engine refuses a policy that it does not know when the
container is made, with the rest of the stack already running.

There are \`no\`, \`always\`, \`unless-stopped\` and \`on-failure\`; only the last one takes a number of attempts, as in \`on-failure:5\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#restart",
    "https://docs.docker.com/engine/containers/start-containers-automatically/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ restart: ["restart: unless-stoped"] }),
      good: composeWith({ restart: ["restart: unless-stopped"] }),
    },
  ],
  keys: ["restart"],
  *check(model) {
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model));
  },
});

const policies = ["no", "always", "unless-stopped", "on-failure"];

/** The words of `deploy.restart_policy`, which Compose translates here, too. */
const conditions: ReadonlySet<string> = new Set(["any", "none"]);

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const restart = service.get("restart");
    if (restart?.type !== "scalar" || typeof restart.value !== "string" || isUnknown(restart)) continue;
    const { text } = restart;
    const { name, attempts } = partsOf(text);
    if (text === "" || conditions.has(name)) continue;
    const at = insideQuotes(model.document.text, restart);
    const fixes = (): readonly Fix[] => fixesOf(model, restart);
    if (!policies.includes(name)) {
      const shown = text.split(/[\r\n]/, 1)[0] ?? "";
      yield {
        at,
        message: `\`${shown}\` is no restart policy, so the engine refuses to make the container: write \`no\`, \`always\`, \`unless-stopped\` or \`on-failure\`.`,
        fixes,
      };
    } else if (name !== "on-failure" && attempts !== undefined && Number(attempts) !== 0) {
      yield {
        at,
        message: `\`${name}\` takes no number of attempts, so the engine refuses to make the container: write \`${name}\`, or \`on-failure:${attempts}\`.`,
        fixes,
      };
    }
  }
}

/** `on-failure:5` in its parts; `attempts` where it is a number, since Compose passes over anything else. */
function partsOf(text: string): { readonly name: string; readonly attempts: string | undefined } {
  const colon = text.indexOf(":");
  if (colon < 0) return { name: text, attempts: undefined };
  const rest = text.slice(colon + 1);
  return { name: text.slice(0, colon), attempts: /^-?\d+$/.test(rest) ? rest : undefined };
}

function fixesOf(model: ComposeModel, restart: YamlScalar): readonly Fix[] {
  const { name, attempts } = partsOf(restart.text);
  const near = closestOf(name.trim().replaceAll(/[ _]/g, "-"), policies);
  if (near === undefined) return [];
  const written = near === "on-failure" && attempts !== undefined ? `${near}:${attempts}` : near;
  return reviewed(`Write \`${written}\``, replaceWhereWritten(model, restart, written));
}
