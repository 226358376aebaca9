import { defineRule, type Fix, type Severity } from "../../engine/rule.ts";
import type { ServiceHealth } from "../../knowledge/services/index.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { flow, setPath, type YamlValue } from "../../languages/yaml/edit.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith } from "./shared/example.ts";
import { askedIn, healthOf } from "./shared/health.ts";
import { commandText, factsOf, lastingServices } from "./shared/services.ts";

const database = { name: "db", image: ["image: postgres:17-alpine"], healthcheck: [] };
const data = { volumes: ["volumes:", "  - data:/var/lib/postgresql/data"], end: ["volumes:", "  data:"] };

export default defineRule("compose", {
  slug: "missing-healthcheck",
  summary: "Nothing asks the service whether it works, only whether its process is there.",
  why: `A server that hangs, has lost its database or is still starting looks like a healthy one to Compose: it is "up". With a check, other services can
wait for it (\`condition: service_healthy\`), a swarm replaces it and rolls a bad update back, proxies and monitoring see its state.

Plain Compose does not restart what is unhealthy, so the check alone heals nothing there. A check in the image's own Dockerfile is as good. A worker that
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
      bad: composeWith({ ...database, own: data.volumes, end: data.end }),
      good: composeWith({
        ...database,
        own: [
          ...data.volumes,
          "healthcheck:",
          '  test: ["CMD-SHELL", "pg_isready -h 127.0.0.1 -U $${POSTGRES_USER:-postgres} -d $${POSTGRES_DB:-$${POSTGRES_USER:-postgres}}"]',
          "  interval: 10s",
          "  timeout: 5s",
          "  retries: 5",
          "  start_period: 30s",
        ],
        end: data.end,
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const seen = new Set<number>();
    const isAsked = askedIn(model, workspace);
    for (const service of lastingServices(model)) {
      const found = judge(service, workspace, isAsked);
      if (found === undefined || seen.has(found.at.start)) continue;
      seen.add(found.at.start);
      const { at, message, severity } = found;
      yield { at, message, fixes: () => fixes(model, service), ...(severity === undefined ? {} : { severity }) };
    }
  },
});

interface Found {
  readonly at: { readonly start: number; readonly end: number };
  readonly message: string;
  readonly severity?: Severity;
}

function judge(
  service: ComposeService,
  workspace: WorkspaceView,
  isAsked: (service: ComposeService) => boolean,
): Found | undefined {
  const state = healthOf(service, workspace);
  if (state === "here" || state === "image") return undefined;
  if (state === "off") {
    const entry = service.entry("healthcheck", "disable") ?? service.entry("healthcheck", "test");
    if (entry === undefined) return undefined;
    const message = `The health check of \`${service.name}\` is switched off, so nothing notices when it hangs: put one in its place that fits.`;
    return { at: entry.keySpan, message };
  }
  // `healthcheck` without `test` sets the times of the image's own check.
  if (service.open || service.get("healthcheck") !== undefined) return undefined;
  const facts = factsOf(service);
  const at = service.keySpan;
  if (facts !== undefined) {
    if (facts.health === undefined) return undefined;
    return {
      at,
      message: `\`${service.name}\` has no health check: add one that asks ${facts.name} whether it answers.`,
    };
  }
  if (!isAsked(service)) return undefined;
  if (service.image === undefined && service.build === undefined) return undefined;
  const built = service.build !== undefined;
  return {
    at,
    message: built
      ? `\`${service.name}\` has no health check: add \`healthcheck\` here or \`HEALTHCHECK\` to its Dockerfile.`
      : `\`${service.name}\` has no health check, unless its image brings one: add \`healthcheck\` with a command that the image has.`,
    // Of an image that nobody here builds it is not known.
    ...(built ? {} : { severity: "hint" }),
  };
}

function fixes(model: ComposeModel, service: ComposeService): readonly Fix[] {
  const facts = factsOf(service);
  const health = facts?.health;
  // What runs instead of the image's own program may answer otherwise.
  if (facts === undefined || health === undefined || commandText(service, "entrypoint") !== "") return [];
  const edits = setPath(model.document, service.map, ["healthcheck"], blockOf(health));
  const needs = health.needs === undefined ? "" : ` (it needs ${health.needs})`;
  const title = `Add a health check that asks ${facts.name}${needs}`;
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
}

function blockOf(health: ServiceHealth): YamlValue {
  return {
    test: flow([...health.test]),
    interval: health.interval,
    timeout: health.timeout,
    retries: health.retries,
    start_period: health.startPeriod,
  };
}
