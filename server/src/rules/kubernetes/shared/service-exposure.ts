import { isInternal, privateClasses, restrictingAnnotations } from "../../../knowledge/load-balancers.ts";
import type { Fix } from "../../../engine/rule.ts";
import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { removePath, setPath } from "../../../languages/yaml/edit.ts";
import { isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { joined } from "../../shared/joined-edits.ts";
import type { WrittenService } from "./written-services.ts";

/**
 * How a Service is reached from outside the cluster: by a port of every node, or by a load balancer that anybody may connect to; `undefined` where it is
 * not, and where a load balancer is internal or lets only some addresses in (or a template may say so).
 */
export function exposureOf({ resource, type }: WrittenService): "nodes" | "load balancer" | undefined {
  if (type === "NodePort") return "nodes";
  if (type !== "LoadBalancer") return undefined;
  const ranges = resource.get("spec", "loadBalancerSourceRanges");
  if (ranges !== undefined && !itemsOf(ranges).some((item) => isOpen(scalarText(item) ?? ""))) return undefined;
  if (privateClasses.has(scalarText(resource.get("spec", "loadBalancerClass")) ?? "")) return undefined;
  const isKept = resource.annotations.some(
    ({ name, value }) =>
      isInternal(name, value) || (restrictingAnnotations.includes(name) && !value.split(",").some(isOpen)),
  );
  const metadata = resource.get("metadata", "annotations");
  return isKept || (metadata !== undefined && (metadata.type !== "map" || isUnknown(metadata, "kubernetes")))
    ? undefined
    : "load balancer";
}

/** Makes a Service one that only the cluster reaches: its type, and what the API server refuses beside that. */
export function keptInCluster(model: KubernetesModel, { resource, ports }: WrittenService): readonly Fix[] {
  const { document } = model;
  const outside = [
    "loadBalancerSourceRanges",
    "externalTrafficPolicy",
    "healthCheckNodePort",
    "loadBalancerClass",
    "allocateLoadBalancerNodePorts",
  ];
  return reviewed(
    "Make it a `ClusterIP` Service (nothing outside the cluster reaches it any more)",
    joined(document.text, [
      setPath(document, resource.map, ["spec", "type"], "ClusterIP"),
      ...outside.flatMap((key) =>
        resource.entry("spec", key) === undefined ? [] : [removePath(document, resource.map, ["spec", key])],
      ),
      ...ports.flatMap(({ map }) =>
        map.get("nodePort") === undefined ? [] : [removePath(document, map, ["nodePort"])],
      ),
    ]),
  );
}

function isOpen(block: string): boolean {
  return /^(?:0\.0\.0\.0\/0|::\/0)$/.test(block.trim());
}
