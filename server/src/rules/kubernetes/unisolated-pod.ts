import { defineRule } from "../../engine/rule.ts";
import { entriesOf, getPath } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { networkPolicyObject, serviceWith } from "./shared/example.ts";
import { hasOtherPolicies, limitsTraffic, policiesFor } from "./shared/isolation.ts";
import { policyFor } from "./shared/policy-for.ts";
import { workloadsOf } from "./shared/workloads.ts";

const usual = [
  "policyTypes:",
  "  - Ingress",
  "  - Egress",
  "ingress:",
  "  - from:",
  "      - podSelector: {}",
  "    ports:",
  "      - port: 8080",
  "egress:",
  "  - to:",
  "      - namespaceSelector:",
  "          matchLabels:",
  "            kubernetes.io/metadata.name: kube-system",
  "        podSelector:",
  "          matchLabels:",
  "            k8s-app: kube-dns",
  "    ports:",
  "      - port: 53",
  "        protocol: UDP",
  "      - port: 53",
  "        protocol: TCP",
];

export default defineRule("kubernetes", {
  slug: "unisolated-pod",
  summary: "No NetworkPolicy limits who may connect to a workload's pods.",
  why: `Without a policy every pod of the cluster may connect to every other one, in whatever namespace. Who gets into one container reaches the databases of all the others, and policies are what
the NSA's guide, CIS and most audits ask for first.

The fix writes a policy for this workload from what the files beside it say: the Services that lead to it (its declared ports where there is none), the Ingresses and routes in front of these, the Services its variables name, and DNS. What it
cannot know, above all connections to the outside, is refused until somebody adds it. Many clusters have a default policy for each namespace that is written elsewhere; then leave the rule off, as it is by default.`,
  category: "networking",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-linter:non-isolated-pod",
    "kube-score:Pod NetworkPolicy",
    "kube-score:pod-networkpolicy",
    "polaris:missingNetworkPolicy",
    "checkov:CKV2_K8S_6",
    "kics:pod_misconfigured_network_policy",
    "kubescape:C-0260",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
    "https://kubernetes.io/docs/concepts/security/hardening-guide/",
  ],
  fix: "review",
  reads: "workspace",
  examples: [{ bad: serviceWith({}), good: `${serviceWith({})}---\n${networkPolicyObject(usual)}` }],
  *check(model, _options, workspace) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      // A label that a variable fills in may be what a policy selects by.
      if (!whole || pod.labels.size < entriesOf(getPath(pod.metadata, "labels")).length) continue;
      // Policies are about a pod's own address; in the node's network it has none.
      if (pod.get("hostNetwork") !== undefined) continue;
      const manifests = workspace.manifests();
      const policies = policiesFor(manifests, Object.fromEntries(pod.labels), resource.namespace);
      if (policies.some(({ value }) => limitsTraffic(value, "Ingress")) || hasOtherPolicies(manifests)) continue;
      const name = resource.get("metadata", "name");
      yield {
        at: name?.span ?? resource.kindEntry.value.span,
        message:
          policies.length > 0
            ? `No NetworkPolicy limits who may connect to ${resource.name === undefined ? "these pods" : `\`${resource.name}\``}: those that select it are about egress alone.`
            : `No NetworkPolicy selects ${resource.name === undefined ? "these pods" : `\`${resource.name}\``}, so every pod of the cluster may connect to it: write one.`,
        fixes: () =>
          policies.length > 0
            ? []
            : reviewed(
                "Add a NetworkPolicy for it (what the files do not tell of, as connections to the outside, is refused)",
                policyFor(model, resource, manifests),
              ),
      };
    }
  },
});
