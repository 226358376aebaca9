import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "impersonation",
  summary: "A role may act as other users, groups or service accounts.",
  why: `\`impersonate\` lets its holder send a header and be anyone: an administrator, a service account, a member of \`system:masters\`. Whatever else the role
says no longer matters, and the audit log shows the other name first.

Gateways and proxies that authenticate people for the cluster are built on it. They should name who may be impersonated in \`resourceNames\`; this rule then is silent.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["trivy:KSV-0043", "checkov:CKV2_K8S_3", "kics:rbac_roles_with_impersonate_permission", "kubescape:C-0065"],
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authentication/#user-impersonation"],
  permissions: [
    {
      groups: ["", "authentication.k8s.io"],
      resources: ["users", "groups", "serviceaccounts", "uids"],
      verbs: ["impersonate"],
    },
  ],
  at: "verb",
  sparesNames: true,
  caution: "whatever acts for others fails",
  message: (what, verbs) =>
    `Allowing ${verbs} on ${what} lets whoever holds this role act as anyone: remove it, or name who may be impersonated in \`resourceNames\`.`,
  examples: [
    {
      bad: roleWith("ClusterRole", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("", ["users", "groups"], ["impersonate"]),
      ]),
      good: roleWith("ClusterRole", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
