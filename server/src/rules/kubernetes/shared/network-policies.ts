import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";

export type Direction = "Ingress" | "Egress";

/** A NetworkPolicy as it is written. */
export interface WrittenPolicy {
  readonly resource: Resource;
  /** Something can be missing in it: it is no patch and no template. */
  readonly whole: boolean;
  readonly ingress: PolicySide;
  readonly egress: PolicySide;
}

/** What a policy says of one direction. */
export interface PolicySide {
  readonly direction: Direction;
  /** Whether traffic of that direction is limited to what the rules allow; `undefined` where a template decides. */
  readonly limits: boolean | undefined;
  /** The `ingress` or `egress` key. */
  readonly entry: YamlEntry | undefined;
  readonly rules: readonly PolicyRule[];
}

/** A rule: who may talk, and over which ports. */
export interface PolicyRule {
  readonly node: YamlNode;
  /** The items of `from` or `to`; `undefined` where neither is written or it is empty: everybody. */
  readonly peers: readonly YamlMap[] | undefined;
  /** The items of `ports`; `undefined` where none is written: every port. */
  readonly ports: readonly YamlMap[] | undefined;
}

/** The NetworkPolicies of a document. */
export function policiesOf(model: KubernetesModel): readonly WrittenPolicy[] {
  return model.resources.flatMap((resource) => {
    if (!isNetworkPolicy(resource)) return [];
    return {
      resource,
      whole: !model.templated && !resource.partial,
      ingress: sideOf(resource, "Ingress"),
      egress: sideOf(resource, "Egress"),
    };
  });
}

/** Whether an object is a NetworkPolicy of Kubernetes itself, and not Calico's. */
export function isNetworkPolicy({ apiVersion, resourceKind }: Pick<Resource, "apiVersion" | "resourceKind">): boolean {
  return resourceKind === "NetworkPolicy" && /^(?:networking\.k8s\.io|extensions)\//.test(apiVersion);
}

function sideOf(resource: Resource, direction: Direction): PolicySide {
  const entry = resource.entry("spec", direction.toLowerCase());
  const types = resource.get("spec", "policyTypes");
  return {
    direction,
    limits: limited(direction, types, entry),
    entry,
    rules: itemsOf(entry?.value).map((node) => ({
      node,
      peers: maps(getPath(node, direction === "Ingress" ? "from" : "to")),
      ports: maps(getPath(node, "ports")),
    })),
  };
}

/**
 * As the API server fills in `policyTypes` where it is missing or empty: ingress always, egress where there are rules for it.
 * Source: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/#NetworkPolicySpec
 */
function limited(direction: Direction, types: YamlNode | undefined, entry: YamlEntry | undefined): boolean | undefined {
  const items = itemsOf(types);
  if (items.some((item) => isUnknown(item, "kubernetes"))) return undefined;
  if (items.length > 0) return items.some((item) => scalarText(item) === direction);
  return direction === "Ingress" || itemsOf(entry?.value).length > 0;
}

function maps(node: YamlNode | undefined): readonly YamlMap[] | undefined {
  const items = itemsOf(node).flatMap((item) => (item.type === "map" ? [item] : []));
  return items.length === 0 ? undefined : items;
}
