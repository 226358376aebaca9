import { defineRule } from "../../engine/rule.ts";
import { bindingsOf, type RoleBinding } from "../../languages/kubernetes/role.ts";
import { listed } from "../../text/words.ts";
import type { ManifestView, PlacedObject } from "../../workspace/manifests.ts";
import { allowsEverything, boundRole } from "./shared/bound-roles.ts";
import { placeOf } from "./shared/missing-target.ts";
import { isPlatforms } from "./shared/rbac.ts";
import { account, bindingWith } from "./shared/role-bindings.ts";

export default defineRule("kubernetes", {
  slug: "cluster-admin-binding",
  summary: "A binding makes its subjects administrators: `cluster-admin`, or a role that allows everything.",
  why: `\`cluster-admin\` may do everything, and whoever gets hold of one such account, a leaked token or a shell in the pod that uses it, owns the cluster. Programs know
what they need: give them a role that lists it. Even bound in one namespace it hands out all Secrets there and the right to bind roles.

People who run the cluster, and the first installation of a tool that sets up everything (a GitOps controller), are given it on purpose. Allow it there, with the reason.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:cluster-admin-role-binding",
    "polaris:clusterrolebindingClusterAdmin",
    "polaris:rolebindingClusterAdminClusterRole",
    "polaris:rolebindingClusterAdminRole",
    "trivy:KSV-0111",
    "kics:cluster_admin_role_binding_with_super_user_permissions",
    "kubescape:C-0035",
  ],
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles",
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege",
  ],
  fix: null,
  reads: "workspace",
  keys: ["roleRef"],
  examples: [
    {
      bad: bindingWith("ClusterRoleBinding", ["ClusterRole", "cluster-admin"], account("deployer")),
      good: bindingWith("ClusterRoleBinding", ["ClusterRole", "view"], account("deployer")),
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const binding of model.once(bindingsOf)) {
      const { role, resource, cluster } = binding;
      if (role?.name === undefined || isBuiltIn(binding)) continue;
      const literal = role.name === "cluster-admin";
      const found = literal ? undefined : everything(binding, workspace.manifests());
      if (!literal && found === undefined) continue;
      const who = listed(
        binding.subjects.flatMap(({ name }) => (name === undefined ? [] : [`\`${name}\``])).slice(0, 3),
      );
      const where = cluster
        ? "the cluster"
        : `the namespace${resource.namespace === undefined ? "" : ` \`${resource.namespace}\``}`;
      yield {
        at: role.at,
        message: `${who === "" ? `\`${role.name}\` allows everything` : `${who} may do everything`} in ${where}${who === "" ? "" : ` through \`${role.name}\``}: bind a role that lists what is needed.`,
        related: found === undefined ? [] : [placeOf(found)],
        ...(cluster ? {} : { severity: "info" }),
      };
    }
  },
});

function everything(binding: RoleBinding, manifests: ManifestView): PlacedObject | undefined {
  if (isPlatforms(binding.resource)) return undefined;
  const found = boundRole(binding, manifests);
  return found !== undefined && allowsEverything(found) ? found : undefined;
}

/** The binding that every cluster comes with. */
function isBuiltIn({ resource, subjects }: RoleBinding): boolean {
  return resource.name === "cluster-admin" && subjects.every(({ name }) => name === "system:masters");
}
