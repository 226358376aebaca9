import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule } from "../../engine/rule.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { budgetWith, deploymentWith } from "./shared/availability-example.ts";
import { coveredBy, covers, selectorIn } from "./shared/budget-targets.ts";
import { budgetsOf } from "./shared/budgets.ts";
import { placeOf } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "overlapping-disruption-budgets",
  summary: "Two disruption budgets select the same pods, which then cannot be evicted at all.",
  why: `Kubernetes does not add budgets up. Where two of them select one pod, every eviction of it fails with an error, whatever both would allow, and its node cannot be drained. It
happens where a chart brings a budget and somebody writes another, or where a selector is wider than it was meant to be.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors"],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: `${deploymentWith({})}---\n${budgetWith(["maxUnavailable: 1"])}---\n${budgetWith(["minAvailable: 1"]).replace("name: api", "name: api-again")}`,
      good: `${deploymentWith({})}---\n${budgetWith(["maxUnavailable: 1"])}`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const { resource, whole } of budgetsOf(model)) {
      const entry = resource.entry("spec", "selector");
      const { name, namespace } = resource;
      if (!whole || entry === undefined || name === undefined) continue;
      const manifests = workspace.manifests();
      const budgets = manifests.siblings("PodDisruptionBudget").filter((one) => !one.partial);
      if (budgets.length < 2) continue;
      const own = coveredBy(manifests, { namespace, selector: plainValue(entry.value) });
      for (const other of budgets) {
        // The first of the two has nothing to mend.
        if (other.name === name && (other.namespace ?? namespace) === namespace) break;
        if (other.name === undefined || !mayBeOne(other.namespace, resource.namespace)) continue;
        // Written nowhere on either side, they may still be for two namespaces.
        if ((other.namespace === undefined) !== (namespace === undefined)) continue;
        const both = own.find((workload) =>
          covers({ namespace: other.namespace, selector: selectorIn(other) }, workload),
        );
        if (both === undefined) continue;
        yield {
          at: entry.keySpan,
          message: `Budget \`${other.name}\` selects the pods of ${both.kind} \`${both.name ?? "?"}\` too, and a pod under two budgets cannot be evicted: keep one.`,
          related: [placeOf(other)],
        };
        break;
      }
    }
  },
});
