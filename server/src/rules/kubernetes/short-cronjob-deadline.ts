import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { cronJobsOf, wholeNumberAt } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "short-cronjob-deadline",
  summary: "A CronJob gives its runs less time to start than the controller takes to look.",
  why: `The controller looks at CronJobs every ten seconds or so. With a \`startingDeadlineSeconds\` below that, a run is often overdue before anybody looked, and is skipped: the job runs
sometimes, or never, and nothing fails.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline"],
  fix: "review",
  examples: [
    {
      bad: cronJobWith({ spec: ["startingDeadlineSeconds: 5"] }),
      good: cronJobWith({ spec: ["startingDeadlineSeconds: 60"] }),
    },
  ],
  keys: ["startingDeadlineSeconds"],
  *check(model) {
    for (const { resource, spec } of cronJobsOf(model)) {
      const deadline = wholeNumberAt(spec, "startingDeadlineSeconds");
      const node = spec.get("startingDeadlineSeconds")?.value;
      // Less than nothing is refused, which the schema says.
      if (deadline === undefined || deadline < 0 || deadline >= 10 || node?.type !== "scalar") continue;
      yield {
        at: node.span,
        message: `${titleOf(resource)} gives its runs ${deadline} seconds to start, less than the ten after which the controller looks: allow a minute.`,
        fixes: () =>
          reviewed(
            "Set `startingDeadlineSeconds: 60` (a run may start a minute late)",
            replaceScalar(model.document, node, 60),
          ),
      };
    }
  },
});
