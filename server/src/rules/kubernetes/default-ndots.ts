import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { getPath, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { flagOf } from "./shared/security-context.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "default-ndots",
  summary: "A pod looks up each outside name in every search domain of the cluster first.",
  why: `A pod's resolver starts with \`ndots:5\`: a name with fewer than five dots is tried with each of the cluster's search domains before it is tried as it stands. \`api.example.com\` costs four
or more queries that fail, each for IPv4 and IPv6, before the one that counts. Busy services feel it, and so does the cluster's DNS.

\`ndots: "2"\` keeps \`api.shop\` and \`api.shop.svc\` working and spares outside names the detour. A name with a dot at its end has the same effect without any setting. It is off unless asked for,
because a pod that speaks to few outside names gains nothing.`,
  category: "networking",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:dnsconfig-options"],
  references: ["https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-dns-config"],
  fix: "review",
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({ podEnd: ["dnsConfig:", "  options:", "    - name: ndots", '      value: "2"'] }),
    },
  ],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      const at = pod.entry("dnsConfig") ?? pod.containersEntry;
      if (!whole || at === undefined || pod.windows || !asksCluster(pod)) continue;
      const options = pod.get("dnsConfig", "options");
      if (options !== undefined && (options.type !== "seq" || itemsOf(options).some(isNdots))) continue;
      yield {
        at: at.keySpan,
        message:
          'Outside names are tried in every search domain of the cluster first: set the option `ndots` to `"2"` in `dnsConfig`.',
        fixes: () => withNdots(model, pod),
      };
    }
  },
});

/** `Default` and the node's network have the node's resolver. */
function asksCluster(pod: PodTemplate): boolean {
  const policy = scalarText(pod.get("dnsPolicy")) ?? "ClusterFirst";
  if (policy === "ClusterFirstWithHostNet") return true;
  return policy === "ClusterFirst" && flagOf(pod.get("hostNetwork")) !== true;
}

function isNdots(option: Parameters<typeof getPath>[0]): boolean {
  return scalarText(getPath(option, "name")) === "ndots";
}

function withNdots(model: KubernetesModel, pod: PodTemplate): readonly Fix[] {
  const option = { name: "ndots", value: "2" };
  const count = itemsOf(pod.get("dnsConfig", "options")).length;
  return reviewed(
    "Set `ndots` to 2 (a name such as `api.shop.svc.cluster` is no longer tried within the cluster first)",
    setPath(
      model.document,
      pod.spec,
      ["dnsConfig", "options", ...(count === 0 ? [] : [count])],
      count === 0 ? [option] : option,
      { position: { after: ["containers", "volumes", "dnsPolicy"] } },
    ),
  );
}
