import { replaceScalar } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "node-proxy",
  summary: "A role may speak to the kubelets of nodes: `nodes/proxy`.",
  why: `\`nodes/proxy\` is the kubelet's whole interface: logs, and commands in every container of every node, past admission control and the audit log. \`get\` alone
is enough to run commands, since the kubelet opens them on a plain upgrade of the connection.

Monitoring asked for it to read metrics. \`nodes/metrics\` (and \`nodes/stats\`) gives just those, and since Kubernetes 1.33 \`nodes/pods\` the list of pods that agents read.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["trivy:KSV-0047", "checkov:CKV2_K8S_2", "kubescape:C-0279"],
  references: [
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#access-to-proxy-subresource-of-nodes",
    "https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/",
  ],
  permissions: [{ groups: [""], resources: ["nodes/proxy"], verbs: ["get", "create", "update", "patch", "delete"] }],
  at: "resource",
  caution: "what asks kubelets for more than metrics fails",
  message: () =>
    "`nodes/proxy` runs commands in every container of every node, unseen by admission and audit: metrics need `nodes/metrics` alone, and the list of pods `nodes/pods`.",
  fixesOf: (model, { rule, resources }) => {
    const [only] = resources;
    if (only === undefined || resources.length > 1 || only.text !== "nodes/proxy") return [];
    if (rule.resources.texts.has("nodes/metrics") || rule.verbs.texts.has("*")) return [];
    const edits = replaceScalar(model.document, only.node, "nodes/metrics");
    return reviewed("Ask for `nodes/metrics` instead (what asks kubelets for more than metrics fails)", edits);
  },
  examples: [
    {
      bad: roleWith("ClusterRole", [...grant("", ["configmaps"], ["get"]), ...grant("", ["nodes/proxy"], ["get"])]),
      good: roleWith("ClusterRole", [...grant("", ["configmaps"], ["get"]), ...grant("", ["nodes/metrics"], ["get"])]),
    },
  ],
});
