import { defineRule, type Problem } from "../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../languages/compose/model.ts";
import { asScalar, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { seconds } from "../shared/durations.ts";
import { composeWith } from "./shared/example.ts";
import { factsOf, oncePerPlace } from "./shared/services.ts";
import { replaceWhereWritten } from "./shared/written.ts";

/** What the engine waits where nothing is written. */
const usual = 10;

export default defineRule("compose", {
  slug: "short-stop-grace-period",
  summary: "A service is killed before it can have stopped in good order.",
  why: `\`stop_grace_period\` is the time between the signal to stop and the kill. With \`0s\` there is none: requests are cut off, what is in memory is lost, and each deployment
looks like a crash. A database that is killed while it writes its pages back has to go through its log at the next start, which takes longer than the stop
would have, and a queue hands out again what was half done.

A stop that ends early does not wait for the rest of the period, so a long one costs nothing. A short one is right for a program that keeps nothing and
answers nobody.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://docs.docker.com/reference/compose-file/services/#stop_grace_period",
    "https://docs.docker.com/reference/cli/docker/container/stop/",
  ],
  fix: "review",
  examples: [
    { bad: composeWith({ own: ["stop_grace_period: 0s"] }), good: composeWith({ own: ["stop_grace_period: 10s"] }) },
  ],
  keys: ["stop_grace_period"],
  *check(model) {
    if (model.role !== "development") yield* oncePerPlace(problems(model));
  },
});

function* problems(model: ComposeModel): Iterable<Problem> {
  for (const service of model.services) {
    const period = asScalar(service.get("stop_grace_period"));
    const given = seconds(scalarText(period) ?? "");
    if (period === undefined || given === undefined || given >= usual) continue;
    const wanted = wantedBy(service, given);
    if (wanted === undefined) continue;
    const { time, why } = wanted;
    yield {
      at: period.span,
      message: `${why}: give it \`${time}\`.`,
      fixes: () => {
        const edits = replaceWhereWritten(model, period, time);
        const title = `Give it \`${time}\` to stop (what hangs is killed later)`;
        return reviewed(title, edits);
      },
    };
  }
}

function wantedBy(service: ComposeService, given: number): { readonly time: string; readonly why: string } | undefined {
  const facts = factsOf(service);
  if (facts?.stopGracePeriod !== undefined)
    return {
      time: facts.stopGracePeriod,
      why: `${facts.name} is killed after ${given} s, whatever it is writing then`,
    };
  return given < 1
    ? { time: `${usual}s`, why: `\`${service.name}\` is killed as soon as it is told to stop` }
    : undefined;
}
