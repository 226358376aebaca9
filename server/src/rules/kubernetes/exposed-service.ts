import { defineRule } from "../../engine/rule.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { serviceObject } from "./shared/example.ts";
import { exposureOf, keptInCluster } from "./shared/service-exposure.ts";
import { nameOfObject, servicesOf, type WrittenService } from "./shared/written-services.ts";

export default defineRule("kubernetes", {
  slug: "exposed-service",
  summary: "A Service is reached from outside the cluster, past every Ingress.",
  why: `\`NodePort\` opens a port on every node, on all its addresses: who reaches a node reaches the Service, without TLS, rate limits or logs of an Ingress, and the
firewall has to know of it. A \`LoadBalancer\` is a public address of its own, and is paid for by the hour.

Behind an Ingress or a Gateway a \`ClusterIP\` is enough. The other side: what speaks no HTTP, and the Ingress controller itself, need one of the two; a load balancer
that is internal, or has \`loadBalancerSourceRanges\`, is not reported, nor one whose name says that it is the way in.`,
  category: "networking",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-linter:exposed-services",
    "kube-score:Service Type",
    "kube-score:service-type",
    "kics:service_type_is_nodeport",
    "kics:service_with_external_load_balancer",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types",
    "https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer",
  ],
  fix: "review",
  examples: [{ bad: serviceObject({ spec: ["type: NodePort"] }), good: serviceObject({ spec: ["type: ClusterIP"] }) }],
  keys: ["type"],
  *check(model) {
    for (const service of servicesOf(model)) {
      const type = service.resource.get("spec", "type");
      const exposure = exposureOf(service);
      if (type === undefined || exposure === undefined || (exposure === "load balancer" && isWayIn(service))) continue;
      yield {
        at: type.span,
        message:
          exposure === "nodes"
            ? `${nameOfObject(service.resource)} opens a port on every node: make it \`ClusterIP\` behind an Ingress, unless the nodes are to be reached.`
            : `${nameOfObject(service.resource)} gets a load balancer that anybody may connect to: set \`loadBalancerSourceRanges\`, make it internal, or put it behind an Ingress.`,
        fixes: () => keptInCluster(model, service),
      };
    }
  },
});

const waysIn = /ingress|gateway|traefik|nginx|envoy|haproxy|contour|kong|istio|proxy|router|edge|vpn|wireguard/i;

/** Its load balancer is what other Services are reached through. */
function isWayIn({ resource }: WrittenService): boolean {
  const selector = resource.get("spec", "selector");
  const labels = selector?.type === "map" ? selector.entries.map(({ value }) => scalarText(value) ?? "") : [];
  return [resource.name ?? "", ...labels].some((text) => waysIn.test(text));
}
