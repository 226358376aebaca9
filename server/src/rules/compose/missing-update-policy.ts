import { defineRule, type Fix } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import { isNull } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { hasHostPort, replicasOf } from "./shared/rollout.ts";
import { factsOf, isSetElsewhere, lastingServices, oncePerPlace } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

const ports = ["ports:", '  - "8080:8080"'];

export default defineRule("compose", {
  slug: "missing-update-policy",
  summary: "A service of a stack does not say what happens when an update fails.",
  why: `Without \`failure_action\` a swarm pauses an update whose new task fails, and leaves the service as it is: partly old, partly new, or, with one replica, down. Somebody
has to notice and run \`docker service rollback\`. With \`failure_action: rollback\` the swarm goes back by itself as soon as a task fails within \`monitor\` (five seconds where
nobody says more), which a health check makes worth something.

With one replica the default order stops the old task before the new one is there; \`order: start-first\` closes that gap for what can run twice. Leave the pause
where an automatic way back would do harm, as after a migration of the database that the old version cannot read.`,
  category: "availability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#update_config",
    "https://docs.docker.com/engine/swarm/services/#roll-back-to-the-previous-version-of-a-service",
  ],
  fix: "review",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ own: ports }),
      good: stackWith({
        deploy: ["  update_config:", "    failure_action: rollback", "    order: start-first"],
        own: ports,
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    if (model.dialect !== "stack") return;
    yield* oncePerPlace(
      lastingServices(model, workspace).flatMap((service) => {
        if (!isServing(service) || service.get("deploy", "update_config", "failure_action") !== undefined) return [];
        if (isSetElsewhere(workspace, service.name, "deploy", "update_config", "failure_action")) return [];
        const message = `Nothing says what becomes of a failed update of \`${service.name}\`, so it stops half-way: set \`failure_action: rollback\` in \`deploy.update_config\`.`;
        return [{ at: placeOf(service), message, fixes: () => fixes(model, service) }];
      }),
    );
  },
});

/** Somebody would notice the gap: it is published, or runs more than once. */
function isServing(service: ComposeService): boolean {
  const count = replicasOf(service);
  return service.ports.length > 0 || count === "global" || (typeof count === "number" && count > 1);
}

function placeOf(service: ComposeService): ComposeService["keySpan"] {
  const entry = service.map.get("deploy")?.value;
  const config = entry?.type === "map" && entry.alias === undefined ? entry.get("update_config") : undefined;
  return config === undefined || config.merged !== undefined ? service.keySpan : config.keySpan;
}

function fixes({ document }: ComposeModel, service: ComposeService): readonly Fix[] {
  const config = service.get("deploy", "update_config");
  const twice = config === undefined && mayRunTwice(service);
  const policy: YamlValue = { failure_action: "rollback", ...(twice ? { order: "start-first" } : {}) };
  const edits = isNull(config)
    ? setPath(document, service.map, ["deploy", "update_config"], policy)
    : setPath(document, service.map, ["deploy", "update_config", "failure_action"], "rollback");
  const title = twice
    ? "Roll failed updates back, and start the new task first (both run for a while)"
    : "Roll failed updates back";
  return reviewed(title, edits);
}

/** One replica that keeps nothing: with more there is no gap to close. */
function mayRunTwice(service: ComposeService): boolean {
  const isOne = replicasOf(service) === 1;
  const keeps =
    factsOf(service)?.stateful === true || service.mounts.some(({ readOnly, type }) => !readOnly && type !== "tmpfs");
  return isOne && !keeps && !hasHostPort(service);
}
