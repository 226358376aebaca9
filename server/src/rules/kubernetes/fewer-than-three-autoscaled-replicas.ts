import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { autoscalersOf } from "./shared/autoscaling.ts";
import { autoscalerWith } from "./shared/availability-example.ts";
import { titleOf } from "./shared/availability.ts";

export default defineRule("kubernetes", {
  slug: "fewer-than-three-autoscaled-replicas",
  summary: "An autoscaler may go down to two pods.",
  why: `Two pods survive the loss of one, but then all load is on the other, and a rollout or a drained node at the same moment takes both. With three, one per
zone, one can be updated while another fails.

A third pod costs as much as the other two each, and many services do well with two; that is why this is off unless asked for. A minimum of one is
\`low-autoscaling-minimum\`'s.`,
  category: "availability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:hpa-minimum-three-replicas"],
  references: ["https://kubernetes.io/docs/setup/best-practices/multiple-zones/"],
  fix: "review",
  keys: ["scaleTargetRef"],
  examples: [
    {
      bad: autoscalerWith(["minReplicas: 2", "maxReplicas: 10"]),
      good: autoscalerWith(["minReplicas: 3", "maxReplicas: 10"]),
    },
  ],
  *check(model) {
    for (const { resource, keda, keys, minimum, maximum } of autoscalersOf(model)) {
      const { entry } = minimum;
      if (keda || entry === undefined || minimum.number !== 2) continue;
      yield {
        at: entry.keySpan,
        message: `${titleOf(resource)} may scale down to 2 pods, so one of them carries all load while the other is replaced: set \`${keys.minimum}\` to 3.`,
        fixes: () =>
          maximum.number !== undefined && maximum.number < 3
            ? []
            : reviewed(
                "Keep at least 3 pods (the third takes as much of a node as each of the others)",
                setPath(model.document, resource.map, ["spec", keys.minimum], 3),
              ),
      };
    }
  },
});
