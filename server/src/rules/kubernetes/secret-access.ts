import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

/** Verbs that show contents; `*` is one of them. */
const reading: ReadonlySet<string> = new Set(["get", "list", "watch", "*"]);

export default permissionRule({
  slug: "secret-access",
  summary: "A role may read or change every Secret of its namespace, or of the cluster.",
  why: `Whoever can read Secrets holds every password and key of the namespace, and often more rights than the role shows: the tokens of service accounts
are Secrets too. \`list\` and \`watch\` show the contents just as \`get\` does.

Name the Secrets a program needs in \`resourceNames\`, or mount them into its pod, which needs no role at all. Controllers that keep Secrets for others (certificate
managers, secret stores) do need this.`,
  severity: "hint",
  preset: "strict",
  aliases: [
    "kube-linter:access-to-secrets",
    "trivy:KSV-0041",
    "trivy:KSV-0045",
    "trivy:KSV-0113",
    "checkov:CKV2_K8S_5",
    "kics:rbac_roles_with_read_secrets_permissions",
    "kics:service_account_allows_access_secrets",
    "kubescape:C-0015",
  ],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#secrets"],
  permissions: [
    {
      groups: [""],
      resources: ["secrets"],
      verbs: ["get", "list", "watch", "create", "update", "patch", "delete", "deletecollection"],
    },
  ],
  at: "resource",
  sparesNames: true,
  caution: "programs that read other Secrets than those mounted fail",
  message: (_what, verbs, { role, rule }) =>
    `Allowing ${verbs} on \`secrets\` ${rule.verbs.items.some(({ text }) => reading.has(text)) ? "shows" : "reaches"} every Secret of the ${role.cluster ? "namespaces this role is bound for" : "namespace"}: name the ones that are needed in \`resourceNames\`, or mount them.`,
  examples: [
    {
      bad: roleWith("Role", [...grant("", ["configmaps"], ["get"]), ...grant("", ["secrets"], ["get", "list"])]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
