import { defineRule } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { isSetElsewhere, lastingServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-restart-policy",
  summary: "A service has no restart policy, so it stays down after a crash or a reboot.",
  why: `Compose's default is \`restart: no\`. A process that ends in the night, a killed container or a rebooted machine then means that the service is gone
until a person starts it again.

\`unless-stopped\` brings it back unless somebody stopped it on purpose; \`always\` does so even then, after the engine restarts; \`on-failure\` only after
an error. What does its work and ends (a migration, a set-up) says \`restart: "no"\`, and is not asked. A swarm restarts by itself.`,
  category: "availability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#restart",
    "https://docs.docker.com/engine/containers/start-containers-automatically/",
  ],
  fix: "review",
  examples: [{ bad: composeWith({ restart: [] }), good: composeWith({}) }],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (model.dialect === "stack") return;
    const policy = customary(model);
    for (const service of lastingServices(model, workspace)) {
      if (service.get("restart") !== undefined || service.get("deploy", "restart_policy") !== undefined) continue;
      if (policies.some((path) => isSetElsewhere(workspace, service, ...path))) continue;
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` has no restart policy and stays down after a crash or a reboot: add \`restart: ${policy}\`.`,
        fixes: () => {
          const edits = setPath(model.document, service.map, ["restart"], policy, {
            position: { after: ["image", "build", "pull_policy", "platform", "container_name", "hostname"] },
          });
          return reviewed(`Add \`restart: ${policy}\` (it then starts again by itself)`, edits);
        },
      };
    }
  },
});

/** Where a policy may stand. */
const policies: readonly (readonly string[])[] = [["restart"], ["deploy", "restart_policy"]];

/** The policy that the other services of the file have most often. */
function customary(model: ComposeModel): "always" | "unless-stopped" {
  const written = model.services.map((service) => scalarText(service.get("restart")));
  const count = (policy: string): number => written.filter((text) => text === policy).length;
  return count("always") > count("unless-stopped") ? "always" : "unless-stopped";
}
