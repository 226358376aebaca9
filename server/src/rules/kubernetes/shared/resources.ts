import { atLeast } from "../../../knowledge/deprecated-apis.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { type Nanos, quantityOf } from "../../../languages/kubernetes/quantity.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { isUnknown, scalarText } from "../../../languages/yaml/path.ts";

export type Amount = "cpu" | "memory" | "ephemeral-storage";

/** What a container may use, and what the scheduler sets aside for it. */
export type Bound = "limits" | "requests";

/** The limit that holds for a container: its own, or the pod's, where the release knows such. */
export function limitOf(
  model: KubernetesModel,
  pod: PodTemplate,
  container: Container,
  amount: Amount,
): YamlNode | undefined {
  return container.get("resources", "limits", amount) ?? ofPod(model, pod, "limits", amount);
}

/** The request that holds for a container. Where only a limit is set, Kubernetes takes that for the request. */
export function requestOf(
  model: KubernetesModel,
  pod: PodTemplate,
  container: Container,
  amount: Amount,
): YamlNode | undefined {
  return (
    container.get("resources", "requests", amount) ??
    ofPod(model, pod, "requests", amount) ??
    limitOf(model, pod, container, amount)
  );
}

/** Since 1.34 the API server takes `resources` of a whole pod unless told not to; there are none for storage. */
function ofPod(model: KubernetesModel, pod: PodTemplate, bound: Bound, amount: Amount): YamlNode | undefined {
  if (amount === "ephemeral-storage" || !atLeast(model.release, "1.34")) return undefined;
  return pod.get("resources", bound, amount);
}

/** `resources` or one of its two maps is filled in by something else (a template, an alias of a scalar), or is not what it should be. */
export function resourcesUnknown(container: Container): boolean {
  const resources = container.get("resources");
  if (resources === undefined) return false;
  if (resources.type !== "map") return true;
  return (["limits", "requests"] as const).some((bound) => {
    const map = container.get("resources", bound);
    return map !== undefined && map.type !== "map";
  });
}

/** What a scalar amounts to; `undefined` where it is missing, decided elsewhere, or no quantity. */
export function amountOf(node: YamlNode | undefined): Nanos | undefined {
  const text = isUnknown(node, "kubernetes") ? undefined : scalarText(node);
  return text === undefined ? undefined : quantityOf(text);
}

/** Whether the container runs as long as its pod does, or until the pod is done: not one that only prepares it, or that somebody attached. */
export function isLasting(container: Container): boolean {
  return container.role === "main" || container.role === "sidecar";
}
