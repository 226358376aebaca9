import { defineRule } from "../../engine/rule.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import { isNull } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { jobsOf } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "ttl-beside-history",
  summary: "Runs of a CronJob are deleted by time as well as by number.",
  why: `A CronJob keeps its last runs itself: three that succeeded and one that failed, unless it says otherwise. With \`ttlSecondsAfterFinished\` in its \`jobTemplate\` they go earlier, whatever these
limits say, and the failed run of the weekend is not there on Monday. One of the two is enough; where the time is what matters, this rule may stay off.`,
  category: "lifecycle",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:job-ttl-seconds-after-finished"],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits"],
  fix: "review",
  examples: [{ bad: cronJobWith({ job: ["ttlSecondsAfterFinished: 600"] }), good: cronJobWith({}) }],
  keys: ["ttlSecondsAfterFinished"],
  *check(model) {
    for (const { resource, spec, cron } of jobsOf(model)) {
      const entry = spec.get("ttlSecondsAfterFinished");
      if (!cron || entry === undefined || isNull(entry.value)) continue;
      yield {
        at: entry.keySpan,
        message: `${titleOf(resource)} keeps its last runs by number, and \`ttlSecondsAfterFinished\` deletes them before: leave it to the history limits.`,
        fixes: () =>
          reviewed(
            "Remove `ttlSecondsAfterFinished` (finished runs stay until newer ones take their place)",
            removeEntry(model.document, spec, "ttlSecondsAfterFinished"),
          ),
      };
    }
  },
});
