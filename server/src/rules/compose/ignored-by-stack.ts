import { defineRule, type EditFix, type Fix, type Problem } from "../../engine/rule.ts";
import { stackServiceKeys } from "../../knowledge/stack-keys.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { oneOrMany } from "../../languages/compose/short-syntax.ts";
import { bytesOf } from "../../languages/compose/value.ts";
import { appendItem, insertTopLevel, setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import type { YamlEntry, YamlNode } from "../../languages/yaml/node.ts";
import { booleanOf, entriesOf, isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import { joined } from "../shared/joined-edits.ts";
import { moved, withoutKey } from "./shared/moved-keys.ts";
import { placeOfPort, unpublished, wordsOfPort } from "./shared/published-ports.ts";
import { swarmConditions } from "./shared/rollout.ts";
import { oncePerPlace } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

export default defineRule("compose", {
  slug: "ignored-by-stack",
  summary: "A stack file sets what `docker stack deploy` ignores.",
  why: `\`docker stack deploy\` names such keys in one line on the terminal and goes on, so a service comes up without its devices, its \`privileged\`, its larger
\`/dev/shm\` or the confinement that the file promises. In a pipeline nobody reads that line.

\`restart\` is a special case: it is listed as ignored, and yet taken for \`deploy.restart_policy\` where there is none, except for \`no\`, after which a swarm starts the task
again all the same. Of \`tmpfs\` not even the line tells: with \`read_only\` the service then fails where it writes. The address in \`127.0.0.1:5432:5432\` is dropped, so what was meant for the host alone is open to the world. \`container_name\` and \`expose\` only have no effect. A file that \`docker compose\` reads too may need them all: then leave them.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/swarm/stack-deploy/",
    "https://docs.docker.com/reference/compose-file/deploy/#restart_policy",
  ],
  fix: "safe",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ own: ["restart: on-failure:5"] }),
      good: stackWith({ deploy: ["  restart_policy:", "    condition: on-failure", "    max_attempts: 5"] }),
    },
    {
      path: stackPath,
      bad: stackWith({ own: ["shm_size: 256m"] }),
      good: stackWith({
        own: ["volumes:", "  - type: tmpfs", "    target: /dev/shm", "    tmpfs:", "      size: 268435456"],
      }),
    },
  ],
  *check(model) {
    if (model.dialect !== "stack" || model.document.templated) return;
    yield* oncePerPlace(ignoredKeys(model));
  },
});

function* ignoredKeys(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const entry of service.map.entries) {
      const known = stackServiceKeys.get(entry.key);
      if (known === undefined || known.fate === "refused" || saysNothing(entry)) continue;
      const { key } = entry;
      if (key === "restart") yield* restarts(model, service, entry);
      else if (known.fate === "needless") {
        yield {
          at: entry.keySpan,
          message: `\`${key}\` has no effect in a stack, where ${known.advice}: remove it.`,
          severity: "hint",
          tag: "unnecessary",
          fixes: () => listed(removal(model, service, key)),
        };
      } else {
        yield {
          at: entry.keySpan,
          message: `\`docker stack deploy\` ignores \`${key}\`: ${known.advice}.`,
          fixes: () => [...listed(equal(model, service, entry)), ...listed(removal(model, service, key))],
        };
      }
    }
    yield* boundPorts(model, service);
    yield* fixedAddresses(model, service);
  }
}

/** Of how a service takes part in a network a swarm reads the aliases and the driver's options. */
function* fixedAddresses({ document }: ComposeModel, service: ComposeService): Iterable<Problem> {
  for (const { value } of entriesOf(service.get("networks"))) {
    for (const entry of entriesOf(value)) {
      if (value.type !== "map" || !/^ipv[46]_address$/.test(entry.key) || saysNothing(entry)) continue;
      const { key, keySpan } = entry;
      yield {
        at: keySpan,
        message: `A swarm hands out addresses itself and ignores \`${key}\`: have others reach \`${service.name}\` by its name.`,
        fixes: () => {
          const edits = withoutKey(document, value, key);
          const title = `Remove \`${key}\` (\`docker compose\` would heed it)`;
          return edits === undefined ? [] : [{ title, safety: "review", edits }];
        },
      };
    }
  }
}

/** Ports for one address of the host: a swarm opens them on all of every node. The long form with `host_ip` it refuses. */
function* boundPorts(model: ComposeModel, service: ComposeService): Iterable<Problem> {
  for (const port of service.ports) {
    const { hostIp, known, node } = port;
    if (hostIp === undefined || !known || node.type === "map" || /^(?:0\.0\.0\.0|::|)$/.test(hostIp)) continue;
    yield {
      at: placeOfPort(port),
      message: `A swarm ignores \`${hostIp}\` and opens \`${wordsOfPort(port)}\` on every address of every node: publish nothing that others must not reach.`,
      fixes: () => unpublished(model, service, port),
    };
  }
}

/** Unset, empty, switched off, or decided elsewhere: nothing that would be missed. */
function saysNothing({ value }: YamlEntry): boolean {
  if (isNull(value) || value.tag === "!reset" || booleanOf(value) === false) return true;
  if (value.type === "scalar") return value.text === "" || isUnknown(value);
  return value.type === "seq" ? value.items.length === 0 : value.entries.length === 0;
}

function listed(fix: Fix | undefined): readonly Fix[] {
  return fix === undefined ? [] : [fix];
}

