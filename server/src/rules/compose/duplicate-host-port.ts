import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposePort } from "../../languages/compose/model.ts";
import { portOf, rangeOf } from "../../languages/compose/ports.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { Span } from "../../text/span.ts";
import type { ComposeValue } from "../../workspace/facts.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { placeOfPort } from "./shared/published-ports.ts";
import { oncePerPlace } from "./shared/services.ts";

const admin = (port: string): readonly string[] =>
  serviceLines({
    name: "admin",
    image: ["image: ghcr.io/acme/admin:2.0.1"],
    own: ["ports:", `  - "127.0.0.1:${port}:8080"`],
  })
    .trimEnd()
    .split("\n");

export default defineRule("compose", {
  slug: "duplicate-host-port",
  summary: "Two services publish the same port of the host, and only one of them can have it.",
  why: `A port of the host belongs to one process. The container that starts second fails with "port is already allocated", and \`docker compose up\` with it: which of the two
that is changes from start to start.

Different protocols and different addresses of the host do not collide, nor do services of which a profile picks one. Only the published side counts: inside, every container has
its own ports.`,
  category: "networking",
  severity: "error",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["dclint:no-duplicate-exported-ports"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#ports",
    "https://docs.docker.com/engine/network/port-publishing/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["ports:", '  - "127.0.0.1:8080:3000"'], end: admin("8080") }),
      good: composeWith({ own: ["ports:", '  - "127.0.0.1:8080:3000"'], end: admin("8081") }),
    },
  ],
  reads: "workspace",
  keys: ["ports"],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

/** Ports of the host that a service takes for itself. */
interface Published {
  readonly service: string;
  readonly profiles: readonly string[];
  readonly hostIp: string;
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  readonly target: string | undefined;
  readonly at: Span;
  /** The file, where it is another one. */
  readonly path: string | undefined;
}

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  const all: Published[] = [];
  const byPort = new Map<number, Published[]>();
  const add = (published: Published): void => {
    all.push(published);
    for (let port = published.first; port <= published.last; port++) {
      const known = byPort.get(port);
      if (known === undefined) byPort.set(port, [published]);
      else known.push(published);
    }
  };
  for (const published of publishedBelow(workspace)) add(published);
  for (const service of model.services) {
    if (service.get("network_mode") !== undefined) continue;
    for (const port of service.ports) {
      // In a swarm such a port is taken on the task's own node, which may be another one.
      const taken = model.dialect === "stack" && port.mode === "host" ? undefined : takenBy(port);
      if (taken === undefined) continue;
      const { name, profiles } = service;
      const published = { ...taken, service: name, profiles, at: placeOfPort(port), path: undefined };
      const other = firstClash(byPort, published);
      add(published);
      if (other === undefined) continue;
      const shown = Math.max(published.first, other.first);
      const where = other.path === undefined ? "" : ` of \`${other.path}\``;
      yield {
        at: published.at,
        message:
          other.service === name && other.path === undefined
            ? `\`${name}\` publishes two of its ports on \`${shown}\` of the host, which can have only one: give one of them another port.`
            : `\`${name}\` and \`${other.service}\`${where} both publish port \`${shown}\` of the host, and only one can have it: give one of them another.`,
        fixes: () => fixes(model, port, published, byPort),
        related: [
          {
            at: other.at,
            message: `\`${other.service}\` publishes it here.`,
            ...(other.path === undefined ? {} : { path: other.path }),
          },
        ],
      };
    }
  }
}

type Taken = Pick<Published, "hostIp" | "protocol" | "first" | "last" | "target">;

/** `undefined` where Docker picks the port, or what it is cannot be known. */
function takenBy({ known, published, target, hostIp = "", protocol }: ComposePort): Taken | undefined {
  const range = known ? rangeOf(published) : undefined;
  if (range === undefined || range.first === 0 || range.last < range.first || range.last > 65_535) return undefined;
  const inside = rangeOf(target);
  // Of a range for one port of the container any free one is taken.
  if (range.last > range.first && (inside === undefined || inside.last === inside.first)) return undefined;
  return { ...range, hostIp, protocol, target };
}

function firstClash(byPort: ReadonlyMap<number, readonly Published[]>, own: Published): Published | undefined {
  for (let port = own.first; port <= own.last; port++) {
    const other = byPort.get(port)?.find((candidate) => clash(candidate, own));
    if (other !== undefined) return other;
  }
  return undefined;
}

function clash(a: Published, b: Published): boolean {
  if (a.protocol !== b.protocol || !sameAddress(a.hostIp, b.hostIp)) return false;
  // Written twice it is still published once; the layers of one service are another rule's.
  if (a.service === b.service) {
    return a.path === undefined && (a.target !== b.target || a.first !== b.first) && a.hostIp === b.hostIp;
  }
  return (
    a.profiles.length === 0 || b.profiles.length === 0 || a.profiles.some((profile) => b.profiles.includes(profile))
  );
}

function sameAddress(a: string, b: string): boolean {
  return a === b || everywhere.has(a) || everywhere.has(b);
}

const everywhere: ReadonlySet<string> = new Set(["", "0.0.0.0", "::"]);

/** What the files that start together with this one publish. */
function publishedBelow(workspace: WorkspaceView): readonly Published[] {
  return workspace.composeProject().below.flatMap((file) =>
    file.services.flatMap((service) => {
      const ports = file.value(service, "ports");
      if (ports === undefined || file.value(service, "network_mode") !== undefined) return [];
      const profiles = textsOf(file.value(service, "profiles")?.value);
      return textsOf(ports.value).flatMap((text) => {
        const port = portOf({ type: "scalar", value: text, text, style: "plain", span: ports.span });
        const taken = port && takenBy(port);
        return taken === undefined ? [] : [{ ...taken, service, profiles, at: ports.span, path: ports.path }];
      });
    }),
  );
}

function textsOf(value: ComposeValue | undefined): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: ComposeValue) =>
    typeof item === "string" || typeof item === "number" ? [String(item)] : [],
  );
}

/** The next port of the host that nothing here publishes. */
function fixes(
  { document }: ComposeModel,
  { node, published, hostIp }: ComposePort,
  { first, last }: Published,
  byPort: ReadonlyMap<number, readonly Published[]>,
): readonly Fix[] {
  if (first !== last || published === undefined) return [];
  let free = first + 1;
  while (byPort.has(free)) free += 1;
  if (free > 65_535) return [];
  const before = hostIp === undefined ? 0 : node.type === "scalar" ? node.text.indexOf(hostIp) + hostIp.length : 0;
  const edits =
    node.type === "map"
      ? setPath(document, node, ["published"], typeof node.get("published")?.value === "number" ? free : String(free))
      : node.type === "scalar"
        ? replaceScalar(
            document,
            node,
            node.text.slice(0, before) + node.text.slice(before).replace(published, String(free)),
          )
        : undefined;
  const title = `Publish it on port \`${free}\` (whoever uses \`${first}\` for it has to be told)`;
  return reviewed(title, edits);
}
