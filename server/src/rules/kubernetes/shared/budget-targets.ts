import type { Resource } from "../../../languages/kubernetes/model.ts";
import { selects, wantedLabels } from "../../../workspace/label-selector.ts";
import type { ManifestView, PlacedObject, PlacedWorkload } from "../../../workspace/manifests.ts";
import { plainAt, plainText, type PlainValue } from "../../../workspace/plain-value.ts";
import type { WorkspaceView } from "../../../workspace/workspace.ts";

/** Whether two objects may be in one namespace. One that is written nowhere may be any. */
export function sharesNamespace(
  one: { readonly namespace: string | undefined },
  other: { readonly namespace: string | undefined },
): boolean {
  return one.namespace === undefined || other.namespace === undefined || one.namespace === other.namespace;
}

/**
 * Whether a disruption budget, given by its `spec.selector`, selects the pods of a workload. No selector selects nothing, and before `policy/v1` neither did an
 * empty one.
 */
export function covers(
  budget: { readonly namespace: string | undefined; readonly selector: PlainValue | undefined },
  workload: PlacedWorkload,
): boolean {
  return sharesNamespace(budget, workload) && selects(budget.selector, workload.workload.labels);
}

/** The siblings whose pods a budget selects. */
export function coveredBy(
  manifests: ManifestView,
  budget: { readonly namespace: string | undefined; readonly selector: PlainValue | undefined },
): readonly PlacedWorkload[] {
  return manifests.workloads(wantedLabels(budget.selector)).filter((workload) => covers(budget, workload));
}

/** A workload of the file that is checked, as its kustomizations make it: with their labels and the number of replicas that they set. */
export function placedWorkload(
  workspace: WorkspaceView,
  { resourceKind, name, namespace }: Resource,
): PlacedWorkload["workload"] | undefined {
  if (name === undefined) return undefined;
  const found = workspace.manifests().find({ kind: resourceKind, name, namespace });
  return found?.path === workspace.path ? found.workload : undefined;
}

/** `spec.selector` of an object that was told of. */
export function selectorIn({ value }: PlacedObject): PlainValue | undefined {
  return plainAt(value, "spec", "selector");
}

/** The autoscaler that sets how many pods a workload has. */
export function scalerOf(manifests: ManifestView, workload: PlacedWorkload): PlacedObject | undefined {
  return ["HorizontalPodAutoscaler", "ScaledObject"]
    .flatMap((kind) => manifests.everywhere(kind))
    .find((one) => {
      const target = plainAt(one.value, "spec", "scaleTargetRef");
      return (
        (plainText(target, "kind") ?? "Deployment") === workload.kind &&
        workload.names.includes(plainText(target, "name") ?? "") &&
        sharesNamespace(one, workload)
      );
    });
}

/** The least number of pods that an autoscaler keeps, where it says so. */
export function lowestOf(autoscaler: PlacedObject): number | undefined {
  const written =
    plainAt(autoscaler.value, "spec", "minReplicas") ?? plainAt(autoscaler.value, "spec", "minReplicaCount");
  if (written === undefined)
    return autoscaler.kind === "HorizontalPodAutoscaler" && !autoscaler.partial ? 1 : undefined;
  return typeof written === "number" ? written : undefined;
}