function removal({ document }: ComposeModel, { map }: ComposeService, key: string): EditFix | undefined {
  const edits = withoutKey(document, map, key);
  return edits === undefined
    ? undefined
    : { title: `Remove \`${key}\` (\`docker compose\` would heed it)`, safety: "review", edits };
}

function* restarts(model: ComposeModel, service: ComposeService, { keySpan, value }: YamlEntry): Iterable<Problem> {
  if (service.get("deploy", "restart_policy") !== undefined) {
    yield {
      at: keySpan,
      message: "`restart` counts for nothing beside `deploy.restart_policy`: remove it.",
      severity: "hint",
      tag: "unnecessary",
      fixes: () => listed(removal(model, service, "restart")),
    };
    return;
  }
  const [policy = "", most] = (scalarText(value) ?? "").split(":");
  const condition = swarmConditions.get(policy);
  if (condition === undefined) return;
  const never = condition === "none";
  const shown = scalarText(value) ?? "";
  yield {
    at: keySpan,
    message: never
      ? `A swarm starts the task again whatever \`restart: ${shown}\` says: set \`condition: none\` in \`deploy.restart_policy\`.`
      : `\`restart: ${shown}\` is not for stacks: say it as \`condition: ${condition}\` in \`deploy.restart_policy\`.`,
    ...(never ? {} : { severity: "info" }),
    fixes: () => {
      const attempts = condition === "on-failure" && most !== undefined && /^[1-9]\d*$/.test(most);
      const wanted = { condition, ...(attempts ? { max_attempts: Number(most) } : {}) };
      const edits = moved(model, service, "restart", ["deploy", "restart_policy"], wanted);
      if (edits === undefined) return [];
      return never
        ? [{ title: "Set `condition: none` (the task then stays as it ended)", safety: "review", edits }]
        : [{ title: "Say it as `deploy.restart_policy`", safety: "safe", edits }];
    },
  };
}

/** What has the same effect in a stack. */
function equal(model: ComposeModel, service: ComposeService, { key, value }: YamlEntry): Fix | undefined {
  if (key === "tmpfs") return inMemory(model, service, value);
  const text = scalarText(value);
  if (text === undefined) return undefined;
  if (key === "shm_size") return shared(model, service, text);
  return key === "network_mode" && text === "host" ? onHost(model, service) : undefined;
}

function shared(model: ComposeModel, service: ComposeService, text: string): Fix | undefined {
  const bytes = bytesOf(text.trim());
  if (bytes === undefined || service.mounts.some(({ target }) => target === "/dev/shm")) return undefined;
  const mount = { type: "tmpfs", target: "/dev/shm", tmpfs: { size: bytes } };
  const edits = mountedInstead(model, service, "shm_size", [mount]);
  const title = `Mount a \`tmpfs\` of ${text} at \`/dev/shm\``;
  return edits === undefined ? undefined : { title, safety: "review", edits };
}

/** The same folders as mounts, where these can say all of it: a size, and no mode or owner. */
function inMemory(model: ComposeModel, service: ComposeService, value: YamlNode): Fix | undefined {
  const mounts: YamlValue[] = [];
  for (const item of oneOrMany(value)) {
    const [, target, size] = /^(\/[^:,]*)(?::size=(\w+))?$/.exec(scalarText(item) ?? "") ?? [];
    const bytes = size === undefined ? undefined : bytesOf(size);
    const isTaken = target === undefined || service.mounts.some((mount) => mount.target === target);
    if (isTaken || (size !== undefined && bytes === undefined)) return undefined;
    mounts.push({ type: "tmpfs", target, ...(bytes === undefined ? {} : { tmpfs: { size: bytes } }) });
  }
  const edits = mountedInstead(model, service, "tmpfs", mounts);
  const title = "Mount it in the long form of `volumes` (what was kept there is lost with the container)";
  return edits === undefined ? undefined : { title, safety: "review", edits };
}

function mountedInstead(
  { document }: ComposeModel,
  { map }: ComposeService,
  key: string,
  mounts: readonly YamlValue[],
): readonly TextEdit[] | undefined {
  const own = map.get("volumes");
  if (own === undefined)
    return joined(document.text, [withoutKey(document, map, key), setPath(document, map, ["volumes"], mounts)]);
  const { value, merged } = own;
  if (merged !== undefined || value.type !== "seq" || value.alias !== undefined || value.anchor !== undefined)
    return undefined;
  return joined(document.text, [
    withoutKey(document, map, key),
    ...mounts.map((mount) => appendItem(document, value, mount)),
  ]);
}

function onHost(model: ComposeModel, service: ComposeService): Fix | undefined {
  const { document, root } = model;
  if (service.get("networks") !== undefined || service.ports.length > 0) return undefined;
  const host = { name: "host", external: true };
  const declared: readonly TextEdit[] | undefined =
    root.get("networks") === undefined
      ? insertTopLevel(document, "networks", { host }, { after: ["services"] })
      : model.networks.has("host")
        ? []
        : setPath(document, root, ["networks", "host"], host);
  const edits = joined(document.text, [
    withoutKey(document, service.map, "network_mode"),
    setPath(document, service.map, ["networks"], ["host"]),
    declared,
  ]);
  const title = "Attach it to the network `host` of its node (each port can then be taken once a node)";
  return edits === undefined ? undefined : { title, safety: "review", edits };
}
