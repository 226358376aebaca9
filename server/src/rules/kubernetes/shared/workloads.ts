import type { Container, KubernetesModel, PodTemplate, Resource } from "../../../languages/kubernetes/model.ts";

/** A workload with its pod template. */
export interface Workload {
  readonly resource: Resource;
  readonly pod: PodTemplate;
  /** Written out whole, so that something can be missing in it. In patches and templates of other tools nothing is: it may be elsewhere. */
  readonly whole: boolean;
}

/** The pod templates of a document. */
export function workloadsOf(model: KubernetesModel): readonly Workload[] {
  return model.resources.flatMap((resource) =>
    resource.pod === undefined ? [] : [{ resource, pod: resource.pod, whole: !model.templated && !resource.partial }],
  );
}

/** A container in its workload. */
export interface Placed extends Workload {
  readonly container: Container;
}

/** Every container of a document, init and ephemeral ones included. */
export function containersOf(model: KubernetesModel): readonly Placed[] {
  return workloadsOf(model).flatMap((workload) =>
    workload.pod.containers.map((container) => ({ ...workload, container })),
  );
}

/** A container by its name, to begin a message with: "`api`", or "This container" where it has none. */
export function nameOf(container: Container): string {
  return container.name === undefined ? "This container" : `\`${container.name}\``;
}
