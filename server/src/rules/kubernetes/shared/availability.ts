import { groupOf } from "../../../languages/kubernetes/api-group.ts";
import type { Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { isUnknown } from "../../../languages/yaml/path.ts";

/** An amount of pods as rollouts and budgets have it: a whole number, or a share of all of them. */
export type Amount = { readonly count: number } | { readonly percent: number };

/** `undefined` where nothing is written, a template decides, or it is neither a number nor a percentage. */
export function amountOf(node: YamlNode | undefined): Amount | undefined {
  if (node?.type !== "scalar" || isUnknown(node, "kubernetes")) return undefined;
  if (typeof node.value === "number") return { count: node.value };
  const percent = /^(\d+)%$/.exec(node.text)?.[1];
  return percent === undefined ? undefined : { percent: Number(percent) };
}

/** Whether it is no pod at all: `0` or `0%`. */
export function isNone(amount: Amount | undefined): boolean {
  return amount !== undefined && ("count" in amount ? amount.count === 0 : amount.percent === 0);
}

/** Of so many pods how many these are. Kubernetes rounds shares up, except for the `maxUnavailable` of a rollout. */
export function podsOf(amount: Amount, total: number, rounded: "up" | "down" = "up"): number {
  if ("count" in amount) return amount.count;
  const share = (amount.percent * total) / 100;
  return rounded === "up" ? Math.ceil(share) : Math.floor(share);
}

/** The workloads whose controllers keep several like pods running at once. */
const replicated: ReadonlySet<string> = new Set([
  "Deployment",
  "StatefulSet",
  "ReplicaSet",
  "ReplicationController",
  "DeploymentConfig",
  "Rollout",
]);

/** Whether a workload runs as many like pods as its `replicas` says; DaemonSets, Jobs and lone Pods do not. */
export function isReplicated(resource: Resource): boolean {
  return replicated.has(resource.resourceKind);
}

/** The number at `spec.replicas`; `undefined` where it is left out, which means one, or is set by something else. */
export function replicasOf(resource: Resource): number | undefined {
  const node = resource.get("spec", "replicas");
  return node?.type === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

/** An object by its name, to begin a message with or to stand within it: "`api`", or "This Deployment" and "this Deployment" where it has none. */
export function titleOf({ name, resourceKind }: Resource, place: "first" | "within" = "first"): string {
  return name === undefined ? `${place === "first" ? "This" : "this"} ${resourceKind}` : `\`${name}\``;
}

/** "both pods", "all 3 pods" */
export function allPods(count: number): string {
  return count === 2 ? "both pods" : `all ${count} pods`;
}

/** Whether an object is a workload of Kubernetes' own `apps` group, or of the group that it was in before. */
export function isAppsKind(resource: Resource, ...kinds: readonly string[]): boolean {
  const group = groupOf(resource.apiVersion);
  return kinds.includes(resource.resourceKind) && (group === "apps" || group === "extensions");
}
