import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { oncePerPlace } from "./shared/services.ts";
import { usesIn } from "./shared/uses.ts";

const store = serviceLines({ name: "store", image: ["image: ghcr.io/acme/store:2.0.1"] });
const waiting = ["depends_on:", "  store:", "    condition: service_healthy"];

export default defineRule("compose", {
  slug: "default-bridge",
  summary: "A service is put on Docker's default bridge, where it and the others of the file do not find each other.",
  why: `\`network_mode: bridge\` does not mean "a bridge network": it takes the service off the project's network and puts it on the one bridge that all containers without a network
share. Names of services do not resolve there, so \`http://api:8080\` fails, and containers of other projects stand right beside it.

Without the key the service joins the project's own network, which is a bridge as well. Leave it for a service that talks to none of the others.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/engine/network/drivers/bridge/#differences-between-user-defined-bridges-and-the-default-bridge",
    "https://docs.docker.com/reference/compose-file/services/#network_mode",
  ],
  fix: "review",
  examples: [
    {
      bad: `${composeWith({ own: ["network_mode: bridge", ...waiting] })}${store}`,
      good: `${composeWith({ own: waiting })}${store}`,
    },
  ],
  keys: ["network_mode"],
  *check(model) {
    if (model.dialect === "stack") return;
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  const uses = usesIn(model);
  for (const service of model.services) {
    const entry = service.entry("network_mode");
    if (entry === undefined || scalarText(service.get("network_mode")) !== "bridge") continue;
    // The links of old are what gives names on this network.
    const partner = model.services.find(
      (other) =>
        other !== service &&
        other.get("links") === undefined &&
        service.get("links") === undefined &&
        (uses(service, other) || uses(other, service)),
    );
    if (partner === undefined) continue;
    yield {
      at: entry.value.span,
      message: `\`network_mode: bridge\` takes \`${service.name}\` off the project's network, so that it and \`${partner.name}\` do not find each other by name: remove it.`,
      fixes: () => {
        const edits = removePath(model.document, service.map, ["network_mode"]);
        const title = "Remove `network_mode: bridge` (the service moves to the project's own network)";
        return reviewed(title, edits);
      },
    };
  }
}
