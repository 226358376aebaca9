import { defineRule } from "../../engine/rule.ts";
import { autoscalersOf } from "./shared/autoscaling.ts";
import { autoscalerWith } from "./shared/availability-example.ts";
import { titleOf } from "./shared/availability.ts";

export default defineRule("kubernetes", {
  slug: "fixed-autoscaler",
  summary: "An autoscaler's minimum and maximum are the same, so it never scales.",
  why: `With both bounds alike an autoscaler is a \`replicas\` field written the long way: it watches metrics and may do nothing about them. Whoever sees that an
autoscaler is there takes it that load is looked after.

Often the number was pinned for an incident and never set free again. Raise the maximum, or take the autoscaler away and write \`replicas\`. The rule has no
fix, since how far a service may grow depends on what is behind it: connections to a database, quotas, money.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["polaris:hpaMaxAvailability"],
  references: ["https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/"],
  fix: null,
  keys: ["scaleTargetRef"],
  examples: [
    {
      bad: autoscalerWith(["minReplicas: 3", "maxReplicas: 3"]),
      good: autoscalerWith(["minReplicas: 3", "maxReplicas: 6"]),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { resource, whole, keda, keys, minimum, maximum } of autoscalersOf(model)) {
      const lowest = minimum.entry === undefined ? (whole && !keda ? 1 : undefined) : minimum.number;
      if (maximum.entry === undefined || maximum.number === undefined || maximum.number !== lowest) continue;
      yield {
        at: maximum.entry.keySpan,
        message: `${titleOf(resource)} never scales, as it may have no more than the ${lowest} ${lowest === 1 ? "pod" : "pods"} that it has to have: raise \`${keys.maximum}\`.`,
      };
    }
  },
});
