import { defineRule } from "../../engine/rule.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { asMap, asScalar } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { amountOf } from "./shared/availability.ts";
import { budgetWith } from "./shared/availability-example.ts";
import { budgetsOf } from "./shared/budgets.ts";

export default defineRule("kubernetes", {
  slug: "invalid-disruption-budget",
  summary: "A disruption budget that Kubernetes refuses.",
  why: `A PodDisruptionBudget says either how many pods must stay (\`minAvailable\`) or how many may go (\`maxUnavailable\`), as a whole number or a percentage up to 100 %. With
both, or with more than all, the API server refuses it, and the pods go without any budget.

Of the two, \`maxUnavailable\` keeps working when the number of pods changes.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  fix: "review",
  examples: [{ bad: budgetWith(["minAvailable: 1", "maxUnavailable: 1"]), good: budgetWith(["maxUnavailable: 1"]) }],
  *check(model) {
    for (const { resource, minAvailable, maxUnavailable } of budgetsOf(model)) {
      // Of the two that a template writes, a condition around them may leave one.
      if (!model.templated && minAvailable.entry !== undefined && maxUnavailable.entry !== undefined) {
        const spec = asMap(resource.get("spec"));
        yield {
          at: minAvailable.entry.keySpan,
          message:
            "Kubernetes refuses a budget with both `minAvailable` and `maxUnavailable`: keep the one that is meant, best `maxUnavailable`.",
          fixes: () =>
            spec === undefined
              ? []
              : reviewed(
                  "Keep `maxUnavailable` alone (it says how many pods may be missing, however many there are)",
                  removeEntry(model.document, spec, "minAvailable"),
                ),
        };
      }
      for (const { key, entry } of [minAvailable, maxUnavailable]) {
        const scalar = asScalar(entry?.value);
        if (scalar === undefined) continue;
        const wrong = faultOf(scalar);
        if (wrong === undefined) continue;
        yield {
          at: scalar.span,
          message: `\`${key}: ${scalar.text}\` is refused by Kubernetes, since it ${wrong}.`,
        };
      }
    }
  },
});

/** Other texts and types are wrong by the schema already. */
function faultOf(scalar: YamlScalar): string | undefined {
  const amount = amountOf(scalar);
  if (amount === undefined) return undefined;
  if ("percent" in amount) return amount.percent > 100 ? "is more than all pods: write at most `100%`" : undefined;
  return amount.count < 0 ? "is below zero: write a number of pods, or a percentage" : undefined;
}
