import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { hasHealthcheck } from "../../languages/image/index.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { composeWith } from "./shared/example.ts";
import { knownCheckFixes } from "./shared/health-fix.ts";
import { askedIn, bringsCheck, dockerfileOf, healthOf } from "./shared/health.ts";
import { factsOf, jobsOf, oncePerPlace } from "./shared/services.ts";

const admin = { name: "admin", image: ["image: phpmyadmin:5.2"], own: ["expose:", '  - "80"'] };

export default defineRule("compose", {
  slug: "disabled-healthcheck",
  summary: "The health check of a service that others rely on is switched off.",
  why: `\`disable: true\` and \`test: ["NONE"]\` take away the check that the image brings. Nothing notices any more when the server hangs, a swarm rolls a broken
version out to the end, and \`condition: service_healthy\` cannot be met.

A check that fails while the service works is better mended: a longer \`start_period\`, a program the image has, another port. Switching it off is right where
the container runs something else than the image's server, a worker for instance, which nobody connects to; such services and jobs are not reported.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kics:healthcheck_not_set"],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#healthcheck",
    "https://docs.docker.com/reference/dockerfile/#healthcheck",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ ...admin, healthcheck: ["healthcheck:", "  disable: true"] }),
      good: composeWith({
        ...admin,
        healthcheck: [
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
  keys: ["healthcheck"],
  *check(model, _options, workspace) {
    if (model.role === "development" || model.document.templated) return;
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  const written = model.services.filter((service) => service.get("healthcheck") !== undefined);
  if (written.length === 0) return;
  const isAsked = askedIn(model, workspace);
  const isJob = jobsOf(model);
  for (const service of written) {
    if (healthOf(service, workspace) !== "off" || isJob(service) || !isAsked(service)) continue;
    const entry = service.entry("healthcheck", "disable") ?? service.entry("healthcheck", "test");
    if (entry === undefined) continue;
    yield {
      at: entry.keySpan,
      message: `The health check of \`${service.name}\` is switched off, so nothing notices when it hangs: put one in its place that fits.`,
      fixes: () => [...knownCheckFixes(model, service), ...imagesOwn(model, service, workspace)],
    };
  }
}

/** The image has one that would run if nothing were written here. */
function imagesOwn(model: ComposeModel, service: ComposeService, workspace: WorkspaceView): readonly Fix[] {
  const { imageUse } = service;
  const told = imageUse?.built === false && imageUse.description !== undefined ? hasHealthcheck(imageUse) : undefined;
  const built = dockerfileOf(service, workspace);
  const brings =
    told ?? factsOf(service)?.ownHealthcheck ?? (built === undefined ? false : bringsCheck(built, workspace));
  if (!brings || service.map.get("healthcheck")?.merged !== undefined) return [];
  const edits = removePath(model.document, service.map, ["healthcheck"]);
  return reviewed("Let the image's own check run (the container can become unhealthy)", edits);
}
