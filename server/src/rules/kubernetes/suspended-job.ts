import { defineRule } from "../../engine/rule.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import { booleanOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { cronJobsOf, jobsOf } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "suspended-job",
  summary: "A Job or CronJob is suspended, so it does not run.",
  why: `\`suspend: true\` is meant for a while: an outage, a migration. In a file under version control it stays, every deployment suspends the job anew, and nothing fails when its work is not done.
Where a job is only ever started by hand or by a queue such as Kueue it is right; jobs with a queue's label are left alone.`,
  category: "lifecycle",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-suspension"],
  fix: "review",
  examples: [{ bad: cronJobWith({ spec: ["suspend: true"] }), good: cronJobWith({}) }],
  keys: ["suspend"],
  *check(model) {
    const jobs = jobsOf(model).filter(({ cron }) => !cron);
    for (const { resource, spec } of [...cronJobsOf(model), ...jobs]) {
      const entry = spec.get("suspend");
      if (entry === undefined || booleanOf(entry.value) !== true) continue;
      if ([...resource.labels.keys()].some((label) => label.startsWith("kueue.x-k8s.io/"))) continue;
      yield {
        at: entry.keySpan,
        message: `${titleOf(resource)} is suspended, so it does not run: remove \`suspend\` once it is to.`,
        fixes: () => reviewed("Remove `suspend` (it runs again)", removeEntry(model.document, spec, "suspend")),
      };
    }
  },
});
