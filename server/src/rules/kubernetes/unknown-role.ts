import { mayBeOne } from "../../workspace/manifest-scopes.ts";
import { defineRule } from "../../engine/rule.ts";
import { bindingsOf } from "../../languages/kubernetes/role.ts";
import type { ManifestView, ObjectReference } from "../../workspace/manifests.ts";
import { isBuiltInRole, roleNode, roleReference } from "./shared/bound-roles.ts";
import { missingTarget } from "./shared/missing-target.ts";
import { grant, roleWith } from "./shared/rbac.ts";
import { account, bindingWith } from "./shared/role-bindings.ts";

export default defineRule("kubernetes", {
  slug: "unknown-role",
  summary: "A binding names a role that is not there.",
  why: `Kubernetes takes a binding to a role that does not exist, and it gives nothing: the program it was meant for is refused what it asks. A binding's role cannot be changed
afterwards, so it has to be deleted and made anew.

A role is said to be missing where other roles of its kind lie beside the binding, in the same kustomization, chart or folder, and all of these are known; roles
that come with Kubernetes are never missing.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding"],
  fix: "review",
  reads: "workspace",
  keys: ["roleRef"],
  examples: [
    {
      bad: `${roleWith("Role", grant("", ["configmaps"], ["get"]))}---\n${bindingWith("RoleBinding", ["Role", "deploy"], account("api"))}`,
      good: `${roleWith("Role", grant("", ["configmaps"], ["get"]))}---\n${bindingWith("RoleBinding", ["Role", "deployer"], account("api"))}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const binding of model.once(bindingsOf)) {
      const reference = roleReference(binding);
      const node = roleNode(binding);
      if (reference === undefined || node === undefined || isBuiltInRole(reference)) continue;
      const manifests = workspace.manifests();
      if (isOfOtherNamespace(manifests, reference)) continue;
      const consequence = "this binding gives nothing";
      const problem = missingTarget(model, manifests, { reference, node, consequence });
      if (problem !== undefined) yield problem;
    }
  },
});

/** A program's binding in another namespace, mostly `kube-system`, names a role whose manifest lies elsewhere. */
function isOfOtherNamespace(manifests: ManifestView, { kind, namespace }: ObjectReference): boolean {
  if (namespace === undefined) return false;
  return !manifests.siblings(kind).some((role) => mayBeOne(role.namespace, namespace));
}
