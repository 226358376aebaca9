import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "role-management",
  summary: "A role may create or change roles and bindings.",
  why: `Kubernetes keeps writers of roles from giving more than they have, so this is no way to more rights by itself. It still is the way to hand on those rights to anyone,
and to lock others out; together with \`bind\` or \`escalate\` it is everything (see \`role-escalation\`). Installers and operators need it.`,
  severity: "hint",
  preset: "all",
  aliases: ["trivy:KSV-0055"],
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping",
  ],
  permissions: [
    {
      groups: ["rbac.authorization.k8s.io"],
      resources: ["roles", "clusterroles", "rolebindings", "clusterrolebindings"],
      verbs: ["create", "update", "patch", "delete", "deletecollection"],
    },
  ],
  at: "resource",
  sparesAggregated: true,
  sparesNames: true,
  caution: "whatever installs roles fails",
  message: (what, verbs) =>
    `Allowing ${verbs} on ${what} hands this role's rights on to anyone: keep it to installers and administrators.`,
  examples: [
    {
      bad: roleWith("Role", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("rbac.authorization.k8s.io", ["rolebindings"], ["create"]),
      ]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
