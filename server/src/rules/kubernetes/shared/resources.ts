import type { Container, PodTemplate } from "../../../languages/kubernetes/model.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";

export type Amount = "cpu" | "memory";

/** The limit that holds for a container: its own, or the pod's (Kubernetes 1.34 and later). */
export function limitOf(pod: PodTemplate, container: Container, amount: Amount): YamlNode | undefined {
  return container.get("resources", "limits", amount) ?? pod.get("resources", "limits", amount);
}

/** The request that holds for a container. Where only a limit is set, Kubernetes takes that for the request. */
export function requestOf(pod: PodTemplate, container: Container, amount: Amount): YamlNode | undefined {
  return (
    container.get("resources", "requests", amount) ??
    pod.get("resources", "requests", amount) ??
    limitOf(pod, container, amount)
  );
}

/** `resources` is filled in by something else: a template, or an alias of a scalar. */
export function resourcesUnknown(container: Container): boolean {
  const resources = container.get("resources");
  return resources !== undefined && resources.type !== "map";
}
