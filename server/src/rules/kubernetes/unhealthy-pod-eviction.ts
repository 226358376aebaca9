import { defineRule } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { budgetWith } from "./shared/availability-example.ts";
import { budgetsOf } from "./shared/budgets.ts";

export default defineRule("kubernetes", {
  slug: "unhealthy-pod-eviction",
  summary: "A disruption budget does not say what becomes of pods that are not healthy.",
  why: `Unless told otherwise, a budget that is already overdrawn also protects pods that are not ready. One workload in a crash loop then holds up the drain of every node it
is on, and the upgrade of the cluster with it, although evicting those pods would harm nobody. \`unhealthyPodEvictionPolicy: AlwaysAllow\` lets them go; Kubernetes'
own documentation recommends it.

The default, \`IfHealthyBudget\`, is right for databases that need a quorum and whose members are being recovered by hand. Write it down where it is meant.`,
  category: "availability",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["kube-linter:pdb-unhealthy-pod-eviction-policy"],
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy"],
  fix: "review",
  examples: [
    {
      bad: budgetWith(["maxUnavailable: 1"]),
      good: `${budgetWith(["maxUnavailable: 1"])}  unhealthyPodEvictionPolicy: AlwaysAllow\n`,
    },
  ],
  *check(model) {
    // On by default since 1.27.
    if (!atLeast(model.release, "1.27")) return;
    for (const { resource, whole, minAvailable, maxUnavailable } of budgetsOf(model)) {
      if (!whole || resource.apiVersion !== "policy/v1") continue;
      if (resource.entry("spec", "unhealthyPodEvictionPolicy") !== undefined) continue;
      const at = maxUnavailable.entry?.keySpan ?? minAvailable.entry?.keySpan;
      if (at === undefined) continue;
      yield {
        at,
        message: `Pods of ${titleOf(resource, "within")} that are not ready can hold up the drain of their node: set \`unhealthyPodEvictionPolicy: AlwaysAllow\`, or say that \`IfHealthyBudget\` is meant.`,
        fixes: () =>
          reviewed(
            "Let pods that are not ready be evicted at any time",
            setPath(model.document, resource.map, ["spec", "unhealthyPodEvictionPolicy"], "AlwaysAllow"),
          ),
      };
    }
  },
});
