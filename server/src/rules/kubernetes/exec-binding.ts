import { defineRule } from "../../engine/rule.ts";
import { bindingsOf } from "../../languages/kubernetes/role.ts";
import { boundRole, execRoles, roleAllows, roleReference } from "./shared/bound-roles.ts";
import { placeOf } from "./shared/missing-target.ts";
import { isPlatforms } from "./shared/rbac.ts";
import { bindingWith, person } from "./shared/role-bindings.ts";

export default defineRule("kubernetes", {
  slug: "exec-binding",
  summary: "A binding lets its subjects run commands in running pods.",
  why: `The role decides what may be done (see \`pod-exec\`), the binding who may: here it is the one that matters to whoever asks who can open a shell in production. The role is
looked up in the files of the workspace; of the roles that come with Kubernetes, \`admin\`, \`edit\` and \`cluster-admin\` allow it.

Off until asked for, since a role that allows it is reported once already.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "polaris:clusterrolebindingPodExecAttach",
    "polaris:rolebindingClusterRolePodExecAttach",
    "polaris:rolebindingRolePodExecAttach",
  ],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/"],
  fix: null,
  reads: "workspace",
  keys: ["roleRef"],
  examples: [
    {
      bad: bindingWith("RoleBinding", ["ClusterRole", "edit"], person("User", "jane@example.com")),
      good: bindingWith("RoleBinding", ["ClusterRole", "view"], person("User", "jane@example.com")),
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const binding of model.once(bindingsOf)) {
      const reference = roleReference(binding);
      if (reference === undefined || isPlatforms(binding.resource)) continue;
      const role = boundRole(binding, workspace.manifests());
      const builtIn = reference.kind === "ClusterRole" && execRoles.has(reference.name);
      if (!builtIn && (role === undefined || !permissions.some((permission) => roleAllows(role, permission)))) continue;
      const [first, ...others] = binding.subjects;
      yield {
        at: first?.at ?? binding.role?.at ?? binding.resource.kindEntry.keySpan,
        message: `\`${first?.name ?? "Nobody"}\`${others.length > 0 ? ` and ${others.length} more` : ""} may run commands in pods ${binding.cluster ? "of every namespace" : "of this namespace"} through \`${reference.name}\`: bind a role without \`pods/exec\` and \`pods/attach\`.`,
        related: role === undefined || builtIn ? [] : [placeOf(role)],
      };
    }
  },
});

const permissions = ["pods/exec", "pods/attach"].flatMap((resource) =>
  ["create", "get"].map((verb) => ({ group: "", resource, verb })),
);
