import { defineRule } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import type { TextEdit } from "../../text/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { composeWith } from "./shared/example.ts";
import { oncePerMap, saidOnce } from "./shared/said-once.ts";
import { isSetElsewhere, lastingServices } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "missing-restart-policy",
  summary: "A service has no restart policy, so it stays down after a crash or a reboot.",
  why: `Compose's default is \`restart: no\`. A process that ends in the night, a killed container or a rebooted machine then means that the service is gone
until a person starts it again.

\`unless-stopped\` brings it back unless somebody stopped it on purpose; \`always\` does so even then, after the engine restarts; \`on-failure\` only after
an error. What does its work and ends (a migration, a set-up) says \`restart: "no"\`, and is not asked. A swarm restarts by itself. Of more than
three services of a file it is said once, at \`services\`.`,
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
    const lacking = lastingServices(model, workspace).filter(
      (service) =>
        service.get("restart") === undefined &&
        service.get("deploy", "restart_policy") === undefined &&
        !policies.some((path) => isSetElsewhere(workspace, service, ...path)),
    );
    const once = saidOnce(model, lacking);
    if (once !== undefined) {
      yield {
        at: once.at,
        message: `${once.whose} have no restart policy and stay down after a crash or a reboot: add \`restart: ${policy}\`.`,
        fixes: () => {
          const edits = joined(
            model.document.text,
            oncePerMap(lacking).map((service) => withPolicy(model, service, policy)),
          );
          return reviewed(
            `Add \`restart: ${policy}\` to all ${lacking.length} (they then start again by themselves)`,
            edits,
          );
        },
      };
      return;
    }
    for (const service of lacking) {
      yield {
        at: service.keySpan,
        message: `\`${service.name}\` has no restart policy and stays down after a crash or a reboot: add \`restart: ${policy}\`.`,
        fixes: () =>
          reviewed(`Add \`restart: ${policy}\` (it then starts again by itself)`, withPolicy(model, service, policy)),
      };
    }
  },
});

function withPolicy(model: ComposeModel, service: ComposeService, policy: string): readonly TextEdit[] | undefined {
  return setPath(model.document, service.map, ["restart"], policy, {
    position: { after: ["image", "build", "pull_policy", "platform", "container_name", "hostname"] },
  });
}

/** Where a policy may stand. */
const policies: readonly (readonly string[])[] = [["restart"], ["deploy", "restart_policy"]];

/** The policy that the other services of the file have most often. */
function customary(model: ComposeModel): "always" | "unless-stopped" {
  const written = model.services.map((service) => scalarText(service.get("restart")));
  const count = (policy: string): number => written.filter((text) => text === policy).length;
  return count("always") > count("unless-stopped") ? "always" : "unless-stopped";
}
