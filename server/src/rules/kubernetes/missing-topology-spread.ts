import { defineRule } from "../../engine/rule.ts";
import { isReplicated, replicasOf, titleOf } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { spreadFixes } from "./shared/spread.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-topology-spread",
  summary: "A workload says nothing about how its pods spread over nodes and zones.",
  why: `A \`podAntiAffinity\` by host name keeps pods off each other's nodes and says nothing of zones: all nodes may stand in the one that fails. A required one also caps the
number of pods at the number of nodes. \`topologySpreadConstraints\` do both and give way where they cannot.

Against it: the scheduler has constraints of its own by default, and a cluster's operators may have set better ones for everybody, which a workload's own replace. That
is why this is off unless asked for; \`colocated-replicas\` speaks of workloads that nothing spreads.`,
  category: "availability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["polaris:topologySpreadConstraint"],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"],
  fix: "review",
  examples: [
    {
      bad: deploymentWith({}),
      good: deploymentWith({
        pod: [
          "topologySpreadConstraints:",
          "  - maxSkew: 1",
          "    topologyKey: kubernetes.io/hostname",
          "    whenUnsatisfiable: ScheduleAnyway",
          "    labelSelector:",
          "      matchLabels:",
          "        app: api",
          "  - maxSkew: 1",
          "    topologyKey: topology.kubernetes.io/zone",
          "    whenUnsatisfiable: ScheduleAnyway",
          "    labelSelector:",
          "      matchLabels:",
          "        app: api",
        ],
      }),
    },
  ],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      const replicas = resource.get("spec", "replicas") === undefined ? undefined : replicasOf(resource);
      const alone = replicas !== undefined && replicas < 2;
      const at = pod.containersEntry?.keySpan;
      if (!whole || !isReplicated(resource) || alone || at === undefined) continue;
      if (pod.get("topologySpreadConstraints") !== undefined) continue;
      yield {
        at,
        message: `Nothing spreads the pods of ${titleOf(resource, "within")} over zones: add \`topologySpreadConstraints\`, unless the cluster has its own for all workloads.`,
        fixes: () => spreadFixes(model, resource, pod),
      };
    }
  },
});
