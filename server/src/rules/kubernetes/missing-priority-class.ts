import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { titleOf } from "./shared/availability.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-priority-class",
  summary: "A workload names no priority class.",
  why: `When a cluster is full, pods of higher priority take the places of lower ones. A workload without a class has the cluster's default, mostly 0 like everything else, so that
what happens to run first stays and the service that earns the money waits.

Priorities help only where somebody has thought about all of them: classes for everything, the highest for everything, is no order, and a class that the cluster does not have keeps
pods from being made. That is why this is off unless asked for, and why it has no fix.`,
  category: "availability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["polaris:priorityClassNotSet"],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/"],
  fix: null,
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({ pod: ["automountServiceAccountToken: false", "priorityClassName: batch"] }),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      const at = pod.containersEntry?.keySpan;
      if (!whole || at === undefined || pod.get("priorityClassName") !== undefined) continue;
      if (pod.get("priority") !== undefined) continue;
      yield {
        at,
        message: `${titleOf(resource)} names no priority class, so a full cluster treats it like everything else: set \`priorityClassName\`.`,
      };
    }
  },
});
