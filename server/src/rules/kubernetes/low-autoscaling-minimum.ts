import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { autoscalersOf } from "./shared/autoscaling.ts";
import { autoscalerWith } from "./shared/availability-example.ts";
import { titleOf } from "./shared/availability.ts";

export default defineRule("kubernetes", {
  slug: "low-autoscaling-minimum",
  summary: "An autoscaler may go down to a single pod.",
  why: `An autoscaler looks at load, not at what a failure would cost. In a quiet night it goes down to its minimum, and with a minimum of one (which is also
what a missing \`minReplicas\` means) the next node upgrade or crash is an outage, however far it could have scaled up.

Leave it where nobody minds a pause, as in a test cluster. An autoscaler that goes to zero on purpose is left alone.`,
  category: "availability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:hpa-minimum-three-replicas",
    "kube-score:HorizontalPodAutoscaler Replicas",
    "kube-score:horizontalpodautoscaler-replicas",
    "polaris:hpaMinAvailability",
  ],
  references: ["https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/"],
  fix: "review",
  keys: ["scaleTargetRef"],
  options: { minimum: { default: 2, description: "How many pods are enough when there is nothing to do." } },
  examples: [
    {
      bad: autoscalerWith(["minReplicas: 1", "maxReplicas: 10"]),
      good: autoscalerWith(["minReplicas: 2", "maxReplicas: 10"]),
    },
  ],
  *check(model, { minimum: enough }) {
    for (const { resource, whole, keda, keys, minimum, maximum } of autoscalersOf(model)) {
      // What KEDA scales by a queue's length has nothing to do at its minimum.
      if (keda || (minimum.entry === undefined && !whole)) continue;
      const lowest = minimum.entry === undefined ? 1 : minimum.number;
      if (lowest === undefined || lowest < 1 || lowest >= enough) continue;
      // One that cannot scale at all is another rule's.
      if (maximum.number !== undefined && maximum.number <= lowest) continue;
      const at = minimum.entry?.keySpan ?? maximum.entry?.keySpan ?? resource.entry("spec")?.keySpan;
      if (at === undefined) continue;
      const pods = lowest === 1 ? "a single pod" : `${lowest} pods`;
      yield {
        at,
        message: `${titleOf(resource)} may scale down to ${pods}, so the loss of a node is then an outage: set \`${keys.minimum}\` to ${enough} or more.`,
        fixes: () =>
          maximum.number !== undefined && maximum.number < enough
            ? []
            : reviewed(
                `Keep at least ${enough} pods (the program must be able to run more than once)`,
                setPath(model.document, resource.map, ["spec", keys.minimum], enough, {
                  position: { before: [keys.maximum] },
                }),
              ),
      };
    }
  },
});
