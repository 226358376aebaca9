import { defineRule } from "../../engine/rule.ts";
import { knownCheckFixes } from "./shared/health-fix.ts";
import { healthOf } from "./shared/health.ts";
import { isUpdatedInSteps } from "./shared/rollout.ts";
import { factsOf, isSetElsewhere, lastingServices, oncePerPlace } from "./shared/services.ts";
import { stackPath, stackWith } from "./shared/stack-example.ts";

const server = { name: "cache", image: ["image: redis:7.4-alpine"] };
const deploy = ["  update_config:", "    failure_action: rollback"];

export default defineRule("compose", {
  slug: "update-without-healthcheck",
  summary: "A service of a stack is updated step by step, and nothing asks whether the new tasks work.",
  why: `A swarm takes the next step of an update once the new task runs; without a health check that means: as soon as its process is there. A version that starts and answers
nothing then replaces all good tasks, and \`failure_action: rollback\` never sees a failure. With \`start-first\` clients are sent to tasks that are not ready yet.

With a check in the file or in the image, a new task counts from its first good answer, and one that never gives it fails the update.`,
  category: "health",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kics:healthcheck_not_set"],
  references: [
    "https://docs.docker.com/reference/compose-file/deploy/#update_config",
    "https://docs.docker.com/reference/compose-file/services/#healthcheck",
  ],
  fix: "review",
  examples: [
    {
      path: stackPath,
      bad: stackWith({ ...server, deploy, healthcheck: [] }),
      good: stackWith({
        ...server,
        deploy,
        healthcheck: [],
        own: [
          "healthcheck:",
          '  test: ["CMD", "redis-cli", "ping"]',
          "  interval: 10s",
          "  timeout: 5s",
          "  retries: 5",
          "  start_period: 10s",
        ],
      }),
    },
  ],
  reads: "workspace",
  keys: ["deploy"],
  *check(model, _options, workspace) {
    if (model.dialect !== "stack") return;
    yield* oncePerPlace(
      lastingServices(model, workspace).flatMap((service) => {
        const config = service.entry("deploy", "update_config");
        if (config === undefined || !isUpdatedInSteps(model, service)) return [];
        if (service.get("healthcheck") !== undefined || healthOf(service, workspace) !== "none") return [];
        const facts = factsOf(service);
        // Some images have no program to ask with.
        if (facts !== undefined && facts.health === undefined) return [];
        if (isSetElsewhere(workspace, service.name, "healthcheck")) return [];
        const message = `An update of \`${service.name}\` goes on however the new tasks fare, as no health check asks them: add \`healthcheck\`.`;
        return [{ at: config.keySpan, message, fixes: () => knownCheckFixes(model, service) }];
      }),
    );
  },
});
