import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { appendItem, insertTopLevel, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { joined } from "../shared/joined-edits.ts";
import { holdingOf } from "./shared/data-directory.ts";
import { composeWith } from "./shared/example.ts";
import { factsOf, isSetElsewhere, lastingServices } from "./shared/services.ts";

const database = { name: "db", image: ["image: postgres:18-alpine"] };

export default defineRule("compose", {
  slug: "stateful-without-volume",
  summary: "A database or another service with data keeps it in the container, where an update loses it.",
  why: `\`docker compose down\` removes the container and what was written inside. Images of databases declare an anonymous volume, which then stays behind without a
name: the next container does not mount it, and \`docker volume prune\` takes it.

A named volume on the image's data directory outlives all that. The directory is not the same for every version: PostgreSQL 18 keeps its data below
\`/var/lib/postgresql\` and no longer in \`…/data\`. Leave it where the data may go, as in a demonstration, or say so with a \`tmpfs\`.`,
  category: "storage",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/storage/volumes/",
    "https://docs.docker.com/reference/compose-file/volumes/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith(database),
      good: composeWith({
        ...database,
        own: ["volumes:", "  - db-data:/var/lib/postgresql"],
        end: ["volumes:", "  db-data:"],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const service of lastingServices(model, workspace)) {
      const facts = factsOf(service);
      const holding = holdingOf(service, facts);
      if (facts === undefined || holding?.kind !== "lost") continue;
      if (isSetElsewhere(workspace, service, "volumes")) continue;
      const { directory } = holding;
      yield {
        at: service.keySpan,
        message: `${facts.name} keeps its data in \`${directory}\`, which no named volume holds, so \`${service.name}\` starts empty after ${model.dialect === "stack" ? "each update" : "`docker compose down`"}: mount one there.`,
        fixes: () => withVolume(model, service, directory),
      };
    }
  },
});

function withVolume(model: ComposeModel, service: ComposeService, directory: string): readonly Fix[] {
  const { document } = model;
  const name = volumeName(model, service);
  const mount = `${name}:${directory}`;
  const volumes = service.map.get("volumes");
  if (volumes?.merged !== undefined) return [];
  const anonymous = service.mounts.find(
    ({ type, source, target }) => type === "volume" && source === undefined && target === directory,
  );
  const edits = joined(document.text, [
    anonymous?.node.type === "scalar"
      ? replaceScalar(document, anonymous.node, mount)
      : volumes?.value.type === "seq"
        ? appendItem(document, volumes.value, mount)
        : setPath(document, service.map, ["volumes"], [mount]),
    model.volumes.has(name)
      ? []
      : model.root.get("volumes") === undefined
        ? insertTopLevel(document, "volumes", { [name]: null })
        : setPath(document, model.root, ["volumes", name], null),
  ]);
  return edits === undefined || anonymous?.node.type === "map"
    ? []
    : [
        {
          title: `Keep the data in the named volume \`${name}\` (it starts empty: move over what is in the container now)`,
          safety: "review",
          edits,
        },
      ];
}

/** `db-data`, or `db_data` where the file's other volumes are named so. */
function volumeName(model: ComposeModel, service: ComposeService): string {
  const names = [...model.volumes.keys()];
  const separator = names.some((name) => name.includes("_")) && !names.some((name) => name.includes("-")) ? "_" : "-";
  return `${service.name}${separator}data`;
}
