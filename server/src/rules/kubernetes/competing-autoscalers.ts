import { groupOf } from "../../languages/kubernetes/api-group.ts";
import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule } from "../../engine/rule.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { plainAt, plainItems, type PlainValue } from "../../workspace/plain-value.ts";
import { scales } from "./shared/autoscaled.ts";
import { autoscalersOf, targetOf } from "./shared/autoscaling.ts";
import { autoscalerWith } from "./shared/availability-example.ts";
import { placeOf } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "competing-autoscalers",
  summary: "Two autoscalers work on the same workload against each other.",
  why: `Two HorizontalPodAutoscalers (KEDA's ScaledObject makes one as well) on one workload each set the number of pods that their own metrics ask for, and undo the other's every few seconds: pods
start and stop without end. One autoscaler may have several metrics, and takes the highest.

A VerticalPodAutoscaler that changes requests under a HorizontalPodAutoscaler that scales by the share of these requests used makes a loop of the two; its documentation says not to. By other
metrics, or with \`updateMode: "Off"\`, they go together.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/autoscaling/",
    "https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md",
  ],
  fix: null,
  reads: "workspace",
  keys: ["scaleTargetRef", "targetRef"],
  examples: [
    {
      bad: `${autoscalerWith(["minReplicas: 2", "maxReplicas: 8"])}---\n${autoscalerWith(["minReplicas: 2", "maxReplicas: 8"]).replace("name: api\n", "name: api-memory\n").replace("name: cpu", "name: memory")}`,
      good: autoscalerWith(["minReplicas: 2", "maxReplicas: 8"]),
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const autoscaler of autoscalersOf(model)) {
      const { resource } = autoscaler;
      const target = targetOf(autoscaler);
      const node = resource.get("spec", "scaleTargetRef", "name");
      if (target === undefined || node === undefined || resource.name === undefined) continue;
      const manifests = workspace.manifests();
      const all = ["HorizontalPodAutoscaler", "ScaledObject"].flatMap((kind) => manifests.siblings(kind));
      for (const other of all) {
        // The first of the two has nothing to mend.
        if (other.kind === resource.resourceKind && other.name === resource.name) break;
        if (
          other.partial ||
          !mayBeOne(other.namespace, resource.namespace) ||
          !scales(other, { kind: target.kind, names: [target.name] })
        )
          continue;
        yield {
          at: node.span,
          message: `${other.kind} \`${other.name ?? "?"}\` scales ${target.kind} \`${target.name}\` as well, and the two undo each other's work: put all metrics into one.`,
          related: [placeOf(other)],
        };
        break;
      }
    }
    for (const resource of model.resources) {
      if (resource.resourceKind !== "VerticalPodAutoscaler" || groupOf(resource.apiVersion) !== "autoscaling.k8s.io")
        continue;
      const kind = scalarText(resource.get("spec", "targetRef", "kind"));
      const node = resource.get("spec", "targetRef", "name");
      const name = scalarText(node);
      const mode = scalarText(resource.get("spec", "updatePolicy", "updateMode")) ?? "Auto";
      if (kind === undefined || name === undefined || node === undefined || mode === "Off" || mode === "Initial")
        continue;
      const other = workspace
        .manifests()
        .siblings("HorizontalPodAutoscaler")
        .find(
          (one) =>
            !one.partial &&
            mayBeOne(one.namespace, resource.namespace) &&
            scales(one, { kind, names: [name] }) &&
            byRequests(one.value),
        );
      if (other === undefined) continue;
      yield {
        at: node.span,
        message: `HorizontalPodAutoscaler \`${other.name ?? "?"}\` scales by the requests that this one changes: set \`updateMode: "Off"\`, or scale by another metric.`,
        related: [placeOf(other)],
      };
    }
  },
});

/** Whether an autoscaler goes by the share of a request that is used, which is also what it does where it names no metric. */
function byRequests(value: PlainValue | undefined): boolean {
  const metrics = plainItems(value, "spec", "metrics");
  if (metrics.length === 0) return true;
  return metrics.some((metric) =>
    ["resource", "containerResource"].some(
      (part) =>
        plainAt(metric, part, "target", "averageUtilization") !== undefined ||
        plainAt(metric, part, "targetAverageUtilization") !== undefined,
    ),
  );
}
