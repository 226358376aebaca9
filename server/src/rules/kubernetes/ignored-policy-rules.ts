import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { appendItem } from "../../languages/yaml/edit.ts";
import { itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { networkPolicyObject } from "./shared/example.ts";
import { type PolicySide, policiesOf, type WrittenPolicy } from "./shared/network-policies.ts";

const ingress = ["ingress:", "  - from:", "      - podSelector:", "          matchLabels:", "            app: shop"];
const dns = [
  "egress:",
  "  - ports:",
  "      - port: 53",
  "        protocol: UDP",
  "      - port: 53",
  "        protocol: TCP",
];

export default defineRule("kubernetes", {
  slug: "ignored-policy-rules",
  summary: "A NetworkPolicy has rules for a direction that its `policyTypes` leaves out.",
  why: `\`policyTypes\` says which directions a policy is about. Rules for a direction that is not among them do nothing at all: the traffic they were to limit flows freely,
and the policy looks as if it did not. Only where \`policyTypes\` is left out does Kubernetes work it out from the rules.`,
  category: "networking",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource"],
  fix: "review",
  examples: [
    {
      bad: networkPolicyObject(["policyTypes:", "  - Egress", ...ingress, ...dns]),
      good: networkPolicyObject(["policyTypes:", "  - Egress", "  - Ingress", ...ingress, ...dns]),
    },
  ],
  keys: ["policyTypes"],
  *check(model) {
    for (const policy of policiesOf(model)) {
      for (const side of [policy.ingress, policy.egress]) {
        const { direction, entry, limits } = side;
        if (entry === undefined || limits !== false || side.rules.length === 0) continue;
        if (itemsOf(policy.resource.get("spec", "policyTypes")).length === 0) continue;
        yield {
          at: entry.keySpan,
          message: `These rules do nothing, because \`policyTypes\` does not name \`${direction}\`: add it there, or remove them.`,
          fixes: () => named(model, policy, side),
        };
      }
    }
  },
});

function named(model: KubernetesModel, { resource }: WrittenPolicy, { direction }: PolicySide): readonly Fix[] {
  const types = resource.get("spec", "policyTypes");
  return types?.type === "seq"
    ? reviewed(
        `Add \`${direction}\` to \`policyTypes\` (traffic that the rules do not allow is then refused)`,
        appendItem(model.document, types, direction),
      )
    : [];
}
