import { defineRule } from "../../engine/rule.ts";
import { isCronProblem, leastGap, readSchedule } from "../../languages/kubernetes/cron.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isNull } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { jobSpecWith } from "./shared/job-example.ts";
import { jobsOf, scheduleText } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "job-without-deadline",
  summary: "Nothing ends a Job that hangs.",
  why: `A Job waits for its pods however long they take. One that hangs on a lock or a dead connection holds what it requested for ever, and with \`concurrencyPolicy: Forbid\` no later run of its
CronJob starts: from then on nothing happens, and nothing fails. \`activeDeadlineSeconds\` ends it and marks it as failed.

How long a job may take only its author knows, so this is off unless you ask for it.`,
  category: "lifecycle",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-termination-and-cleanup"],
  fix: "review",
  examples: [{ bad: jobSpecWith([]), good: jobSpecWith(["activeDeadlineSeconds: 3600"]) }],
  *check(model) {
    for (const { resource, spec, pod, whole } of jobsOf(model)) {
      if (!whole || !isNull(spec.get("activeDeadlineSeconds")?.value)) continue;
      if (pod?.get("activeDeadlineSeconds") !== undefined) continue;
      const read = readSchedule(scheduleText(resource.get("spec", "schedule")) ?? "@hourly");
      const seconds = isCronProblem(read) ? 3600 : Math.min(Math.max(leastGap(read), 60), 3600);
      yield {
        at: resource.kindEntry.keySpan,
        message: `Nothing ends ${titleOf(resource, "within")} where it hangs: set \`activeDeadlineSeconds\`.`,
        fixes: () =>
          reviewed(
            `Set \`activeDeadlineSeconds: ${seconds}\`, to be measured (what takes longer is ended)`,
            setPath(model.document, spec, ["activeDeadlineSeconds"], seconds, { position: { before: ["template"] } }),
          ),
      };
    }
  },
});
