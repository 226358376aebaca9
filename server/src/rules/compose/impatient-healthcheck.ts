import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { seconds } from "../shared/durations.ts";
import { composeWith } from "./shared/example.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";

const server = { name: "reports", image: ["image: metabase/metabase:v0.52.4"] };
const check = [
  "healthcheck:",
  '  test: ["CMD", "curl", "-fsS", "http://127.0.0.1:3000/api/health"]',
  "  interval: 5s",
  "  retries: 5",
];

export default defineRule("compose", {
  slug: "impatient-healthcheck",
  summary: "A server that starts slowly counts as unhealthy before it can have started.",
  why: `After \`retries\` failures, one each \`interval\`, a container is unhealthy. A server that needs a minute or two for its start is given up by then:
\`docker compose up\` stops with "dependency failed to start", and a swarm kills it and begins anew, for ever. On a fast machine it just works, and on the loaded
one in production it does not.

Failures within \`start_period\` do not count, and a success ends it, so a long one costs nothing. \`start_interval\` says how often is asked during that time; without
\`start_period\` there is no such time and it does nothing.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#healthcheck",
    "https://docs.docker.com/reference/dockerfile/#healthcheck",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({ ...server, healthcheck: check }),
      good: composeWith({ ...server, healthcheck: [...check, "  start_period: 2m"] }),
    },
  ],
  keys: ["healthcheck"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    if (service.get("healthcheck") === undefined || service.get("healthcheck", "start_period") !== undefined) continue;
    const eager = service.entry("healthcheck", "start_interval");
    if (eager !== undefined && model.role === "main") {
      yield {
        at: eager.keySpan,
        message: "`start_interval` does nothing without `start_period`: add the time that the start may take.",
        fixes: () => withPeriod(model, service, factsOf(service)?.health?.startPeriod ?? "30s"),
      };
      continue;
    }
    yield* givenUp(model, service);
  }
}

/** Half of what is known to be needed is surely too little. */
function* givenUp(model: ComposeModel, service: ComposeService): Iterable<Problem> {
  const facts = factsOf(service);
  const needed = seconds(facts?.health?.startPeriod ?? "0s") ?? 0;
  const interval = service.entry("healthcheck", "interval");
  if (facts === undefined || needed < 60 || interval === undefined || service.get("healthcheck", "test") === undefined)
    return;
  const every = seconds(scalarText(interval.value) ?? "");
  const retries = Number(scalarText(service.get("healthcheck", "retries")) ?? "3");
  if (every === undefined || every === 0 || !Number.isInteger(retries) || retries < 1 || every * retries >= needed / 2)
    return;
  const period = facts.health?.startPeriod ?? "1m";
  yield {
    at: interval.keySpan,
    message: `${facts.name} counts as unhealthy after ${every * retries} s, and may still be starting then: add \`start_period: ${period}\`.`,
    fixes: () => withPeriod(model, service, period),
  };
}

function withPeriod(model: ComposeModel, service: ComposeService, period: string): readonly Fix[] {
  const edits = setPath(model.document, service.map, ["healthcheck", "start_period"], period);
  const title = `Give it \`${period}\` for its start (failures within do not count)`;
  return reviewed(title, edits);
}
