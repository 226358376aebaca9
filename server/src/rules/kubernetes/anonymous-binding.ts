import { bindingWith, person, roleName, subjectRule } from "./shared/role-bindings.ts";

export default subjectRule({
  slug: "anonymous-binding",
  summary: "A binding gives rights to requests without any credentials.",
  why: `\`system:anonymous\` is whoever sends no credentials, and \`system:unauthenticated\` the group of all of them. What is bound to them is open to everyone who reaches
the API server, often the whole internet; clusters were taken over through it.

Only \`system:public-info-viewer\`, which shows the version and health, is bound so by Kubernetes itself, and not reported.`,
  severity: "error",
  preset: "minimal",
  aliases: ["trivy:KSV-0122", "kubescape:C-0262"],
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/authentication/#anonymous-requests"],
  matches: ({ kind, name }, { role }) =>
    (kind === "User" || kind === "Group") &&
    (name === "system:anonymous" || name === "system:unauthenticated") &&
    role?.name !== "system:public-info-viewer",
  caution: "requests without credentials are refused",
  message: ({ name }, binding) =>
    `\`${name ?? ""}\` is everyone without credentials: they all get ${roleName(binding)}. Remove it.`,
  examples: [
    {
      bad: bindingWith(
        "RoleBinding",
        ["Role", "reader"],
        [...person("User", "jane@example.com"), ...person("Group", "system:unauthenticated")],
      ),
      good: bindingWith("RoleBinding", ["Role", "reader"], person("User", "jane@example.com")),
    },
  ],
});
