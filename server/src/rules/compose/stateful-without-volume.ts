import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeMount, ComposeService } from "../../languages/compose/model.ts";
import { appendItem, insertTopLevel, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { getPath, isUnknownText } from "../../languages/yaml/path.ts";
import { normalizePath } from "../../text/path.ts";
import { composeWith } from "./shared/example.ts";
import { joined } from "../shared/joined-edits.ts";
import { commandText, factsOf, lastingServices } from "./shared/services.ts";

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
  *check(model) {
    for (const service of lastingServices(model)) {
      const facts = factsOf(service);
      const [directory] = facts?.dataDirectories ?? [];
      if (facts?.stateful !== true || directory === undefined || isElsewhere(service)) continue;
      const state = covering(service, directory);
      if (state === "covered") continue;
      if (state === "missing") {
        yield {
          at: service.keySpan,
          message: `${facts.name} keeps its data in \`${directory}\`, which no named volume holds, so \`${service.name}\` starts empty after \`docker compose down\`: mount one there.`,
          fixes: () => withVolume(model, service, directory),
        };
        continue;
      }
      yield {
        at: state.span,
        message: `${facts.name} keeps its data below \`${directory}\`, since version 18, not in \`${state.target ?? ""}\`: mount the volume on \`${directory}\`.`,
        fixes: () => moved(model, state, directory),
      };
    }
  },
});

/** Where the data is may be set by a variable, an argument or other services' volumes, and without a tag the version is anyone's guess. */
function isElsewhere(service: ComposeService): boolean {
  const { image } = service;
  if (image?.tag === undefined && image?.digest !== undefined) return true;
  if (
    service.get("volumes_from") !== undefined ||
    service.mounts.some(({ known, target }) => !known && isOpen(target))
  ) {
    return true;
  }
  if (service.environment.some(({ name }) => /^PGDATA$|DATA_?(?:DIR|PATH)|STORAGE_PATH/i.test(name))) return true;
  const command = commandText(service, "command");
  const entrypoint = commandText(service, "entrypoint");
  return (
    command === undefined ||
    entrypoint !== "" ||
    /data[-_.]?dir|data_directory|dbpath|path\.data|--dir\b/i.test(command)
  );
}

function isOpen(target: string | undefined): boolean {
  return target === undefined || isUnknownText(target);
}

/** Whether a mount holds the directory; the mount that means to and does not. */
function covering(service: ComposeService, directory: string): "covered" | "missing" | ComposeMount {
  const tmpfs = service.get("tmpfs");
  const inMemory = (tmpfs?.type === "seq" ? tmpfs.items : tmpfs === undefined ? [] : [tmpfs]).flatMap((item) =>
    item.type === "scalar" ? [item.text.replace(/:.*$/, "")] : [],
  );
  // Where PostgreSQL had its data up to version 17.
  const former = directory === "/var/lib/postgresql" ? "/var/lib/postgresql/data" : undefined;
  let wrong: ComposeMount | undefined;
  for (const mount of service.mounts) {
    if (mount.target === undefined) continue;
    // An anonymous volume is lost with its container.
    if (mount.type === "volume" && mount.source === undefined) continue;
    const target = normalizePath(mount.target);
    if (target === former) wrong = mount;
    else if (overlaps(target, directory)) return "covered";
  }
  if (inMemory.some((target) => overlaps(normalizePath(target), directory))) return "covered";
  return wrong ?? "missing";
}

/** One is the other or a folder above it. A part of the data directory that has its own mount counts too: somebody knew what they did. */
function overlaps(target: string, directory: string): boolean {
  return (
    target === directory || directory.startsWith(`${target}/`) || target.startsWith(`${directory}/`) || target === "/"
  );
}

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

function moved({ document }: ComposeModel, { node, target = "" }: ComposeMount, directory: string): readonly Fix[] {
  const written = node.type === "map" ? getPath(node, "target") : node;
  if (written?.type !== "scalar") return [];
  const at = written.text.lastIndexOf(target);
  const text = written.text.slice(0, at) + directory + written.text.slice(at + target.length);
  const edits = at < 0 ? undefined : replaceScalar(document, written, text);
  return edits === undefined
    ? []
    : [
        {
          title: `Mount the volume on \`${directory}\` (data of an older version has to be upgraded first)`,
          safety: "review",
          edits,
        },
      ];
}
