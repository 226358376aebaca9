import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { splitShort } from "../../languages/compose/short-syntax.ts";
import { appendItem, removePath, renameKey, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";

const database = serviceLines({ name: "store", image: ["image: ghcr.io/acme/store:2.0.1"] });

const waiting = ["depends_on:", "  store:", "    condition: service_healthy"];

export default defineRule("compose", {
  slug: "legacy-links",
  summary: "A service is linked to others, which networks have made superfluous.",
  why: `\`links\` comes from the time before Compose gave each project a network. On a network services find each other by name without it; what a link still does is to make
one service start after the other, which \`depends_on\` says in so many words and can tie to a health check. Links do not reach services on other networks, stacks ignore
them, and readers take them for the reason why two services can talk.

A link with a second name (\`db:database\`) is better written as an alias of the network. On Docker's default bridge (\`network_mode: bridge\`) there are no names without
links, and the rule is silent.`,
  category: "networking",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#links",
    "https://docs.docker.com/compose/how-tos/networking/",
  ],
  fix: "review",
  examples: [
    {
      bad: `${composeWith({ own: ["links:", "  - store", ...waiting] })}${database}`,
      good: `${composeWith({ own: waiting })}${database}`,
    },
  ],
  keys: ["links"],
  *check(model) {
    if (model.dialect === "stack") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const entry = service.entry("links");
    const items = itemsOf(service.get("links"));
    if (entry === undefined || items.length === 0 || service.get("network_mode") !== undefined) continue;
    const names = items.map((item) => scalarText(item) ?? "");
    yield {
      at: entry.keySpan,
      message: `\`links\` of \`${service.name}\` only orders the start, since services of one network find each other by name: use \`depends_on\`.`,
      tag: "deprecated",
      fixes: () => (items.some((item) => isUnknown(item)) ? [] : fixes(model, service, names)),
    };
  }
}

/** Where every link is by the service's own name: a second name would be lost. */
function fixes(model: ComposeModel, service: ComposeService, links: readonly string[]): readonly Fix[] {
  const targets = links.map((link) => {
    const [name = "", alias = name] = splitShort(link, ":");
    return alias === name && model.service(name) !== undefined ? name : undefined;
  });
  const known = targets.filter((target) => target !== undefined);
  const entry = service.map.get("links");
  if (known.length < targets.length || entry === undefined || entry.merged !== undefined) return [];
  const { document } = model;
  const waits = service.map.get("depends_on");
  const missing = known.filter((name) => !service.dependsOn.some((dependency) => dependency.service === name));
  const edits = joined(
    document.text,
    waits === undefined && missing.length > 0
      ? [
          renameKey(document, entry, "depends_on"),
          ...itemsOf(entry.value).map((item, index) =>
            item.type === "scalar" ? replaceScalar(document, item, known[index] ?? item.text) : undefined,
          ),
        ]
      : [removePath(document, service.map, ["links"]), ...dependedOn(model, waits, missing)],
  );
  const title =
    missing.length === 0
      ? "Remove `links` (only services on a common network are reached by name)"
      : "Replace `links` by `depends_on` (only services on a common network are reached by name)";
  return reviewed(title, edits);
}

/** The dependencies with more names. */
function dependedOn(
  { document }: ComposeModel,
  waits: YamlEntry | undefined,
  names: readonly string[],
): readonly (readonly TextEdit[] | undefined)[] {
  const value = waits?.value;
  if (names.length === 0 || value === undefined) return [];
  if (waits?.merged !== undefined || value.type === "scalar") return [undefined];
  return names.map((name) =>
    value.type === "seq"
      ? appendItem(document, value, name)
      : setPath(document, value, [name], { condition: "service_started" }),
  );
}
