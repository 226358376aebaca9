import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule } from "../../engine/rule.ts";
import { atLeast } from "../../knowledge/deprecated-apis.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { allPods, isReplicated, replicasOf, titleOf } from "./shared/availability.ts";
import { budgetWith, deploymentWith } from "./shared/availability-example.ts";
import { placedWorkload, selectorIn } from "./shared/budget-targets.ts";
import { appendObject, podSelector } from "./shared/generated-object.ts";
import { hasKnownLabels, selectsOwn } from "./shared/spread.ts";
import { workloadsOf } from "./shared/workloads.ts";
import { selects } from "../../workspace/label-selector.ts";

export default defineRule("kubernetes", {
  slug: "missing-disruption-budget",
  summary: "No disruption budget keeps some of several replicas running while nodes are drained.",
  why: `An upgrade of the cluster drains node after node, and an autoscaler of nodes does so all day. Without a PodDisruptionBudget all replicas of a service may be evicted at
once: each replacement starts somewhere, but nobody waits for it. With \`maxUnavailable: 1\` the drain takes one pod, and the next when that one is back.

A budget protects against what is planned, not against crashes, and one that allows nothing is worse than none, since no node can be drained any more. Workloads that write \`replicas: 1\`
are not asked for one.`,
  category: "availability",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-score:Deployment has PodDisruptionBudget",
    "kube-score:deployment-has-poddisruptionbudget",
    "kube-score:StatefulSet has PodDisruptionBudget",
    "kube-score:statefulset-has-poddisruptionbudget",
    "polaris:missingPodDisruptionBudget",
    "kics:deployment_without_pod_disruption_budget",
    "kics:statefulset_without_pod_disruption_budget",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/disruptions/",
    "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
  ],
  fix: "review",
  reads: "workspace",
  examples: [{ bad: deploymentWith({}), good: `${deploymentWith({})}---\n${budgetWith(["maxUnavailable: 1"])}` }],
  *check(model, _options, workspace) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      if (!whole || !isReplicated(resource) || !hasKnownLabels(pod)) continue;
      const placed = placedWorkload(workspace, resource);
      const replicas = placed === undefined ? replicasOf(resource) : placed.replicas;
      const isWritten = resource.get("spec", "replicas") !== undefined || replicas !== undefined;
      if (isWritten && (typeof replicas !== "number" || replicas < 2)) continue;
      // One that does not select its own pods is refused, and needs its labels mended first.
      if (
        selectsOwn(resource.get("spec", "selector"), pod) === false &&
        resource.get("spec", "selector") !== undefined
      ) {
        continue;
      }
      const manifests = workspace.manifests();
      const labels = placed?.labels ?? Object.fromEntries(pod.labels);
      const budgets = manifests.everywhere("PodDisruptionBudget");
      const covered = budgets.some(
        (budget) =>
          mayBeOne(budget.namespace, resource.namespace) && (budget.partial || selects(selectorIn(budget), labels)),
      );
      if (covered || manifests.open) continue;
      const pods = replicas === undefined ? "the pods" : allPods(replicas);
      yield {
        at: (resource.entry("spec", "selector", "matchLabels") ?? resource.kindEntry).keySpan,
        message: `Draining nodes may evict ${pods} of ${titleOf(resource, "within")} at once: add a PodDisruptionBudget with \`maxUnavailable: 1\`.`,
        // Where no number is written, one pod may be all there is.
        ...(replicas === undefined ? { severity: "hint" as const } : {}),
        fixes: () => {
          const selector = podSelector(resource);
          if (selector === undefined || resource.name === undefined) return [];
          const taken = budgets.some(
            (budget) => budget.name === resource.name && mayBeOne(budget.namespace, resource.namespace),
          );
          return reviewed(
            "Add a PodDisruptionBudget that lets one pod at a time go (a drain then waits for its replacement)",
            appendObject(model, resource, {
              apiVersion: atLeast(model.release, "1.21") ? "policy/v1" : "policy/v1beta1",
              kind: "PodDisruptionBudget",
              name: taken ? `${resource.name}-pdb` : resource.name,
              body: { spec: { maxUnavailable: 1, selector } },
            }),
          );
        },
      };
    }
  },
});
