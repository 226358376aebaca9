import { defineRule } from "../../engine/rule.ts";
import { renameKey, replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar } from "../../languages/yaml/path.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { autoscalerWith, budgetWith, deploymentWith } from "./shared/availability-example.ts";
import { autoscalerOf, lowestOf } from "./shared/autoscaled.ts";
import { coveredBy } from "./shared/budget-targets.ts";
import { budgetsOf } from "./shared/budgets.ts";
import { placeOf } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "budget-above-autoscaler",
  summary: "A disruption budget wants more pods to stay than the autoscaler keeps.",
  why: `The autoscaler goes down to its minimum when there is little to do, and the budget asks for more pods than that. From then on no pod may be evicted: at night, when clusters
are upgraded and spare nodes given back, nothing moves. The autoscaler itself does not care about budgets.

\`maxUnavailable: 1\` fits any number of pods.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["polaris:pdbMinAvailableGreaterThanHPAMinReplicas"],
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  fix: "review",
  reads: "workspace",
  keys: ["minAvailable"],
  examples: [
    {
      bad: `${budgetWith(["minAvailable: 3"])}---\n${others()}`,
      good: `${budgetWith(["maxUnavailable: 1"])}---\n${others()}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const { resource, minAvailable, maxUnavailable } of budgetsOf(model)) {
      const { entry, amount } = minAvailable;
      const scalar = asScalar(entry?.value);
      const selector = resource.get("spec", "selector");
      if (entry === undefined || scalar === undefined || selector === undefined) continue;
      if (amount === undefined || !("count" in amount) || maxUnavailable.entry !== undefined) continue;
      const manifests = workspace.manifests();
      const covered = coveredBy(manifests, { namespace: resource.namespace, selector: plainValue(selector) });
      const [workload] = covered;
      if (workload === undefined || covered.length > 1) continue;
      const autoscaler = autoscalerOf(manifests, workload);
      const lowest = autoscaler === undefined ? undefined : lowestOf(autoscaler);
      if (autoscaler === undefined || lowest === undefined || lowest === 0 || amount.count <= lowest) continue;
      yield {
        at: scalar.span,
        message: `${amount.count} pods must stay, but the autoscaler goes down to ${lowest}, and then none may be evicted: set \`maxUnavailable: 1\` instead.`,
        related: [placeOf(autoscaler)],
        fixes: () =>
          reviewed(
            "Let one pod at a time be evicted, however many there are",
            joined(model.document.text, [
              renameKey(model.document, entry, "maxUnavailable"),
              replaceScalar(model.document, scalar, 1),
            ]),
          ),
      };
    }
  },
});

function others(): string {
  return `${deploymentWith({ spec: [] })}---\n${autoscalerWith(["minReplicas: 2", "maxReplicas: 8"])}`;
}
