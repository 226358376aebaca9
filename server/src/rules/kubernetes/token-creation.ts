import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "token-creation",
  summary: "A role may make tokens for service accounts.",
  why: `\`create\` on \`serviceaccounts/token\` gives a token for any service account that the role reaches, and with it whatever that account may do. It is impersonation
by another name, and leaves no binding behind.

Secret stores and controllers that log in for others need it; name the accounts in \`resourceNames\`, and this rule is silent.`,
  severity: "info",
  preset: "recommended",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#token-request"],
  permissions: [{ groups: [""], resources: ["serviceaccounts/token"], verbs: ["create"] }],
  at: "resource",
  sparesNames: true,
  sparesAggregated: true,
  caution: "what asks for tokens of other accounts fails",
  message: () =>
    "`serviceaccounts/token` makes a token for any service account this role reaches, and so holds all their rights: name the accounts in `resourceNames`.",
  examples: [
    {
      bad: roleWith("Role", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("", ["serviceaccounts/token"], ["create"]),
      ]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
