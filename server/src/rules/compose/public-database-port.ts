import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ServiceCategory } from "../../knowledge/services/index.ts";
import type { ComposeModel, ComposePort, ComposeService } from "../../languages/compose/model.ts";
import { removeEntry, removeItem, replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { getPath, itemsOf } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import { composeWith } from "./shared/example.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "public-database-port",
  summary: "The port of a database, cache, queue or search engine is published on every interface of the host.",
  why: `A port without an address is published on \`0.0.0.0\`, and Docker writes its rules in front of the firewall's: \`ufw deny 5432\` does not close it.
Databases reachable from outside are found by scanners within hours, and many images ship with no password or a well-known one.

Services of one Compose file reach each other by name without any published port. To look at the data from the host, publish on \`127.0.0.1\`; from
further away, use an SSH tunnel or a VPN. Leave it where a firewall in front of the machine closes the port and other machines really connect.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw",
    "https://docs.docker.com/reference/compose-file/services/#ports",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ name: "cache", image: ["image: redis:7.4-alpine"], own: ["ports:", '  - "6379:6379"'] }),
      good: composeWith({
        name: "cache",
        image: ["image: redis:7.4-alpine"],
        own: ["ports:", '  - "127.0.0.1:6379:6379"'],
      }),
    },
  ],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const port of service.ports) {
      if (!port.known || !isPublic(port)) continue;
      const what = servedOn(service, port);
      if (what === undefined) continue;
      const words = port.node.type === "map" ? `${port.published ?? ""}:${port.target ?? ""}` : textOf(model, port);
      const stack = model.dialect === "stack";
      yield {
        at: port.node.type === "map" ? (getPath(port.node, "published") ?? port.node).span : port.span,
        message: stack
          ? `\`${words}\` opens ${what} to everyone who reaches the swarm: remove it, services on the same network need no published port.`
          : `\`${words}\` opens ${what} to everyone who reaches the host, past its firewall: publish it on \`127.0.0.1\`, or not at all.`,
        fixes: () =>
          stack ? without(model, service, port) : [...local(model, port), ...without(model, service, port)],
        ...(model.role === "development" ? { severity: "hint" } : {}),
      };
    }
  }
}

/** No address, or one that stands for all of them. */
function isPublic({ hostIp, published, target, node }: ComposePort): boolean {
  // The long form without `published` only tells which port there is.
  if (target === undefined || (node.type === "map" && published === undefined)) return false;
  return hostIp === undefined || ["", "0.0.0.0", "::", "*"].includes(hostIp);
}

const judged: ReadonlySet<ServiceCategory> = new Set<ServiceCategory>(["cache", "database", "queue", "search"]);

/** Ports by which a server is known whose image is not: its own builds, and images of others. Source: IANA's service names, the vendors' manuals. */
const wellKnown: ReadonlyMap<number, string> = new Map([
  [1433, "SQL Server"],
  [1521, "Oracle Database"],
  [3306, "MySQL"],
  [5432, "PostgreSQL"],
  [6379, "Redis"],
  [9042, "Cassandra"],
  [11211, "Memcached"],
  [26257, "CockroachDB"],
  [27017, "MongoDB"],
]);

/** What answers on the port, `undefined` where it may be meant for the public. */
function servedOn(service: ComposeService, { target = "" }: ComposePort): string | undefined {
  const [first = NaN, last = first] = target.split("-").map(Number);
  const holds = (port: number): boolean => first <= port && port <= last;
  const facts = factsOf(service);
  if (facts !== undefined) return judged.has(facts.category) && facts.privatePorts.some(holds) ? facts.name : undefined;
  // A range of many ports says nothing of any one of them.
  return last - first > 10 ? undefined : [...wellKnown].find(([port]) => holds(port))?.[1];
}

function textOf(model: ComposeModel, { node }: ComposePort): string {
  return node.type === "scalar" ? node.text : model.document.text.slice(node.span.start, node.span.end);
}

function local({ document }: ComposeModel, { node, target, hostIp }: ComposePort): readonly Fix[] {
  return fix(`Publish \`${target ?? ""}\` on \`127.0.0.1\` alone (other machines no longer reach it)`, edits());

  function edits(): readonly TextEdit[] | undefined {
    if (node.type === "map") return setPath(document, node, ["host_ip"], "127.0.0.1");
    if (node.type !== "scalar") return undefined;
    if (hostIp !== undefined) {
      const rest = node.text.slice(node.text.indexOf(hostIp) + hostIp.length).replace(/^\]/, "");
      return replaceScalar(document, node, `127.0.0.1${rest}`);
    }
    // A lone port is published on one that Docker picks.
    return replaceScalar(document, node, `127.0.0.1:${node.text.includes(":") ? "" : ":"}${node.text}`);
  }
}

function without({ document }: ComposeModel, service: ComposeService, { node, target }: ComposePort): readonly Fix[] {
  const ports = service.map.get("ports")?.value;
  const index = itemsOf(ports).indexOf(node);
  if (ports?.type !== "seq" || index < 0) return [];
  const edits =
    ports.items.length === 1 ? removeEntry(document, service.map, "ports") : removeItem(document, ports, index);
  return fix(`Publish \`${target ?? ""}\` no more (services of this file still reach \`${service.name}\`)`, edits);
}

function fix(title: string, edits: readonly TextEdit[] | undefined): readonly Fix[] {
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
}
