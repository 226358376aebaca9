import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import { swarmOnlyKeys } from "../../knowledge/stack-keys.ts";
import { isPlainCompose } from "../../languages/compose/dialect.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { removePath, renameKey, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { entriesOf, isNull, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { keysIn, keyTree } from "./shared/key-tree.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "ignored-by-compose",
  summary: "A Compose file sets what only a swarm heeds.",
  why: `Below \`deploy\`, \`docker compose\` reads the number of replicas, the limits, the reserved memory and devices, and the restart policy's \`condition\` and \`max_attempts\`.
All else is for swarms and passed over without a word: an update has a gap whatever \`order\` says, nothing is rolled back, labels for a proxy that stand there are never seen.

Reported where the file cannot be a stack's, because \`docker stack deploy\` would refuse it, or where the configuration says so. A file that both commands read,
or that is merged with others before a swarm gets it, needs these keys.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://docs.docker.com/reference/compose-file/deploy/"],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["deploy:", "  replicas: 2", "  update_config:", "    order: start-first"] }),
      good: composeWith({ own: ["deploy:", "  replicas: 2"] }),
    },
    {
      bad: composeWith({ own: ["deploy:", "  labels:", '    traefik.enable: "true"'] }),
      good: composeWith({ own: ["labels:", '  traefik.enable: "true"'] }),
    },
  ],
  keys: ["deploy"],
  *check(model) {
    if (model.dialect !== "compose" || model.document.templated) return;
    yield* oncePerPlace(passedOver(model));
  },
});

const tree = keyTree(swarmOnlyKeys);

/** Keys that are pasted along with others without much thought. */
const slight: ReadonlySet<string> = new Set(["cpus", "delay", "generic_resources", "window"]);

function* passedOver(model: ComposeModel): Iterable<Problem> {
  let isPlain: boolean | undefined;
  for (const service of model.services) {
    const deploy = service.map.get("deploy")?.value;
    if (deploy === undefined) continue;
    for (const { entry, fact, path } of keysIn(deploy, tree)) {
      if (saysNothing(entry)) continue;
      // What a careless hand writes into any file does not tell what the file is for.
      isPlain ??= isPlainCompose(model.root);
      if (!isPlain && slight.has(entry.key)) continue;
      yield {
        at: entry.keySpan,
        message: `\`docker compose\` passes over \`deploy.${path.join(".")}\`: ${fact.advice}.`,
        ...(slight.has(entry.key) ? { severity: "hint" as const } : {}),
        fixes: () => fixes(model, service, path),
      };
    }
  }
}

function saysNothing({ key, value }: YamlEntry): boolean {
  if (isNull(value) || isUnknown(value) || value.tag === "!reset") return true;
  if (key === "mode") return scalarText(value) === "replicated";
  if (key === "placement") return entriesOf(value).every((entry) => itemsOf(entry.value).length === 0);
  return value.type !== "scalar" && (value.type === "map" ? value.entries : value.items).length === 0;
}

function fixes(model: ComposeModel, service: ComposeService, path: readonly string[]): readonly Fix[] {
  const { document } = model;
  const deploy = service.map.get("deploy");
  if (deploy === undefined || deploy.value.type !== "map") return [];
  const labels = path.length === 1 && path[0] === "labels";
  if (labels && service.get("labels") === undefined) {
    const edits = forContainer(model, service);
    const title = "Give the labels to the container (what looks at labels then finds it)";
    return reviewed(title, edits);
  }
  // A comment may say why somebody wants it.
  const { start } = deploy.keySpan;
  const { end } = deploy.value.span;
  if (document.comments.some(({ span }) => span.start > start && span.start < end)) return [];
  const isAll = deploy.value.entries.every(
    (entry) => entry.key !== "labels" && tree.below.get(entry.key)?.fact !== undefined && !saysNothing(entry),
  );
  const gone = isAll ? ["deploy"] : ["deploy", ...path];
  const edits = removePath(document, service.map, gone);
  return reviewed(`Remove \`${gone.join(".")}\` (a swarm would heed it)`, edits);
}

/** The labels of `deploy` become the service's own, where it has none. */
function forContainer(model: ComposeModel, service: ComposeService): ReturnType<typeof setPath> {
  const deploy = service.map.get("deploy");
  const labels = deploy?.value.type === "map" ? deploy.value.get("labels") : undefined;
  if (deploy?.value.type !== "map" || labels === undefined || labels.merged !== undefined) return undefined;
  if (labels.value.type === "scalar") return undefined;
  if (labels.value.alias !== undefined || labels.value.anchor !== undefined) return undefined;
  const pairs =
    labels.value.type === "seq"
      ? labels.value.items.map((item) => scalarText(item))
      : labels.value.entries.map(({ key, value }) => (isNull(value) ? undefined : { key, text: scalarText(value) }));
  if (pairs.includes(undefined)) return undefined;
  const { start, end } = labels.value.span;
  if (model.document.comments.some(({ span }) => span.start > start && span.start < end)) return undefined;
  const value =
    labels.value.type === "seq"
      ? pairs.flatMap((text) => (typeof text === "string" ? [text] : []))
      : Object.fromEntries(
          pairs.flatMap((pair) => (typeof pair === "object" && pair.text !== undefined ? [[pair.key, pair.text]] : [])),
        );
  // Where nothing else stands below it, the map itself can stay and change its name.
  if (deploy.value.entries.length === 1 && deploy.merged === undefined) {
    return joined(model.document.text, [
      renameKey(model.document, deploy, "labels"),
      setPath(model.document, service.map, ["deploy"], value),
    ]);
  }
  return joined(model.document.text, [
    removePath(model.document, service.map, ["deploy", "labels"]),
    setPath(model.document, service.map, ["labels"], value, { position: { before: ["deploy"] } }),
  ]);
}
