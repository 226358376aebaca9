import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { titleOf } from "./shared/availability.ts";
import { budgetWith } from "./shared/availability-example.ts";
import { budgetsOf } from "./shared/budgets.ts";

export default defineRule("kubernetes", {
  slug: "budget-without-policy",
  summary: "A disruption budget says neither how many pods must stay nor how many may go.",
  why: `Kubernetes accepts a PodDisruptionBudget with neither \`minAvailable\` nor \`maxUnavailable\`. Its controller then expects no pods and allows no disruption: no pod
that the budget selects can be evicted, and draining a node, as in every cluster upgrade, waits for as long as it is allowed to.

\`maxUnavailable: 1\` is what nearly everybody means: one pod at a time, however many there are.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-score:PodDisruptionBudget has policy", "kube-score:poddisruptionbudget-has-policy"],
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  fix: "review",
  examples: [{ bad: budgetWith([]), good: budgetWith(["maxUnavailable: 1"]) }],
  *check(model) {
    for (const { resource, whole, minAvailable, maxUnavailable } of budgetsOf(model)) {
      const spec = resource.entry("spec");
      if (!whole || spec === undefined || minAvailable.entry !== undefined || maxUnavailable.entry !== undefined)
        continue;
      yield {
        at: spec.keySpan,
        message: `${titleOf(resource)} has no policy, so no pod that it selects can be evicted and nodes cannot be drained: add \`maxUnavailable: 1\`.`,
        fixes: () =>
          reviewed(
            "Let one pod at a time be evicted",
            setPath(model.document, resource.map, ["spec", "maxUnavailable"], 1, { position: "start" }),
          ),
      };
    }
  },
});
