import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposePort, ComposeService } from "../../languages/compose/model.ts";
import { reachOf, withDefaults } from "../../languages/compose/ports.ts";
import { composeWith } from "./shared/example.ts";
import {
  boundToLoopback,
  dataServerOn,
  exposed,
  placeOfPort,
  privateServerOn,
  wordsOfPort,
} from "./shared/published-ports.ts";
import { oncePerPlace } from "./shared/services.ts";
import { usersOf } from "./shared/uses.ts";

export default defineRule("compose", {
  slug: "public-port",
  summary: "A port is published on every interface of the host.",
  why: `A port without an address is published on \`0.0.0.0\` and \`[::]\`. Docker forwards it before the rules of \`ufw\` and \`firewalld\` are asked, so that a port
"closed by the firewall" is open to whoever reaches the machine. Behind a reverse proxy on the same host it also opens a way past that proxy, its TLS and its
login.

\`127.0.0.1:8080:80\` keeps a port to the machine itself; services of one file need no published port to reach each other. A port that visitors connect to has
to be published like this, which is why the rule is not in \`recommended\` and takes 80 and 443 for such ports. What databases and administration pages
publish is reported by rules of their own.`,
  category: "networking",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "dclint:no-unbound-port-interfaces",
    "kics:container_traffic_not_bound_to_host_interface",
    "compose-lint:CL-0005",
  ],
  references: [
    "https://docs.docker.com/engine/network/port-publishing/",
    "https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw",
    "https://cheatsheetseries.owasp.org/cheatsheets/Docker_Security_Cheat_Sheet.html",
  ],
  fix: "review",
  options: {
    allowed: {
      default: ["80", "443"],
      description: "Ports of the host that are meant for everyone, as they are published: `80`, `8000-8010`.",
    },
  },
  examples: [
    {
      bad: composeWith({ own: ["ports:", '  - "8080:8080"'] }),
      good: composeWith({ own: ["ports:", '  - "127.0.0.1:8080:8080"'] }),
    },
  ],
  keys: ["ports"],
  *check(model, { allowed }) {
    // In a swarm every node publishes, and none of them can do so on its loopback interface alone.
    if (model.dialect === "stack") return;
    yield* oncePerPlace(problems(model, new Set(allowed)));
  },
});

function* problems(model: ComposeModel, allowed: ReadonlySet<string>): Iterable<Problem> {
  for (const service of model.services) {
    for (const port of service.ports) {
      if (reachOf(port) !== "every" || allowed.has(withDefaults(port.published ?? "").text)) continue;
      if (dataServerOn(service, port) !== undefined || privateServerOn(service, port) !== undefined) continue;
      const lone = port.published === undefined;
      const words = wordsOfPort(port);
      yield {
        at: placeOfPort(port),
        message: lone
          ? `\`${words}\` is published on every interface of the host, at a port that Docker picks: name it below \`expose\`, or write \`127.0.0.1::${words}\`.`
          : `\`${words}\` is published on every interface of the host, past its firewall: write \`127.0.0.1:\` before it unless other machines connect to it.`,
        fixes: () => fixes(model, service, port),
        ...(model.role === "development" ? { severity: "hint" } : {}),
      };
    }
  }
}

/** Where other services of the file use the one that publishes, they may be all that do. */
function fixes(model: ComposeModel, service: ComposeService, port: ComposePort): readonly Fix[] {
  const used = usersOf(model, service).length > 0;
  return [...boundToLoopback(model, port), ...(used ? exposed(model, service, port) : [])];
}
