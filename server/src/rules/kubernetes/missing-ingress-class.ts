import { defineRule } from "../../engine/rule.ts";
import { ingressObject } from "./shared/example.ts";
import { ingressesOf } from "./shared/ingresses.ts";
import { nameOfObject } from "./shared/written-services.ts";

const tls = ["tls:", "  - hosts:", "      - shop.example.com", "    secretName: shop-tls"];

export default defineRule("kubernetes", {
  slug: "missing-ingress-class",
  summary: "An Ingress does not say which controller is to serve it.",
  why: `Without \`ingressClassName\` an Ingress goes to the class that is marked as the default one. In a cluster without a default nobody serves it, and nothing says so; with two
defaults Kubernetes refuses it; and some controllers take every Ingress without a class, so that two serve the same host.

With one controller that is the default it works, until there is a second one.`,
  category: "networking",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/ingress/#ingress-class"],
  fix: null,
  examples: [{ bad: ingressObject({ spec: tls }), good: ingressObject({}), fixed: false }],
  *check(model) {
    for (const { resource, whole } of ingressesOf(model)) {
      const at = resource.entry("spec");
      if (!whole || at === undefined || resource.entry("spec", "ingressClassName") !== undefined) continue;
      if (resource.annotations.some(({ name }) => name === "kubernetes.io/ingress.class")) continue;
      yield {
        at: at.keySpan,
        message: `${nameOfObject(resource)} names no controller, so it is served only where the cluster has a default: add \`ingressClassName\`.`,
      };
    }
  },
});
