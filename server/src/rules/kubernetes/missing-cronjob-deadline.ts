import { defineRule } from "../../engine/rule.ts";
import { isCronProblem, leastGap, readSchedule } from "../../languages/kubernetes/cron.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isNull } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { cronJobsOf, scheduleText } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "missing-cronjob-deadline",
  summary: "A CronJob may start its jobs any time after they were due.",
  why: `After an outage of the control plane, or once a suspended CronJob is resumed, the controller starts the last run that was missed, however long ago it was due: the backup of the night
in the middle of the day. With \`startingDeadlineSeconds\` a run that is later than that is skipped and counted as missed.

Leave it out where late is better than never.`,
  category: "lifecycle",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-score:CronJob has deadline",
    "kube-score:cronjob-has-deadline",
    "kics:cronjob_deadline_not_configured",
    "datree:CRONJOB_MISSING_STARTINGDEADLINESECOND_KEY",
  ],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline"],
  fix: "review",
  examples: [{ bad: cronJobWith({}), good: cronJobWith({ spec: ["startingDeadlineSeconds: 3600"] }) }],
  *check(model) {
    for (const { resource, spec, whole, schedule } of cronJobsOf(model)) {
      if (!whole || !isNull(spec.get("startingDeadlineSeconds")?.value)) continue;
      const deadline = deadlineFor(scheduleText(schedule?.value));
      yield {
        at: schedule?.keySpan ?? resource.kindEntry.keySpan,
        message: `${titleOf(resource)} may start long after it was due: set \`startingDeadlineSeconds\`.`,
        fixes: () =>
          reviewed(
            `Set \`startingDeadlineSeconds: ${deadline}\` (a run that is later is skipped)`,
            setPath(model.document, spec, ["startingDeadlineSeconds"], deadline, {
              position: { after: ["schedule", "timeZone"] },
            }),
          ),
      };
    }
  },
});

/** Well within the time to the next run, and never so short that the controller, which looks every ten seconds, misses it. */
function deadlineFor(schedule: string | undefined): number {
  const read = schedule === undefined ? undefined : readSchedule(schedule);
  const gap = read === undefined || isCronProblem(read) ? 3600 : leastGap(read);
  if (gap >= 86_400) return 3600;
  return gap >= 3600 ? 600 : Math.max(30, Math.min(120, Math.floor(gap / 2)));
}
