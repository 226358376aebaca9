import { atLeast } from "../../../knowledge/deprecated-apis.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../../languages/kubernetes/model.ts";
import { isNull } from "../../../languages/yaml/path.ts";
import { amountOf, type Bound, resourcesUnknown } from "./resources.ts";
import { nameOf } from "./workloads.ts";

export type QosClass = "Guaranteed" | "Burstable" | "BestEffort";

/** The class that Kubernetes puts a pod in. */
export interface Qos {
  readonly class: QosClass;
  /** What keeps it from `Guaranteed`, of a `Burstable` one: "`api` has no `cpu` limit". */
  readonly short: readonly string[];
}

/**
 * The quality-of-service class of a pod as it is written; `undefined` where an amount is not known, or is none. Containers and init containers count; where the
 * pod itself has `resources`, these alone. Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
 */
export function qosOf(model: KubernetesModel, pod: PodTemplate): Qos | undefined {
  const containers = pod.containers.filter(({ role }) => role !== "ephemeral");
  const ofPod = atLeast(model.release, "1.34") && pod.get("resources") !== undefined;
  const holders: readonly Holder[] = ofPod
    ? [{ from: pod, title: "the pod" }]
    : containers.map((container) => ({ from: container, title: nameOf(container) }));
  if (containers.length === 0 || (!ofPod && containers.some(resourcesUnknown))) return undefined;
  const amounts = holders.flatMap((holder) => resources.map((resource) => ({ holder, ...read(holder, resource) })));
  if (amounts.some(({ unknown }) => unknown)) return undefined;
  if (amounts.every(({ request, limit }) => request === 0n && limit === 0n)) return { class: "BestEffort", short: [] };
  const short = amounts.flatMap(({ holder: { title }, resource, request, limit }) => {
    if (limit === 0n) return [`${title} has no \`${resource}\` limit`];
    return request === limit ? [] : [`${title} requests less \`${resource}\` than its limit`];
  });
  return { class: short.length === 0 ? "Guaranteed" : "Burstable", short };
}

const resources = ["cpu", "memory"] as const;

interface Holder {
  readonly from: Pick<Container, "get">;
  readonly title: string;
}

/** Nothing written is nought, but for a request beside a limit, which is the same then. */
function read({ from }: Holder, resource: (typeof resources)[number]) {
  const amount = (bound: Bound): bigint | undefined => {
    const node = from.get("resources", bound, resource);
    return isNull(node) ? 0n : amountOf(node);
  };
  const [request, limit] = [amount("requests"), amount("limits")];
  const isWritten = from.get("resources", "requests", resource) !== undefined;
  return {
    resource,
    unknown: request === undefined || limit === undefined,
    request: isWritten ? (request ?? 0n) : (limit ?? 0n),
    limit: limit ?? 0n,
  };
}
