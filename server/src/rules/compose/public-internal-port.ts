import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { reachOf } from "../../languages/compose/ports.ts";
import { composeWith } from "./shared/example.ts";
import { boundToLoopback, placeOfPort, privateServerOn, unpublished, wordsOfPort } from "./shared/published-ports.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";

const prometheus = {
  name: "metrics",
  image: ["image: prom/prometheus:v3.2.1"],
  healthcheck: ["healthcheck:", '  test: ["CMD", "wget", "-q", "--spider", "http://127.0.0.1:9090/-/healthy"]'],
  security: ["cap_drop:", "  - ALL", "security_opt:", "  - no-new-privileges:true", "read_only: true"],
  own: ["volumes:", "  - metrics:/prometheus"],
  end: ["volumes:", "  metrics:"],
};

export default defineRule("compose", {
  slug: "public-internal-port",
  summary: "A port for administration, metrics or other programs is published on every interface of the host.",
  why: `Administration pages (Adminer, phpMyAdmin), dashboards of proxies, metrics and engines' interfaces often have no login of their own, or a well-known one,
and are looked for from outside all day. A port without an address is published on \`0.0.0.0\`, and Docker forwards it before the host's firewall is asked.

Publish such a port on \`127.0.0.1\` and reach it through an SSH tunnel or a VPN, or put a proxy with a login before it. Leave it where one of these is in
front of the machine already.`,
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
    "https://docs.docker.com/engine/network/port-publishing/",
    "https://docs.docker.com/engine/network/packet-filtering-firewalls/#docker-and-ufw",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ ...prometheus, own: [...prometheus.own, "ports:", '  - "9090:9090"'] }),
      good: composeWith({ ...prometheus, own: [...prometheus.own, "ports:", '  - "127.0.0.1:9090:9090"'] }),
    },
  ],
  keys: ["ports"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  const stack = model.dialect === "stack";
  for (const service of model.services) {
    for (const port of service.ports) {
      const what = reachOf(port) === "every" ? privateServerOn(service, port) : undefined;
      if (what === undefined) continue;
      const words = wordsOfPort(port);
      yield {
        at: placeOfPort(port),
        message: stack
          ? `\`${words}\` opens an internal port of ${what} to everyone who reaches the swarm: remove it.`
          : `\`${words}\` opens an internal port of ${what} to everyone who reaches the host, past its firewall: publish it on \`127.0.0.1\`.`,
        fixes: () => [...(stack ? [] : boundToLoopback(model, port)), ...unpublished(model, service, port)],
        // Browsers to test with run where nothing else does.
        ...(model.role === "development" || factsOf(service)?.category === "testing" ? { severity: "hint" } : {}),
      };
    }
  }
}
