import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { cronJobsOf, wholeNumberAt } from "./shared/jobs.ts";

/** So many finished runs tell nothing more, and each is a Job and its pods that the API server keeps. */
const most = 20;

export default defineRule("kubernetes", {
  slug: "job-history",
  summary: "A CronJob keeps no failed run, or a great many finished ones.",
  why: `With \`failedJobsHistoryLimit: 0\` a failed run is deleted at once, with its pods and their logs: what went wrong in the night cannot be seen in the morning. Great numbers are the opposite: each
finished run stays as a Job with its pods, which slows listing down for everybody and counts against the namespace's quota of objects.`,
  category: "observability",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#jobs-history-limits"],
  fix: "review",
  examples: [
    {
      bad: cronJobWith({ spec: ["failedJobsHistoryLimit: 0"] }),
      good: cronJobWith({ spec: ["failedJobsHistoryLimit: 1"] }),
    },
  ],
  keys: ["failedJobsHistoryLimit", "successfulJobsHistoryLimit"],
  *check(model) {
    for (const { resource, spec } of cronJobsOf(model)) {
      for (const { key, usual } of limits) {
        const number = wholeNumberAt(spec, key);
        const node = spec.get(key)?.value;
        if (number === undefined || node?.type !== "scalar") continue;
        const none = number === 0 && key === "failedJobsHistoryLimit";
        if (!none && number <= most) continue;
        yield {
          at: node.span,
          message: none
            ? `${titleOf(resource)} deletes failed runs at once, with their logs: keep at least one.`
            : `${titleOf(resource)} keeps ${number} finished runs and their pods: a few are enough.`,
          fixes: () =>
            reviewed(
              `Set \`${key}: ${usual}\`, as Kubernetes does by itself`,
              replaceScalar(model.document, node, usual),
            ),
        };
      }
    }
  },
});

const limits = [
  { key: "failedJobsHistoryLimit", usual: 1 },
  { key: "successfulJobsHistoryLimit", usual: 3 },
] as const;
