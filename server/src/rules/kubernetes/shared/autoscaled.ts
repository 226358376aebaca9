import type { Resource } from "../../../languages/kubernetes/model.ts";
import type { ManifestView, PlacedObject } from "../../../workspace/manifests.ts";
import { plainText } from "../../../workspace/plain-value.ts";

/** The HorizontalPodAutoscaler or ScaledObject of the workspace that sets the number of a workload's replicas. A VerticalPodAutoscaler does not. */
export function autoscalerOf(manifests: ManifestView, resource: Resource): PlacedObject | undefined {
  const { resourceKind, name, namespace } = resource;
  if (name === undefined) return undefined;
  return ["HorizontalPodAutoscaler", "ScaledObject"]
    .flatMap((kind) => manifests.everywhere(kind))
    .find((one) => {
      const target = ["spec", "scaleTargetRef"] as const;
      const kind = plainText(one.value, ...target, "kind") ?? "Deployment";
      const fits = namespace === undefined || one.namespace === undefined || namespace === one.namespace;
      return fits && kind === resourceKind && plainText(one.value, ...target, "name") === name;
    });
}
