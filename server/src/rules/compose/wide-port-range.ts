import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { rangeOf } from "../../languages/compose/ports.ts";
import { composeWith } from "./shared/example.ts";
import { placeOfPort, wordsOfPort } from "./shared/published-ports.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "wide-port-range",
  summary: "A service publishes so many ports that starting it takes long and much memory.",
  why: `For each published port Docker writes firewall rules and, as long as the userland proxy is on, starts a process of its own. Ten thousand ports for media streams then
take minutes to start and to stop, and gigabytes of memory.

Let the program use a smaller range, which most servers for calls and file transfer have a setting for. Where they really are needed, give the service the
host's network, or an address of its own (\`macvlan\`, \`ipvlan\`), and let a firewall say what is open.`,
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/network/port-publishing/",
    "https://github.com/moby/moby/issues/11185",
    "https://docs.docker.com/engine/network/drivers/host/",
  ],
  fix: null,
  options: {
    max: { default: 1000, description: "So many ports of one item are not reported." },
  },
  examples: [
    {
      bad: composeWith({ own: ["ports:", '  - "10000-20000:10000-20000/udp"'] }),
      good: composeWith({ own: ["ports:", '  - "10000-10099:10000-10099/udp"'] }),
    },
  ],
  keys: ["ports"],
  *check(model, { max }) {
    yield* oncePerPlace(problems(model, max));
  },
});

function* problems(model: ComposeModel, max: number): Iterable<Problem> {
  for (const service of model.services) {
    for (const port of service.ports) {
      // The long form without `published` publishes nothing.
      if (port.node.type === "map" && port.published === undefined) continue;
      const range = rangeOf(port.target);
      const count = range === undefined ? 0 : range.last - range.first + 1;
      if (count <= max) continue;
      yield {
        at: placeOfPort(port),
        message: `\`${wordsOfPort(port)}\` publishes ${count} ports, for each of which Docker runs a process and writes firewall rules: let the program use fewer, or give it the host's network.`,
      };
    }
  }
}
