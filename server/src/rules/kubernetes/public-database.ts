import { defineRule } from "../../engine/rule.ts";
import { dataServerPorts } from "../../knowledge/data-servers.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { serviceObject } from "./shared/example.ts";
import { exposureOf, keptInCluster } from "./shared/service-exposure.ts";
import { nameOfObject, servicesOf, type WrittenPort } from "./shared/written-services.ts";

const ports = ["- port: 5432"];
const selector = ["app: db"];

export default defineRule("kubernetes", {
  slug: "public-database",
  summary: "A database or cache is reached from outside the cluster.",
  why: `A \`LoadBalancer\` gives a database a public address, and \`NodePort\` a port on every node. Databases that can be reached are found by scanners within hours, and many run with the
password of their image's manual.

Programs in the cluster need a \`ClusterIP\` Service. To look at the data from a desk there is \`kubectl port-forward\`; for other networks an internal load balancer, or
\`loadBalancerSourceRanges\` with their addresses.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/service/#internal-load-balancer",
    "https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/",
  ],
  fix: "review",
  examples: [
    {
      bad: serviceObject({ spec: ["type: LoadBalancer"], selector, ports }),
      good: serviceObject({ spec: ["type: ClusterIP"], selector, ports }),
    },
  ],
  keys: ["type"],
  *check(model) {
    for (const service of servicesOf(model)) {
      const exposure = exposureOf(service);
      if (exposure === undefined) continue;
      for (const port of service.ports) {
        const what = dataServerOn(port);
        const at = port.map.get("port");
        if (what === undefined || at === undefined) continue;
        const way = exposure === "nodes" ? "on every node" : "to whoever reaches the load balancer";
        yield {
          at: at.value.span,
          message: `${nameOfObject(service.resource)} opens ${what} ${way}: make it a \`ClusterIP\` Service${exposure === "nodes" ? "" : ", or set `loadBalancerSourceRanges`"}.`,
          fixes: () => keptInCluster(model, service),
        };
      }
    }
  },
});

/** By the port behind it, else its own. What it is called says nothing: `redis` may be the page of an administrator. */
function dataServerOn(port: WrittenPort): string | undefined {
  const target = Number(scalarText(port.get("targetPort")));
  return dataServerPorts.get(target) ?? (port.port === undefined ? undefined : dataServerPorts.get(port.port));
}
