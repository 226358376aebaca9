import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { flagOf } from "./shared/security-context.ts";
import { workloadsOf } from "./shared/workloads.ts";

const reason = "# seaworthy ignore host-namespace -- it manages the node's interfaces";
const onHost = [reason, "hostNetwork: true"];

export default defineRule("kubernetes", {
  slug: "host-network-dns",
  summary: "A pod in the node's network cannot look up names of Services.",
  why: `A pod with \`hostNetwork: true\` gets the node's own DNS settings, whatever the default \`dnsPolicy: ClusterFirst\` promises. Names such as \`api.shop.svc\` are then unknown to
it. \`ClusterFirstWithHostNet\` gives it the cluster's DNS; a pod that must not depend on that, as a DNS server or a network plugin, says \`dnsPolicy: Default\`.`,
  category: "networking",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/#pod-s-dns-policy"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ podEnd: onHost }),
      good: jobWith({ podEnd: [...onHost, "dnsPolicy: ClusterFirstWithHostNet"] }),
    },
  ],
  keys: ["hostNetwork"],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      const host = pod.entry("hostNetwork");
      if (host === undefined || flagOf(host.value) !== true || pod.windows) continue;
      const policy = pod.entry("dnsPolicy");
      if (policy === undefined ? !whole : scalarText(policy.value) !== "ClusterFirst") continue;
      yield {
        at: policy === undefined ? host.keySpan : policy.value.span,
        message:
          "In the node's network this pod does not find Services by name: set `dnsPolicy: ClusterFirstWithHostNet`, or `Default` if it is not to.",
        fixes: () =>
          reviewed(
            "Set `dnsPolicy: ClusterFirstWithHostNet` (names are then looked up in the cluster's DNS)",
            setPath(model.document, pod.spec, ["dnsPolicy"], "ClusterFirstWithHostNet", {
              position: { after: ["hostNetwork"] },
            }),
          ),
      };
    }
  },
});
