import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { renameKey, replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar } from "../../languages/yaml/path.ts";
import type { ManifestView, PlacedWorkload } from "../../workspace/manifests.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { isNone, podsOf, titleOf } from "./shared/availability.ts";
import { budgetWith } from "./shared/availability-example.ts";
import { autoscalerOf, lowestOf } from "./shared/autoscaled.ts";
import { coveredBy } from "./shared/budget-targets.ts";
import { type Budget, budgetsOf } from "./shared/budgets.ts";
import { placeOf } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "blocking-disruption-budget",
  summary: "A disruption budget allows no pod to be evicted.",
  why: `A budget that never lets a pod go protects nothing from a crash and stops everything that is planned: \`kubectl drain\` waits, the upgrade of the cluster hangs until its
time is over, and nodes that should be given back go on costing money. Sooner or later somebody deletes the budget, or the pods, by hand and at night.

\`maxUnavailable: 1\` lets one pod at a time go. With a single replica that means a short outage during a drain; two replicas are the remedy for that, not a budget. Leave it
where a person has to be asked before a pod moves, and tell those who run the cluster.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:pdb-max-unavailable", "kube-linter:pdb-min-available", "polaris:pdbDisruptionsIsZero"],
  references: ["https://kubernetes.io/docs/tasks/run-application/configure-pdb/"],
  fix: "review",
  reads: "workspace",
  examples: [
    { bad: budgetWith(["maxUnavailable: 0"]), good: budgetWith(["maxUnavailable: 1"]) },
    { bad: budgetWith(["minAvailable: 100%"]), good: budgetWith(["maxUnavailable: 1"]) },
  ],
  *check(model, _options, workspace) {
    for (const budget of budgetsOf(model)) {
      const { resource, minAvailable, maxUnavailable } = budget;
      const none = maxUnavailable.entry !== undefined && isNone(maxUnavailable.amount);
      // More than all is refused, which is another rule's.
      const all =
        minAvailable.amount !== undefined && "percent" in minAvailable.amount && minAvailable.amount.percent === 100;
      const blocking = none ? maxUnavailable : all ? minAvailable : undefined;
      if (blocking?.entry !== undefined) {
        yield {
          at: blocking.entry.value.span,
          message: `${titleOf(resource)} allows no pod to be evicted, so nodes cannot be drained: set \`maxUnavailable: 1\`.`,
          fixes: () => oneAtATime(model, budget),
        };
        continue;
      }
      const selector = resource.get("spec", "selector");
      if (minAvailable.entry === undefined || minAvailable.amount === undefined || selector === undefined) continue;
      if (isNone(minAvailable.amount)) continue;
      const manifests = workspace.manifests();
      const covered = coveredBy(manifests, { namespace: resource.namespace, selector: plainValue(selector) });
      const [first] = covered;
      const pods = podsIn(manifests, covered);
      if (pods === undefined || first === undefined || pods.count === 0) continue;
      const needed = podsOf(minAvailable.amount, pods.count);
      // More than an autoscaler's minimum is another rule's.
      if (needed < pods.count || (pods.scaled && needed > pods.count)) continue;
      const has = pods.count === 1 ? "1 pod" : `${pods.count} pods`;
      yield {
        at: minAvailable.entry.value.span,
        message: pods.scaled
          ? `While ${of(first)} is down to its minimum of ${has}, none of them may go, so nodes cannot be drained: set \`maxUnavailable: 1\` instead.`
          : `${needed} of the ${has} of ${of(first)} must stay, so none may go and nodes cannot be drained: set \`maxUnavailable: 1\` instead.`,
        related: [placeOf(first)],
        fixes: () => oneAtATime(model, budget),
      };
    }
  },
});

function of({ name, kind }: PlacedWorkload): string {
  return name === undefined ? `the ${kind}` : `${kind} \`${name}\``;
}

/** How many pods these workloads have at least; `undefined` where one of them does not say, or keeps no fixed number of pods. */
function podsIn(
  manifests: ManifestView,
  workloads: readonly PlacedWorkload[],
): { readonly count: number; readonly scaled: boolean } | undefined {
  let count = 0;
  let scaled = false;
  for (const workload of workloads) {
    if (workload.partial || workload.workload.open || !counted.has(workload.kind)) return undefined;
    const autoscaler = autoscalerOf(manifests, workload);
    const pods = autoscaler === undefined ? (workload.workload.replicas ?? 1) : lowestOf(autoscaler);
    if (pods === undefined || pods === "unknown") return undefined;
    scaled ||= autoscaler !== undefined;
    count += pods;
  }
  return { count, scaled };
}

const counted: ReadonlySet<string> = new Set(["Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"]);

function oneAtATime(model: KubernetesModel, { minAvailable, maxUnavailable }: Budget): readonly Fix[] {
  const { document } = model;
  const own = maxUnavailable.entry ?? minAvailable.entry;
  const scalar = asScalar(own?.value);
  // With both, one has to go first.
  if (
    own === undefined ||
    scalar === undefined ||
    (maxUnavailable.entry !== undefined && minAvailable.entry !== undefined)
  )
    return [];
  return reviewed(
    "Let one pod at a time be evicted (a single replica is then away until the next one is ready)",
    joined(document.text, [
      own === minAvailable.entry ? renameKey(document, own, "maxUnavailable") : [],
      replaceScalar(document, scalar, 1),
    ]),
  );
}
