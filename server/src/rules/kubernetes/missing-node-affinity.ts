import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { titleOf } from "./shared/availability.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-node-affinity",
  summary: "A workload may run on any node.",
  why: `In a cluster of unlike nodes (other processors, spot instances, nodes with a GPU that somebody pays for) a workload that says nothing about them may land on any. An image
for one architecture then crashes on the other, and a database on a spot node moves every day. A \`nodeAffinity\` or a \`nodeSelector\` says where it belongs.

Most clusters keep special nodes free with taints, which asks nothing of ordinary workloads; that is the better way round, and why this is off unless asked for.`,
  category: "availability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:no-node-affinity"],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/"],
  fix: null,
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({ pod: ["automountServiceAccountToken: false", "nodeSelector:", "  kubernetes.io/arch: amd64"] }),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      const at = pod.containersEntry?.keySpan;
      if (!whole || at === undefined || pod.get("nodeName") !== undefined) continue;
      if (pod.get("affinity", "nodeAffinity") !== undefined || pod.get("nodeSelector") !== undefined) continue;
      if (pod.get("affinity")?.type === "scalar") continue;
      yield {
        at,
        message: `${titleOf(resource)} may run on any node: say with \`nodeAffinity\` or \`nodeSelector\` where it belongs, unless all nodes are alike.`,
      };
    }
  },
});
