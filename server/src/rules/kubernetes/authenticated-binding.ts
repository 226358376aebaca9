import { bindingWith, person, roleName, subjectRule } from "./shared/role-bindings.ts";

export default subjectRule({
  slug: "authenticated-binding",
  summary: "A binding gives rights to everybody who can log in, or to every service account.",
  why: `\`system:authenticated\` holds every user and every service account, and where anyone with an account of the cloud provider counts as a user, strangers too.
\`system:serviceaccounts\` is every pod of the cluster. What is bound to them is a right that any compromised container has.

Roles that Kubernetes binds so itself (\`system:basic-user\`, \`system:discovery\`, \`system:service-account-issuer-discovery\`) are not reported.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["trivy:KSV-01011", "kubescape:C-0265"],
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects"],
  matches: ({ kind, name }, { role }) =>
    kind === "Group" &&
    (name === "system:authenticated" || name === "system:serviceaccounts") &&
    !meantForAll.has(role?.name ?? ""),
  caution: "those who are not named elsewhere lose the role",
  message: ({ name }, binding) =>
    `\`${name ?? ""}\` is ${name === "system:authenticated" ? "everybody who can log in, service accounts included" : "every pod of the cluster"}: name who needs ${roleName(binding)}.`,
  examples: [
    {
      bad: bindingWith(
        "ClusterRoleBinding",
        ["ClusterRole", "view"],
        [...person("Group", "shop-team"), ...person("Group", "system:authenticated")],
      ),
      good: bindingWith("ClusterRoleBinding", ["ClusterRole", "view"], person("Group", "shop-team")),
    },
  ],
});

/** Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles */
const meantForAll: ReadonlySet<string> = new Set([
  "system:basic-user",
  "system:discovery",
  "system:public-info-viewer",
  "system:service-account-issuer-discovery",
]);
