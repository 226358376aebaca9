import { defineRule } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { servicesOf } from "./shared/written-services.ts";

const first = 30_000;
const last = 32_767;

const ports = ["- port: 80", "  targetPort: http"];

export default defineRule("kubernetes", {
  slug: "node-port-range",
  summary: "A `nodePort` is outside of the range that nodes give away.",
  why: `Kubernetes gives ports of nodes from 30000 to 32767, and refuses a Service that asks for another, unless the API server was started with a
\`--service-node-port-range\` of its own. Managed clusters have none.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/service/#type-nodeport"],
  fix: "review",
  examples: [
    {
      bad: serviceObject({ spec: ["type: NodePort"], ports: [...ports, "  nodePort: 8080"] }),
      good: serviceObject({ spec: ["type: NodePort"], ports }),
    },
  ],
  keys: ["nodePort"],
  *check(model) {
    for (const service of servicesOf(model)) {
      for (const { map, nodePort } of service.ports) {
        const node = map.get("nodePort")?.value;
        // Nought is what is written where none is asked for.
        if (node === undefined || nodePort === undefined || nodePort === 0) continue;
        if (nodePort >= first && nodePort <= last) continue;
        yield {
          at: node.span,
          message: `\`nodePort: ${nodePort}\` is outside of ${first}–${last}, which Kubernetes refuses unless the API server was given another range: leave it out to be given one.`,
          fixes: () =>
            reviewed(
              "Remove `nodePort` (Kubernetes picks one, which clients must be told)",
              removePath(model.document, map, ["nodePort"]),
            ),
        };
      }
    }
  },
});
