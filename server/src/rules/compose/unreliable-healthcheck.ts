import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel } from "../../languages/compose/model.ts";
import { faultsOf } from "../shared/health-faults.ts";
import { composeWith } from "./shared/example.ts";
import { writtenCheck } from "./shared/health-script.ts";
import { oncePerPlace } from "./shared/services.ts";

export default defineRule("compose", {
  slug: "unreliable-healthcheck",
  summary: "The health check passes whatever the program does, or fails while it works.",
  why: `A health check is worth as much as its exit code: 0 is healthy, anything else is not. It says nothing where the code never tells: \`curl\` without
\`--fail\` ends well when the server answers with an error page, \`|| true\` and a last \`echo\` end well always, a pipe has the code of its last command alone,
and \`ps | grep name\` and \`pgrep -f\` find themselves. And some fail for their own reasons: \`wget\` without \`-O\` or \`--spider\` saves each answer as a file,
which busybox's refuses to do a second time.

A check that cannot fail is worse than none, since \`condition: service_healthy\` and a swarm's updates rely on it.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#healthcheck",
    "https://curl.se/docs/manpage.html#-f",
  ],
  fix: "review",
  examples: [
    {
      bad: composeWith({
        healthcheck: ["healthcheck:", '  test: ["CMD", "curl", "-s", "http://localhost:8080/health"]'],
      }),
      good: composeWith({
        healthcheck: ["healthcheck:", '  test: ["CMD", "curl", "-f", "-s", "http://localhost:8080/health"]'],
      }),
    },
  ],
  keys: ["healthcheck"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const test = service.get("healthcheck", "test");
    if (test === undefined || !suspicious.test(model.document.text.slice(test.span.start, test.span.end))) continue;
    const check = writtenCheck(model, service);
    if (check === undefined) continue;
    for (const fault of faultsOf(check, model.document.text)) {
      yield model.role === "development" ? { ...fault, severity: "hint" } : fault;
    }
  }
}

/** What one of the faults has in it: reading a script costs more than looking for these. */
const suspicious = /curl|wget|grep|requests|httpx|\b(?:true|echo|printf|exit)\b|\||(?:^|[\s"';]):(?:[\s"']|$)/;
