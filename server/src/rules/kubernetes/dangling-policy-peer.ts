import { defineRule } from "../../engine/rule.ts";
import { getPath } from "../../languages/yaml/path.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import type { Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import type { ManifestView } from "../../workspace/manifests.ts";
import { networkPolicyObject, serviceWith } from "./shared/example.ts";
import { policiesOf } from "./shared/network-policies.ts";
import { podsFor, takesAll } from "./shared/selected-pods.ts";
import { corrected, differingLabel, isUnknownSelector } from "./shared/selector-label.ts";

export default defineRule("kubernetes", {
  slug: "dangling-policy-peer",
  summary: "A rule of a NetworkPolicy allows traffic with pods that do not exist.",
  why: `Peers of a policy are found by labels, in the policy's own namespace unless a \`namespaceSelector\` says otherwise. A label that no pod has allows nobody, and since everything that
no rule allows is refused, the connection that was to be allowed times out. A missing \`namespaceSelector\` has the same effect for pods of another namespace.

Some policies allow a label that clients from elsewhere are to set; that is why it is said mildly where no label looks like a slip.`,
  category: "networking",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-linter:dangling-networkpolicypeer-podselector"],
  references: [
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors",
  ],
  fix: "review",
  reads: "workspace",
  examples: [
    {
      bad: `${serviceWith({})}---\n${networkPolicyObject(from("apis"))}`,
      good: `${serviceWith({})}---\n${networkPolicyObject(from("api"))}`,
    },
  ],
  keys: ["podSelector"],
  *check(model, _options, workspace) {
    yield* oncePerPlace(problems(model, workspace.manifests()));
  },
});

function* problems(model: KubernetesModel, manifests: ManifestView): Iterable<Problem> {
  for (const { resource, whole, ingress, egress } of policiesOf(model)) {
    if (!whole) continue;
    for (const peer of [...ingress.rules, ...egress.rules].flatMap(({ peers }) => peers ?? [])) {
      const selector = getPath(peer, "podSelector");
      // Pods of other namespaces are mostly written elsewhere.
      if (selector === undefined || peer.get("namespaceSelector") !== undefined || isUnknownSelector(selector))
        continue;
      const wanted = plainValue(selector);
      if (takesAll(wanted)) continue;
      const { none, beside, nearest } = podsFor(manifests, wanted, resource.namespace);
      if (!none || beside.length === 0) continue;
      const labels = nearest?.workload.labels ?? {};
      const entry = differingLabel(selector, labels);
      const has = entry === undefined ? undefined : labels[entry.key];
      const mended = corrected(model, entry, labels);
      yield {
        at: entry?.value.span ?? peer.get("podSelector")?.keySpan ?? peer.span,
        message:
          mended.length > 0 && entry !== undefined && has !== undefined
            ? `No pod of the namespace has these labels, so this allows nobody: did you mean \`${entry.key}: ${has}\`?`
            : "No pod of the namespace has these labels, so this allows nobody: correct them, or add a `namespaceSelector` if the pods are elsewhere.",
        ...(mended.length > 0 ? {} : { severity: "info" }),
        ...(nearest === undefined || mended.length === 0
          ? {}
          : { related: [{ at: nearest.labelsSpan, path: nearest.path, message: "Its pods are labelled here." }] }),
        fixes: mended,
      };
    }
  }
}

function from(app: string): readonly string[] {
  return [
    "policyTypes:",
    "  - Ingress",
    "ingress:",
    "  - from:",
    "      - podSelector:",
    "          matchLabels:",
    `            app: ${app}`,
  ];
}
