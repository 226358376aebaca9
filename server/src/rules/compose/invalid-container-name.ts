import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

export default defineRule("compose", {
  slug: "invalid-container-name",
  summary: "A container name that the engine refuses.",
  why: `A container's name has at least two characters, begins with a letter or digit and goes on with letters, digits, dots, hyphens and underscores. Compose lets most
others through, so that the engine refuses them only when the container is made, with the rest of the stack already running.

Without \`container_name\` Compose makes a name that fits and that leaves the service free to be scaled.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["dclint:service-container-name-regex"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#container_name",
    "https://github.com/moby/moby/blob/master/daemon/names/names.go",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["container_name: acme/api"] }),
      good: composeWith({ own: ["container_name: acme-api"] }),
    },
  ],
  keys: ["container_name"],
  *check(model) {
    if (model.dialect !== "stack") yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const name = service.get("container_name");
    if (name?.type !== "scalar" || typeof name.value !== "string" || name.tag !== undefined || isUnknown(name))
      continue;
    const { text } = name;
    if (/^[a-zA-Z0-9][\w.-]+$/.test(text) && !/[\r\n]/.test(text)) continue;
    const empty = text === "";
    yield {
      at: empty ? (service.entry("container_name")?.keySpan ?? name.span) : insideQuotes(model.document.text, name),
      message: `${empty ? "The empty text" : `\`${text.split(/[\r\n]/, 1)[0] ?? ""}\``} is no name for a container: use two or more letters, digits, \`.\`, \`-\` and \`_\`, a letter or digit first.`,
      fixes: () => fixesOf(model, name),
    };
  }
}

function fixesOf(model: ComposeModel, name: YamlScalar): readonly Fix[] {
  const valid = name.text
    .trim()
    .replace(/[^\w.-]+/g, "-")
    .replace(/^[^a-zA-Z0-9]+|-+$/g, "");
  const edits = valid.length < 2 ? undefined : replaceWhereWritten(model, name, valid);
  return reviewed(`Name it \`${valid}\` (who calls it by its name has to know)`, edits);
}
