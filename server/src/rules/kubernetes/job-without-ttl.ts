import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { isNull } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { jobSpecWith } from "./shared/job-example.ts";
import { jobsOf } from "./shared/jobs.ts";

export default defineRule("kubernetes", {
  slug: "job-without-ttl",
  summary: "A Job stays in the cluster for ever after it is done.",
  why: `Nobody deletes a finished Job, nor its pods. They count against quotas, slow down lists, and stand in the way of the next one: a Job's pod template cannot be changed, so applying a new version
of the same name fails while the old one is there. \`ttlSecondsAfterFinished\` deletes them some time after the end.

Keep enough time for somebody to read the logs. Jobs that Helm or Argo CD run as hooks are deleted by these; those of a CronJob by its history limits.`,
  category: "lifecycle",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: ["kube-linter:job-ttl-seconds-after-finished"],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/"],
  fix: "review",
  examples: [{ bad: jobSpecWith([]), good: jobSpecWith(["ttlSecondsAfterFinished: 86400"]) }],
  *check(model) {
    for (const { resource, spec, whole, cron } of jobsOf(model)) {
      if (!whole || cron || !isNull(spec.get("ttlSecondsAfterFinished")?.value)) continue;
      if (resource.annotations.some(({ name }) => hooks.has(name))) continue;
      yield {
        at: resource.kindEntry.keySpan,
        message: `${titleOf(resource)} stays in the cluster after it is done, with its pods: set \`ttlSecondsAfterFinished\`.`,
        fixes: () =>
          reviewed(
            "Set `ttlSecondsAfterFinished: 86400` (a day after its end the Job and its logs are deleted)",
            setPath(model.document, spec, ["ttlSecondsAfterFinished"], 86_400, { position: { before: ["template"] } }),
          ),
      };
    }
  },
});

const hooks: ReadonlySet<string> = new Set(["helm.sh/hook", "argocd.argoproj.io/hook"]);
