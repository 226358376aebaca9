import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { reachOf } from "../../languages/compose/ports.ts";
import { composeWith } from "./shared/example.ts";
import { boundToLoopback, dataServerOn, placeOfPort, unpublished, wordsOfPort } from "./shared/published-ports.ts";
import { oncePerPlace } from "./shared/services.ts";

const database = {
  name: "db",
  image: ["image: ghcr.io/acme/postgres:17.4"],
  healthcheck: ["healthcheck:", '  test: ["CMD", "pg_isready", "--username=shop"]'],
};

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
  aliases: [
    "dclint:no-unbound-port-interfaces",
    "kics:container_traffic_not_bound_to_host_interface",
    "compose-lint:CL-0005",
  ],
  references: [
    "https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw",
    "https://docs.docker.com/reference/compose-file/services/#ports",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ ...database, own: ["ports:", '  - "5432:5432"'] }),
      good: composeWith({ ...database, own: ["ports:", '  - "127.0.0.1:5432:5432"'] }),
    },
  ],
  keys: ["ports"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    for (const port of service.ports) {
      const what = reachOf(port) === "every" ? dataServerOn(service, port) : undefined;
      if (what === undefined) continue;
      const words = wordsOfPort(port);
      const stack = model.dialect === "stack";
      yield {
        at: placeOfPort(port),
        message: stack
          ? `\`${words}\` opens ${what} to everyone who reaches the swarm: remove it, services on the same network need no published port.`
          : `\`${words}\` opens ${what} to everyone who reaches the host, past its firewall: publish it on \`127.0.0.1\`, or not at all.`,
        fixes: () => [...(stack ? [] : boundToLoopback(model, port)), ...unpublished(model, service, port)],
        ...(model.role === "development" ? { severity: "hint" } : {}),
      };
    }
  }
}
