import { defineRule } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { isCronProblem, readSchedule } from "../../languages/kubernetes/cron.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isNull } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { cronJobsOf, scheduleText } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "missing-time-zone",
  summary: "A CronJob runs at a certain hour and does not say of which time zone.",
  why: `Without \`timeZone\` the hour is that of the machine the controller runs on. Nearly always that is UTC, so a job for the night of the people it serves runs at another hour, and moves by
one when their clocks change. A cluster set up another way runs it at another time again.

Who knows that all clusters keep UTC may well leave it out, so this is off unless you ask for it.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones"],
  fix: "review",
  examples: [{ bad: cronJobWith({}), good: cronJobWith({ spec: ["timeZone: Etc/UTC"] }) }],
  keys: ["schedule"],
  *check(model) {
    if (!atLeast(model.release, "1.27")) return;
    for (const { resource, spec, whole, schedule } of cronJobsOf(model)) {
      const text = scheduleText(schedule?.value);
      if (!whole || text === undefined || schedule === undefined || !isNull(spec.get("timeZone")?.value)) continue;
      const read = readSchedule(text);
      // Every hour is every hour everywhere.
      if (isCronProblem(read) || read.every !== undefined || read.fields[1]?.length === 24) continue;
      yield {
        at: schedule.keySpan,
        message: `${titleOf(resource)} runs at an hour of the controller's own time zone: set \`timeZone\`.`,
        fixes: () =>
          reviewed(
            "Set `timeZone: Etc/UTC`, which most clusters keep",
            setPath(model.document, spec, ["timeZone"], "Etc/UTC", { position: { after: ["schedule"] } }),
          ),
      };
    }
  },
});
