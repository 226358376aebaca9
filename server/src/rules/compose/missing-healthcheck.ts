import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeService } from "../../languages/compose/model.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith } from "./shared/example.ts";
import { awaitedCheckFixes, knownCheckFixes, meetsNeeds } from "./shared/health-fix.ts";
import { askedIn, healthOf } from "./shared/health.ts";
import { isUpdatedInSteps } from "./shared/rollout.ts";
import { factsOf, isSetElsewhere, lastingServices } from "./shared/services.ts";

const admin = { name: "admin", image: ["image: phpmyadmin:5.2"], healthcheck: [] };

export default defineRule("compose", {
  slug: "missing-healthcheck",
  summary: "Nothing asks the service whether it works, only whether its process is there.",
  why: `A server that hangs, has lost its database or is still starting looks like a healthy one to Compose: it is "up". With a check, other services can
wait for it (\`condition: service_healthy\`), a swarm replaces it and rolls a bad update back, proxies and monitoring see its state.

Plain Compose does not restart what is unhealthy, so the check alone heals nothing there. A check in the image's own Dockerfile is as good: of common images it
is known whether there is one, of others where somebody asked the registry. A worker that
nobody connects to is not asked; neither are jobs.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kics:healthcheck_not_set"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#healthcheck",
    "https://docs.docker.com/compose/how-tos/startup-order/",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith(admin),
      good: composeWith({
        ...admin,
        own: [
          "healthcheck:",
          '  test: ["CMD", "bash", "-c", ": </dev/tcp/127.0.0.1/80"]',
          "  interval: 30s",
          "  timeout: 5s",
          "  retries: 3",
          "  start_period: 30s",
        ],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const isAsked = askedIn(model, workspace);
    for (const service of lastingServices(model)) {
      // Of these `update-without-healthcheck` says what it costs.
      if (isUpdatedInSteps(model, service) && healthOf(service, workspace) === "none") continue;
      const found = judge(service, workspace, isAsked);
      if (found === undefined || isSetElsewhere(workspace, service, "healthcheck")) continue;
      yield {
        at: service.keySpan,
        ...found,
        fixes: () => [...knownCheckFixes(model, service), ...awaitedCheckFixes(model, service, workspace)],
      };
    }
  },
});

function judge(
  service: ComposeService,
  workspace: WorkspaceView,
  isAsked: (service: ComposeService) => boolean,
): Pick<Problem, "message" | "severity"> | undefined {
  const { name } = service;
  const state = healthOf(service, workspace);
  if (state !== "none" && state !== "unknown") return undefined;
  // `healthcheck` without `test` sets the times of the image's own check.
  if (service.open || service.get("healthcheck") !== undefined) return undefined;
  const facts = factsOf(service);
  if (facts !== undefined) {
    const { health } = facts;
    if (health === undefined) return undefined;
    const needs =
      health.needs === undefined || meetsNeeds(service, health) !== false ? "" : ` (it needs ${health.needs})`;
    return { message: `\`${name}\` has no health check: add one that asks ${facts.name} whether it answers${needs}.` };
  }
  if (!isAsked(service)) return undefined;
  if (service.build !== undefined)
    return {
      message: `\`${name}\` has no health check: add \`healthcheck\` here or \`HEALTHCHECK\` to its Dockerfile.`,
    };
  if (state === "none")
    return {
      message: `\`${name}\` has no health check, and its image brings none: add \`healthcheck\` with a command that the image has.`,
    };
  // Of an image that nobody here builds it is not known.
  return service.image === undefined
    ? undefined
    : {
        message: `\`${name}\` has no health check, unless its image brings one: add \`healthcheck\` with a command that the image has.`,
        severity: "hint",
      };
}
