import { defineRule } from "../../engine/rule.ts";
import { upperFirst } from "../../text/words.ts";
import { allPods, isReplicated, replicasOf, titleOf } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { hasKnownLabels, spreadFixes, spreadOf } from "./shared/spread.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "colocated-replicas",
  summary: "Several replicas may all run on one node.",
  why: `Replicas help against the loss of a node only where they run on different ones. The scheduler spreads pods a little by itself, but gives that up for other wishes: a node
that already has the image, one with more room, the only one that was up after an upgrade. When that node goes, all of them go.

\`topologySpreadConstraints\` with the workload's own labels, or a \`podAntiAffinity\` that selects them, says that it matters. With \`ScheduleAnyway\` no pod waits for a
node that is not there. On a cluster of one node it changes nothing.`,
  category: "availability",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-linter:no-anti-affinity",
    "kube-score:Deployment has host PodAntiAffinity",
    "kube-score:deployment-has-host-podantiaffinity",
    "kube-score:StatefulSet has host PodAntiAffinity",
    "kube-score:statefulset-has-host-podantiaffinity",
    "kics:deployment_has_no_pod_anti_affinity",
    "kics:statefulset_has_no_pod_anti_affinity",
  ],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/"],
  fix: "review",
  keys: ["replicas"],
  examples: [
    {
      bad: deploymentWith({}),
      good: deploymentWith({ pod: constraints("kubernetes.io/hostname", "topology.kubernetes.io/zone") }),
    },
  ],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      const replicas = replicasOf(resource);
      if (!whole || !isReplicated(resource) || replicas === undefined || replicas < 2) continue;
      const spread = spreadOf(resource, pod);
      if (spread.by !== "nothing" || !hasKnownLabels(pod)) continue;
      const which = spread.others ? "its `podAntiAffinity` selects only other pods" : "nothing spreads them";
      yield {
        at: spread.at,
        message: `${upperFirst(allPods(replicas))} of ${titleOf(resource, "within")} may run on one node, since ${which}: add \`topologySpreadConstraints\` with their own labels.`,
        fixes: () => spreadFixes(model, resource, pod),
      };
    }
  },
});

function constraints(...keys: readonly string[]): readonly string[] {
  return [
    "topologySpreadConstraints:",
    ...keys.flatMap((key) => [
      "  - maxSkew: 1",
      `    topologyKey: ${key}`,
      "    whenUnsatisfiable: ScheduleAnyway",
      "    labelSelector:",
      "      matchLabels:",
      "        app: api",
    ]),
  ];
}
