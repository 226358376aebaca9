import type { Resource } from "../../../languages/kubernetes/model.ts";
import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import type { ManifestView, PlacedObject, PlacedWorkload } from "../../../workspace/manifests.ts";
import { plainAt, plainText } from "../../../workspace/plain-value.ts";

/** What an autoscaler may have for its target. A workload of the workspace is one. */
type Scaled = Pick<PlacedWorkload, "kind" | "names" | "namespace">;

/** The HorizontalPodAutoscaler or ScaledObject of the workspace that sets the number of a workload's replicas. A VerticalPodAutoscaler does not. */
export function autoscalerOf(manifests: ManifestView, { kind, names, namespace }: Scaled): PlacedObject | undefined {
  return ["HorizontalPodAutoscaler", "ScaledObject"]
    .flatMap((one) => manifests.everywhere(one))
    .find((one) => scales(one, { kind, names }) && mayBeOne(one.namespace, namespace));
}

/** Whether an autoscaler aims at a workload of this kind with one of these names; KEDA takes a Deployment where no kind is written. */
export function scales({ value }: PlacedObject, { kind, names }: Pick<Scaled, "kind" | "names">): boolean {
  const target = plainAt(value, "spec", "scaleTargetRef");
  return (plainText(target, "kind") ?? "Deployment") === kind && names.includes(plainText(target, "name") ?? "");
}

/** An object as it is written, by the name that it has there. */
export function asWritten({ resourceKind, name, namespace }: Resource): Scaled {
  return { kind: resourceKind, names: name === undefined ? [] : [name], namespace };
}

/** The least number of pods that an autoscaler keeps, where it says so. */
export function lowestOf(autoscaler: PlacedObject): number | undefined {
  const written =
    plainAt(autoscaler.value, "spec", "minReplicas") ?? plainAt(autoscaler.value, "spec", "minReplicaCount");
  if (written === undefined)
    return autoscaler.kind === "HorizontalPodAutoscaler" && !autoscaler.partial ? 1 : undefined;
  return typeof written === "number" ? written : undefined;
}
