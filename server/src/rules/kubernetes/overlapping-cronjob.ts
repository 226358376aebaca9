import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isNull } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { cronJobsOf } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "overlapping-cronjob",
  summary: "A CronJob starts its next run while the last one is still at work.",
  why: `Where \`concurrencyPolicy\` is left out it is \`Allow\`. A run that hangs, or that takes longer than usual, is joined by the next one and the one after: two backups write the same file, and a
job every five minutes fills the cluster overnight. \`Forbid\` skips a run while one is at work, \`Replace\` ends the old one.

Write \`Allow\` where runs do not mind each other; that is taken for an answer.`,
  category: "lifecycle",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: ["datree:CRONJOB_MISSING_CONCURRENCYPOLICY_KEY"],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#concurrency-policy"],
  fix: "review",
  examples: [{ bad: cronJobWith({}), good: cronJobWith({ spec: ["concurrencyPolicy: Forbid"] }) }],
  *check(model) {
    for (const { resource, spec, whole, schedule } of cronJobsOf(model)) {
      if (!whole || !isNull(spec.get("concurrencyPolicy")?.value)) continue;
      yield {
        at: schedule?.keySpan ?? resource.kindEntry.keySpan,
        message: `${titleOf(resource)} starts its next run while the last one is still at work: set \`concurrencyPolicy\`, \`Forbid\` where they must not meet.`,
        fixes: () =>
          reviewed(
            "Set `concurrencyPolicy: Forbid` (a run is skipped while one is at work)",
            setPath(model.document, spec, ["concurrencyPolicy"], "Forbid", {
              position: { after: ["schedule", "timeZone", "startingDeadlineSeconds"] },
            }),
          ),
      };
    }
  },
});
