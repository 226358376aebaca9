import { bindingWith, person, subjectRule } from "./shared/role-bindings.ts";

export default subjectRule({
  slug: "masters-binding",
  summary: "A binding names the group `system:masters`.",
  why: `Members of \`system:masters\` pass every check of the API server before roles are asked at all: this binding gives them nothing and taking it away takes nothing. It
hides that there are such members, whose certificates cannot be revoked, and makes the group look like one to use.

Use a group of your own, bound to the role its members need.`,
  severity: "warning",
  preset: "recommended",
  aliases: ["trivy:KSV-0123"],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  matches: ({ kind, name }, { resource }) =>
    // The one that every cluster comes with.
    kind === "Group" && name === "system:masters" && resource.name !== "cluster-admin",
  caution: "its members keep all their rights, which no binding gives them",
  message: () =>
    "`system:masters` passes every check without any role, and its certificates cannot be revoked: bind a group of your own instead.",
  examples: [
    {
      bad: bindingWith(
        "RoleBinding",
        ["Role", "deployer"],
        [...person("Group", "shop-team"), ...person("Group", "system:masters")],
      ),
      good: bindingWith("RoleBinding", ["Role", "deployer"], person("Group", "shop-team")),
    },
  ],
});
