import { defineRule } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { servicesOf } from "./shared/written-services.ts";

const internal = ['cloud.example.com/load-balancer-internal: "true"'];

export default defineRule("kubernetes", {
  slug: "headless-exposed-service",
  summary: "A Service has no address of its own, and yet is to be reached by a port of the nodes or a load balancer.",
  why: `\`clusterIP: None\` makes a Service headless: its name leads straight to the pods, and nothing stands in front of them. Ports of nodes and load balancers lead to
the Service's own address, so Kubernetes refuses the two together. Who needs both writes two Services with the same selector.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#headless-services"],
  fix: "review",
  examples: [
    {
      bad: serviceObject({ annotations: internal, spec: ["type: LoadBalancer", "clusterIP: None"] }),
      good: serviceObject({ annotations: internal, spec: ["type: LoadBalancer"] }),
    },
  ],
  keys: ["clusterIP"],
  *check(model) {
    for (const { resource, type } of servicesOf(model)) {
      const entry = resource.entry("spec", "clusterIP");
      if (entry === undefined || scalarText(entry.value) !== "None") continue;
      if (type !== "NodePort" && type !== "LoadBalancer") continue;
      yield {
        at: entry.value.span,
        message: `A headless Service (\`clusterIP: None\`) cannot be of type \`${type}\`, and Kubernetes refuses it: write a second Service for the way in.`,
        fixes: () =>
          reviewed(
            "Remove `clusterIP` (the name then leads to one address, not to each pod)",
            removePath(model.document, resource.map, ["spec", "clusterIP"]),
          ),
      };
    }
  },
});
