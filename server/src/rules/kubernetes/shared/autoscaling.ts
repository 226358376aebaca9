import { groupOf } from "../../../languages/kubernetes/api-group.ts";
import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry } from "../../../languages/yaml/node.ts";
import { isUnknown, scalarText } from "../../../languages/yaml/path.ts";

/** A HorizontalPodAutoscaler, or KEDA's ScaledObject, which makes one. */
export interface Autoscaler {
  readonly resource: Resource;
  readonly whole: boolean;
  readonly keda: boolean;
  /** The names of the keys that bound the number of pods. */
  readonly keys: { readonly minimum: string; readonly maximum: string };
  readonly minimum: Bound;
  readonly maximum: Bound;
}

/** One bound: its number where one is written; `entry` is there for whatever is. */
export interface Bound {
  readonly entry: YamlEntry | undefined;
  readonly number: number | undefined;
}

/** The autoscalers of a document. */
export function autoscalersOf(model: KubernetesModel): readonly Autoscaler[] {
  return model.resources.flatMap((resource) => {
    const keda = resource.resourceKind === "ScaledObject" && groupOf(resource.apiVersion) === "keda.sh";
    if (
      !keda &&
      !(resource.resourceKind === "HorizontalPodAutoscaler" && groupOf(resource.apiVersion) === "autoscaling")
    )
      return [];
    const keys = keda
      ? { minimum: "minReplicaCount", maximum: "maxReplicaCount" }
      : { minimum: "minReplicas", maximum: "maxReplicas" };
    const bound = (key: string): Bound => {
      const entry = resource.entry("spec", key);
      const node = entry?.value;
      return { entry, number: node?.type === "scalar" && typeof node.value === "number" ? node.value : undefined };
    };
    const whole = !model.templated && !resource.partial;
    return [{ resource, whole, keda, keys, minimum: bound(keys.minimum), maximum: bound(keys.maximum) }];
  });
}

/** What an autoscaler scales, as far as it is known; KEDA takes a Deployment where no kind is written. */
export function targetOf({
  resource,
  keda,
}: Autoscaler): { readonly kind: string; readonly name: string; readonly group: string } | undefined {
  const read = (key: string): string | undefined => {
    const node = resource.get("spec", "scaleTargetRef", key);
    return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
  };
  const name = read("name");
  const kind = read("kind") ?? (keda ? "Deployment" : undefined);
  const apiVersion = read("apiVersion") ?? "apps/v1";
  return name === undefined || kind === undefined ? undefined : { kind, name, group: groupOf(apiVersion) };
}
