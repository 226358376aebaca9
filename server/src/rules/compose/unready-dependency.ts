import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { listed } from "../../text/words.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { composeWith, serviceLines } from "./shared/example.ts";
import { checkedIn, isDecided, waitingFor } from "./shared/waiting.ts";
import { isSetElsewhere, oncePerPlace } from "./shared/services.ts";

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
  keys: ["depends_on"],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace));
  },
});

function* problems(model: ComposeModel, workspace: WorkspaceView): Iterable<Problem> {
  if (model.dialect === "stack") return;
  const isReadyLater = checkedIn(model, workspace);
  for (const service of model.services) {
    const unready = service.dependsOn.filter(
      (dependency) =>
        !isDecided(dependency) &&
        isReadyLater(dependency.service) &&
        !isSetElsewhere(workspace, service, "depends_on", dependency.service, "condition"),
    );
    if (unready.length === 0) continue;
    let found: readonly Fix[] | undefined;
    for (const { service: name, span } of unready) {
      yield {
        at: span,
        message: `\`${service.name}\` starts before \`${name}\` is ready, though \`${name}\` has a health check: wait for \`condition: service_healthy\`.`,
        fixes: () => (found ??= fixes(model, service, isReadyLater)),
        ...(model.role === "development" ? { severity: "hint" } : {}),
      };
    }
  }
}

/** The whole of `depends_on` in its long form. */
function fixes(model: ComposeModel, service: ComposeService, isReadyLater: (name: string) => boolean): readonly Fix[] {
  const waiting = waitingFor(model, service, isReadyLater);
  if (waiting === undefined) return [];
  const title = `Wait until ${list(waiting.names)} healthy (\`${service.name}\` does not start before)`;
  return [{ title, safety: "review", edits: waiting.edits }];
}

function list(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\`${name}\``);
  return `${listed(names.length > 3 ? [...shown, "others"] : shown)} ${names.length === 1 ? "is" : "are"}`;
}
