import { defineRule } from "../../engine/rule.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { networkPolicyObject, serviceWith } from "./shared/example.ts";
import { policiesOf } from "./shared/network-policies.ts";
import { podsFor, takesAll } from "./shared/selected-pods.ts";
import { corrected, differingLabel, isUnknownSelector } from "./shared/selector-label.ts";

const closed = ["policyTypes:", "  - Ingress"];

export default defineRule("kubernetes", {
  slug: "dangling-network-policy",
  summary: "A NetworkPolicy selects no pod of the workloads it is written beside.",
  why: `A policy finds its pods by labels. With a label that no pod has it protects nothing, and nothing says so: the pods it was written for accept every connection as before.

The rule compares a policy with the workloads of its kustomization, chart or folder, and is silent where one of another file fits, or where an operator may make the pods.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:dangling-networkpolicy",
    "kube-score:NetworkPolicy targets Pod",
    "kube-score:networkpolicy-targets-pod",
    "kics:network_policy_is_not_targeting_any_pod",
    "kubescape:C-0299",
  ],
  references: ["https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource"],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${serviceWith({})}---\n${networkPolicyObject(closed, ["matchLabels:", "  app: apis"])}`,
      good: `${serviceWith({})}---\n${networkPolicyObject(closed)}`,
    },
  ],
  keys: ["podSelector"],
  *check(model, _options, workspace) {
    for (const { resource, whole } of policiesOf(model)) {
      const selector = resource.get("spec", "podSelector");
      if (!whole || selector === undefined || isUnknownSelector(selector)) continue;
      const wanted = plainValue(selector);
      if (takesAll(wanted)) continue;
      const { none, beside, nearest } = podsFor(workspace.manifests(), wanted, resource.namespace);
      if (!none || beside.length === 0) continue;
      const labels = nearest?.workload.labels ?? {};
      const entry = differingLabel(selector, labels);
      const has = entry === undefined ? undefined : labels[entry.key];
      const at = entry?.value.span ?? resource.entry("spec", "podSelector")?.keySpan ?? selector.span;
      yield {
        at,
        message: `No pod has these labels, so this policy protects nothing${nearest === undefined || entry === undefined ? "" : `: ${nearest.kind} \`${nearest.name ?? ""}\` has ${has === undefined ? `no \`${entry.key}\`` : `\`${entry.key}: ${has}\``}`}.`,
        ...(nearest === undefined
          ? {}
          : { related: [{ at: nearest.labelsSpan, path: nearest.path, message: "Its pods are labelled here." }] }),
        fixes: () => corrected(model, entry, labels),
      };
    }
  },
});
