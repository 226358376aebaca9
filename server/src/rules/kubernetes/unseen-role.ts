import { defineRule } from "../../engine/rule.ts";
import { bindingsOf } from "../../languages/kubernetes/role.ts";
import { isBuiltInRole, roleReference } from "./shared/bound-roles.ts";
import { isPlatforms } from "./shared/rbac.ts";
import { account, bindingWith } from "./shared/role-bindings.ts";

export default defineRule("kubernetes", {
  slug: "unseen-role",
  summary: "A binding names a role that is in none of the workspace's files.",
  why: `What such a binding allows cannot be reviewed here: the role may be made by a chart or an operator, may allow everything, or may not be there. This is for repositories that
are meant to hold all their roles, and off until asked for; a role that is surely missing is reported by \`unknown-role\`.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "kube-linter:access-to-secrets",
    "polaris:clusterrolebindingPodExecAttach",
    "polaris:rolebindingClusterRolePodExecAttach",
    "polaris:rolebindingRolePodExecAttach",
  ],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#periodic-review"],
  fix: null,
  reads: "workspace",
  keys: ["roleRef"],
  examples: [
    {
      bad: bindingWith("RoleBinding", ["Role", "deployer"], account("api")),
      good: bindingWith("RoleBinding", ["ClusterRole", "view"], account("api")),
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const binding of model.once(bindingsOf)) {
      const reference = roleReference(binding);
      if (reference === undefined || isBuiltInRole(reference) || isPlatforms(binding.resource)) continue;
      const { found, near, missing } = workspace.manifests().lookUp(reference);
      if (found.length > 0 || missing !== "elsewhere" || near.length > 0 || binding.role === undefined) continue;
      yield {
        at: binding.role.at,
        message: `The ${reference.kind} \`${reference.name}\` is in no file of the workspace, so nobody sees here what it allows: keep it beside its bindings.`,
      };
    }
  },
});
