import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { allPods, amountOf, isAppsKind, isNone, podsOf, replicasOf, titleOf } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";

export default defineRule("kubernetes", {
  slug: "stopping-rollout",
  summary: "A rolling update may stop all pods at once.",
  why: `\`maxUnavailable\` says how many pods may be missing while an update runs. Where that is all of them, Kubernetes stops every old pod before a new one is ready, and
if the new version does not start, nothing is left that could answer. It is \`Recreate\` by another name, and usually a number that was right before \`replicas\`
was changed.

Where the old pods really have to be gone first, \`strategy: Recreate\` says so.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-unavailable"],
  fix: "review",
  keys: ["maxUnavailable"],
  examples: [
    {
      bad: deploymentWith({ spec: ["replicas: 3", "strategy:", "  rollingUpdate:", "    maxUnavailable: 100%"] }),
      good: deploymentWith({ spec: ["replicas: 3", "strategy:", "  rollingUpdate:", "    maxUnavailable: 1"] }),
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      const isDaemon = isAppsKind(resource, "DaemonSet");
      if (!isDaemon && !isAppsKind(resource, "Deployment")) continue;
      const path = ["spec", isDaemon ? "updateStrategy" : "strategy"] as const;
      const type = scalarText(resource.get(...path, "type"));
      const scalar = asScalar(resource.get(...path, "rollingUpdate", "maxUnavailable"));
      const amount = amountOf(scalar);
      if (scalar === undefined || amount === undefined || isNone(amount)) continue;
      if (type !== undefined && type !== "RollingUpdate") continue;
      const replicas = isDaemon ? undefined : replicasOf(resource);
      const all = "percent" in amount && amount.percent >= 100;
      if ("percent" in amount && amount.percent > 100) continue;
      // A single pod that may be missing is an outage that `single-replica` speaks of.
      if (!all && (replicas === undefined || replicas < 2 || podsOf(amount, replicas, "down") < replicas)) continue;
      if (replicas !== undefined && replicas < 2) continue;
      const pods = isDaemon ? "its pods on all nodes" : replicas === undefined ? "every pod" : allPods(replicas);
      yield {
        at: scalar.span,
        message: `An update of ${titleOf(resource, "within")} may stop ${pods} before a new one is ready: set \`maxUnavailable\` to 1 or a small share.`,
        fixes: () =>
          reviewed("Replace one pod at a time (an update takes longer)", replaceScalar(model.document, scalar, 1)),
      };
    }
  },
});
