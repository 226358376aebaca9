import { account, bindingWith, roleName, subjectRule } from "./shared/role-bindings.ts";

export default subjectRule({
  slug: "default-account-binding",
  summary: "A binding gives rights to the `default` service account.",
  why: `\`default\` is the account of every pod that names none. What is bound to it is given to all of them, those included that are still to come, and to
the sidecar somebody injects next year. Make an account for the program that needs the rights and name it in its pod.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["checkov:CKV_K8S_42", "kics:role_binding_to_default_service_account"],
  references: ["https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts"],
  matches: ({ kind, name }) => kind === "ServiceAccount" && name === "default",
  caution: "pods that name no account lose the role",
  message: (_subject, binding) =>
    `\`default\` is the account of every pod that names none: all of them get ${roleName(binding)}. Bind an account of the program's own.`,
  examples: [
    {
      bad: bindingWith("RoleBinding", ["ClusterRole", "view"], [...account("api"), ...account("default")]),
      good: bindingWith("RoleBinding", ["ClusterRole", "view"], account("api")),
    },
  ],
});
