import { defineRule } from "../../engine/rule.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { ingressObject } from "./shared/example.ts";
import { ingressesOf } from "./shared/ingresses.ts";

export default defineRule("kubernetes", {
  slug: "exposed-workload",
  summary: "An Ingress makes a Service reachable from outside the cluster.",
  why: `Everything an Ingress leads to answers to whoever reaches the controller, which often is everyone. For a shop that is the point; an administration page or an internal API
got there by a copied manifest. The rule lists the Services an Ingress opens, for reviews that want to look at each of them; it is off unless asked for.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kics:ingress_controller_exposes_workload"],
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/"],
  fix: null,
  examples: [
    {
      bad: ingressObject({}),
      good: ingressObject({ rules: ["- host: shop.example.com"] }),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { resource, rules, defaultBackend } of ingressesOf(model)) {
      const paths = rules.flatMap((rule) => rule.paths);
      const spec = resource.entry("spec", "defaultBackend") ?? resource.entry("spec", "backend");
      const ways = paths.map(({ map, backend }) => ({ entry: map.get("backend"), backend }));
      for (const { entry, backend } of [...ways, { entry: spec, backend: defaultBackend }]) {
        const name = scalarText(backend?.name);
        if (entry === undefined || name === undefined) continue;
        yield {
          at: entry.keySpan,
          message: `This Ingress makes \`${name}\` reachable from outside the cluster: see that it is meant to be, and asks who is calling.`,
        };
      }
    }
  },
});
