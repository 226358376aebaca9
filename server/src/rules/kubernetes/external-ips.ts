import { defineRule } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { serviceObject } from "./shared/example.ts";
import { servicesOf } from "./shared/written-services.ts";

export default defineRule("kubernetes", {
  slug: "external-ips",
  summary: "A Service claims addresses with `externalIPs`.",
  why: `Nothing checks that the addresses of \`externalIPs\` are the author's to give: whoever may write a Service can claim any of them, and from then on the nodes send
what pods mean for that address to this Service instead (CVE-2020-8554, which has no fix). Clusters therefore often refuse the field, and Kubernetes has
deprecated it in 1.36.

A \`LoadBalancer\` with an address pool, such as MetalLB's, gives a Service a fixed address without that. Leave it where the addresses are routed to the nodes by
hand and only administrators write Services.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["trivy:KSV-0108"],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/service/#external-ips",
    "https://github.com/kubernetes/kubernetes/issues/97076",
  ],
  fix: "review",
  examples: [{ bad: serviceObject({ spec: ["externalIPs:", "  - 192.0.2.10"] }), good: serviceObject({}) }],
  keys: ["externalIPs"],
  *check(model) {
    for (const { resource } of servicesOf(model)) {
      const entry = resource.entry("spec", "externalIPs");
      // What the values of a chart may add is for who installs it to decide.
      if (entry === undefined || itemsOf(entry.value).every((item) => isUnknown(item, "kubernetes"))) continue;
      yield {
        at: entry.keySpan,
        message:
          "`externalIPs` takes addresses that nothing checks, so a Service can take over another's traffic: use a `LoadBalancer` with an address pool.",
        fixes: () =>
          reviewed(
            "Remove `externalIPs` (the Service no longer answers on these addresses)",
            removePath(model.document, resource.map, ["spec", "externalIPs"]),
          ),
      };
    }
  },
});
