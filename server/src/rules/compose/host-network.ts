import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { raw, removePath, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { dockerfileOf } from "./shared/health.ts";
import { isWatcher } from "./shared/host-namespace.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "host-network",
  summary: "A service uses the network of the host.",
  why: `With \`network_mode: host\` there is no network between the service and the host: every port it opens is open on the machine, whatever \`ports\` says, and it reaches
what listens on the host's \`127.0.0.1\`, which often asks for no password. Names of other services do not resolve, and two services cannot have the same port.

What speaks broadcast or multicast needs it (home automation, DHCP, some media servers), and so do agents that measure the host's network; images known for the latter are not reported. For a
web service or a database, publish the ports it needs. Stacks ignore the key.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["compose-lint:CL-0008", "kics:shared_host_network_namespace"],
  references: [
    "https://docs.docker.com/engine/network/drivers/host/",
    "https://docs.docker.com/reference/compose-file/services/#network_mode",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["network_mode"],
  examples: [
    {
      bad: composeWith({ own: ["network_mode: host", "ports:", '  - "127.0.0.1:8080:8080"'] }),
      good: composeWith({ own: ["ports:", '  - "127.0.0.1:8080:8080"'] }),
    },
  ],
  *check(model, _options, workspace) {
    if (model.dialect === "stack") return;
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  for (const service of model.services) {
    const entry = service.entry("network_mode");
    if (entry === undefined || entry.value.tag === "!reset" || scalarText(entry.value) !== "host") continue;
    if (isWatcher(service)) continue;
    const known = speaksToNeighbours(service);
    yield {
      at: entry.value.span,
      message: `\`${service.name}\` uses the network of the host: all its ports are open there and it reaches what listens on \`127.0.0.1\`; publish the ports it needs instead.`,
      fixes: () => (known ? [] : fixes(model, service, entry, workspace)),
      ...(model.role === "development" || known ? { severity: "hint" } : {}),
    };
  }
}

/** Programs that find devices by broadcast, which does not pass a bridge. */
const neighbourly =
  /(?:^|[/_.-])(?:home-?assistant|homebridge|openhab|esphome|dhcpd?|dnsmasq|pi-?hole|adguardhome|plex\w*|jellyfin|emby\w*|avahi|mdns\S*|matter\S*|scrypted|unifi\S*|keepalived|wireguard|tailscale|zerotier|netbird|snapserver|roon\S*)(?:$|[/_.-])/i;

function speaksToNeighbours({ image }: ComposeService): boolean {
  return image !== undefined && neighbourly.test(image.canonical);
}

/** Publishing in place of sharing, where it is known which ports the service has. */
function fixes(
  model: ComposeModel,
  service: ComposeService,
  entry: YamlEntry,
  workspace: WorkspaceView,
): readonly Fix[] {
  const { document } = model;
  if (service.map.get("network_mode")?.value !== entry.value) return [];
  if (service.ports.length > 0) {
    const edits = removePath(document, service.map, ["network_mode"]);
    const title = "Remove `network_mode: host`, so that `ports` count (the host's `127.0.0.1` is out of reach then)";
    return reviewed(title, edits);
  }
  const ports = portsOf(service, workspace);
  if (ports.length === 0) return [];
  const edits = joined(document.text, [
    removePath(document, service.map, ["network_mode"]),
    setPath(
      document,
      service.map,
      ["ports"],
      // In quotes, as ports are: without, older parsers take some for numbers of base 60.
      ports.map((port) => raw(`"${port}:${port}"`)),
      { position: { before: ["network_mode"] } },
    ),
  ]);
  const title = `Publish ${ports.length === 1 ? "port" : "ports"} ${ports.join(", ")} in place of the host's network (the host's \`127.0.0.1\` is out of reach then)`;
  return reviewed(title, edits);
}

function portsOf(service: ComposeService, workspace: WorkspaceView): readonly number[] {
  const facts = factsOf(service);
  const shown = facts?.ports.filter((port) => !facts.privatePorts.includes(port));
  return shown ?? dockerfileOf(service, workspace)?.ports ?? [];
}
