import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import { type Labels, selects } from "../../../workspace/label-selector.ts";
import type { ManifestView, PlacedObject } from "../../../workspace/manifests.ts";
import { isPlainMap, plainAt, plainItems, type PlainValue, plainText } from "../../../workspace/plain-value.ts";
import type { Direction } from "./network-policies.ts";

/** The NetworkPolicies of the workspace that are about pods with these labels. A namespace that is written nowhere fits any. */
export function policiesFor(
  manifests: ManifestView,
  labels: Labels,
  namespace: string | undefined,
): readonly PlacedObject[] {
  return manifests
    .selecting("NetworkPolicy", labels, "networking.k8s.io")
    .filter(
      (policy) =>
        mayBeOne(namespace, policy.namespace) && selects(plainAt(policy.value, "spec", "podSelector") ?? {}, labels),
    );
}

/** Whether a policy limits traffic of a direction; see `PolicySide.limits`. */
export function limitsTraffic(policy: PlainValue | undefined, direction: Direction): boolean {
  const types = plainItems(policy, "spec", "policyTypes");
  if (types.length > 0) return types.includes(direction);
  return direction === "Ingress" || plainItems(policy, "spec", "egress").length > 0;
}

/** Kinds by which network plugins and administrators isolate pods in their own way. */
const others: readonly (readonly [kind: string, group: string])[] = [
  ["CiliumNetworkPolicy", "cilium.io"],
  ["CiliumClusterwideNetworkPolicy", "cilium.io"],
  ["NetworkPolicy", "projectcalico.org"],
  ["NetworkPolicy", "crd.projectcalico.org"],
  ["GlobalNetworkPolicy", "projectcalico.org"],
  ["GlobalNetworkPolicy", "crd.projectcalico.org"],
  ["AdminNetworkPolicy", "policy.networking.k8s.io"],
  ["BaselineAdminNetworkPolicy", "policy.networking.k8s.io"],
  ["ClusterNetworkPolicy", "policy.networking.k8s.io"],
  ["NetworkPolicy", "crd.antrea.io"],
  ["ClusterNetworkPolicy", "crd.antrea.io"],
];

/** Whether the workspace has policies of another kind than Kubernetes' own, which may be about any pod. */
export function hasOtherPolicies(manifests: ManifestView): boolean {
  return others.some(([kind, group]) => manifests.everywhere(kind, group).length > 0);
}

/** Whether a rule of a policy's egress names port 53, or leaves ports and peers open. */
export function allowsDns(policy: PlainValue | undefined): boolean {
  return plainItems(policy, "spec", "egress").some((rule) => {
    if (!isPlainMap(rule)) return false;
    const ports = plainItems(rule, "ports");
    if (ports.length === 0) return plainItems(rule, "to").length === 0;
    return ports.some((port) => plainText(port, "port") === "53" || /dns/i.test(plainText(port, "port") ?? ""));
  });
}
