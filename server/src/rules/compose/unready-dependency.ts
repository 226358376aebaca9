import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { healthOf } from "./shared/health.ts";
import { isJob, oncePerPlace } from "./shared/services.ts";

const cache = serviceLines({
  name: "cache",
  image: ["image: redis:7.4-alpine"],
  healthcheck: ["healthcheck:", '  test: ["CMD", "redis-cli", "ping"]'],
})
  .trimEnd()
  .split("\n");

export default defineRule("compose", {
  slug: "unready-dependency",
  summary: "A service starts as soon as the container it depends on runs, ready or not.",
  why: `\`depends_on\` in its short form waits for the container, not for what runs in it. A database that is still replaying its log refuses connections, and
the service in front of it crashes or, worse, caches the failure. It works on a fast machine and fails after a reboot.

Where the dependency has a health check, \`condition: service_healthy\` waits for it. That holds for the start alone: connections that break later still
have to be retried, and a service that retries from the start can do without. \`condition: service_started\`, when written, is taken as meant.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/compose/how-tos/startup-order/",
    "https://docs.docker.com/reference/compose-file/services/#depends_on",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ own: ["depends_on:", "  - cache"], end: cache }),
      good: composeWith({ own: ["depends_on:", "  cache:", "    condition: service_healthy"], end: cache }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  if (model.dialect === "stack") return;
  for (const service of model.services) {
    for (const { service: name, condition, span, node } of service.dependsOn) {
      if (condition !== undefined || (node.type === "map" && node.get("condition") !== undefined)) continue;
      if (!hasHealthcheck(model, name, workspace)) continue;
      yield {
        at: span,
        message: `\`${service.name}\` starts before \`${name}\` is ready, though \`${name}\` has a health check: wait for \`condition: service_healthy\`.`,
        fixes: fixes(model, service, workspace),
        ...(model.role === "development" ? { severity: "hint" } : {}),
      };
    }
  }
}

function hasHealthcheck(model: ComposeModel, name: string, workspace: WorkspaceView): boolean {
  const dependency = model.service(name);
  if (dependency === undefined || dependency.open || isJob(model, dependency)) return false;
  const state = healthOf(dependency, workspace);
  return state === "here" || state === "image";
}

/** The whole of `depends_on` in its long form. */
function fixes(model: ComposeModel, service: ComposeService, workspace: WorkspaceView): readonly Fix[] {
  const written = service.map.get("depends_on")?.value;
  // What comes from an extended service is changed where that is.
  if (written === undefined || service.get("depends_on") === undefined) return [];
  const own = service.dependsOn.filter(({ span }) => written.span.start <= span.start && span.end <= written.span.end);
  if (own.length === 0) return [];
  const title = `Wait until ${list(own.filter(({ service: name, condition }) => condition === undefined && hasHealthcheck(model, name, workspace)).map(({ service: name }) => name))} (\`${service.name}\` does not start while it is unhealthy)`;
  const conditionOf = (name: string): string =>
    hasHealthcheck(model, name, workspace) ? "service_healthy" : "service_started";
  if (written.type === "seq") {
    if (hasComments(model, written)) return [];
    const long = Object.fromEntries(own.map(({ service: name }) => [name, { condition: conditionOf(name) }] as const));
    const edits = setPath(model.document, service.map, ["depends_on"], long);
    return edits === undefined ? [] : [{ title, safety: "review", edits }];
  }
  const edits = own
    .filter(({ service: name, condition }) => condition === undefined && hasHealthcheck(model, name, workspace))
    .map(({ service: name }) =>
      setPath(model.document, service.map, ["depends_on", name, "condition"], "service_healthy"),
    );
  const whole = edits.flatMap((edit) => edit ?? []);
  return edits.includes(undefined) ? [] : [{ title, safety: "review", edits: whole }];
}

/** Comments among the items, or behind the last one, have no place in the map. */
function hasComments({ document }: ComposeModel, { span }: YamlNode): boolean {
  const lineEnd = document.text.indexOf("\n", span.end);
  const end = lineEnd < 0 ? document.text.length : lineEnd;
  return document.comments.some((comment) => span.start < comment.span.start && comment.span.start < end);
}

function list(names: readonly string[]): string {
  const quoted = names.map((name) => `\`${name}\``);
  const text =
    quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} and ${quoted.at(-1) ?? ""} are` : `${quoted[0] ?? ""} is`;
  return `${text} healthy`;
}
