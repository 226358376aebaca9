import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "role-escalation",
  summary: "A role may give itself more rights: `bind` or `escalate` on roles.",
  why: `Kubernetes lets nobody write a role or a binding with more rights than their own. \`escalate\` lifts this for roles, \`bind\` for bindings, and \`*\` holds both:
who has one of them is an administrator in two steps.

An operator that hands out roles may need \`bind\`. Name those roles in \`resourceNames\`: it then can bind these and no others, and this rule is silent.`,
  severity: "warning",
  preset: "recommended",
  aliases: [
    "trivy:KSV-0050",
    "trivy:KSV-0051",
    "trivy:KSV-0052",
    "trivy:KSV-0045",
    "checkov:CKV_K8S_157",
    "checkov:CKV_K8S_158",
    "checkov:CKV2_K8S_1",
    "kics:rbac_roles_allow_privilege_escalation",
  ],
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping",
  ],
  permissions: [
    {
      groups: ["rbac.authorization.k8s.io"],
      resources: ["roles", "clusterroles", "rolebindings", "clusterrolebindings"],
      verbs: ["bind", "escalate"],
    },
  ],
  at: "verb",
  sparesNames: true,
  caution: "whatever hands out roles beyond its own rights fails",
  message: (what, verbs) =>
    `Allowing ${verbs} on ${what} lets whoever holds this role take any right of the cluster: ${verbs.includes("*") ? "list the verbs that are needed" : "remove it, or name the roles in `resourceNames`"}.`,
  examples: [
    {
      bad: roleWith("ClusterRole", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("rbac.authorization.k8s.io", ["clusterroles"], ["bind"]),
      ]),
      good: roleWith("ClusterRole", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
