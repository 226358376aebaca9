import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { bindingsOf, type RoleBinding, type RoleSubject, rbacGroup } from "../../languages/kubernetes/role.ts";
import { removeEntry, replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { asMap, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { editFixes, reviewed, safe } from "../shared/edit-fixes.ts";
import { account, bindingWith } from "./shared/role-bindings.ts";

export default defineRule("kubernetes", {
  slug: "invalid-role-binding",
  summary: "A binding's role or subject is written in a way that the API server refuses.",
  why: `A ClusterRoleBinding can only name a ClusterRole. A subject is a \`User\`, a \`Group\` or a \`ServiceAccount\`; users and groups are of the group
\`rbac.authorization.k8s.io\`, service accounts of the core one, and in a ClusterRoleBinding a service account needs its namespace. The API server refuses anything else.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/reference/access-authn-authz/rbac/#rolebinding-and-clusterrolebinding"],
  fix: "safe",
  reads: "workspace",
  keys: ["roleRef", "subjects"],
  examples: [
    {
      bad: bindingWith(
        "RoleBinding",
        ["ClusterRole", "view"],
        [...account("api"), "  apiGroup: rbac.authorization.k8s.io"],
      ),
      good: bindingWith("RoleBinding", ["ClusterRole", "view"], account("api")),
    },
  ],
  *check(model, _options, workspace) {
    for (const binding of model.once(bindingsOf)) {
      yield* ofRole(model, binding);
      for (const subject of binding.subjects) yield* ofSubject(model, binding, subject, workspace);
    }
  },
});

function* ofRole(model: KubernetesModel, { resource, cluster, role }: RoleBinding): Iterable<Problem> {
  const map = asMap(resource.get("roleRef"));
  if (map === undefined) return;
  yield* ofGroup(model, map.get("apiGroup")?.value, `The group of roles is \`${rbacGroup}\``, rbacGroup);
  const kind = map.get("kind")?.value;
  if (kind?.type !== "scalar" || role?.kind === undefined || role.kind === "ClusterRole") return;
  if (role.kind === "Role" && !cluster) return;
  const right = role.kind === "Role" || cluster ? "ClusterRole" : closestOf(role.kind, ["Role", "ClusterRole"]);
  yield {
    at: kind.span,
    message:
      role.kind === "Role"
        ? "A ClusterRoleBinding cannot bind a Role, which is of one namespace: name a ClusterRole, or write a RoleBinding."
        : `\`${role.kind}\` is no kind of role: write ${cluster ? "`ClusterRole`" : "`Role` or `ClusterRole`"}.`,
    fixes: () =>
      right === undefined
        ? []
        : reviewed(`Write \`${right}\` (it must be there)`, replaceScalar(model.document, kind, right)),
  };
}

function* ofSubject(
  model: KubernetesModel,
  binding: RoleBinding,
  subject: RoleSubject,
  workspace: WorkspaceView,
): Iterable<Problem> {
  const { map, kind } = subject;
  const group = map.get("apiGroup");
  if (kind === "ServiceAccount") {
    if (group !== undefined && scalarText(group.value) !== "" && scalarText(group.value) !== undefined) {
      if (!isUnknown(group.value, "kubernetes"))
        yield {
          at: group.value.span,
          message: "A service account is of the core group, and any other is refused: remove `apiGroup`.",
          fixes: () => safe("Remove `apiGroup`", removeEntry(model.document, map, "apiGroup")),
        };
    }
    if (!binding.cluster || binding.resource.partial || map.get("namespace") !== undefined) return;
    if (isGivenNamespace(subject, workspace)) return;
    yield {
      at: subject.at,
      message: `A ClusterRoleBinding does not know where to look for the service account \`${subject.name ?? ""}\`: add its \`namespace\`.`,
    };
    return;
  }
  if (kind === "User" || kind === "Group") {
    yield* ofGroup(model, group?.value, `Users and groups are of \`${rbacGroup}\``, rbacGroup);
    return;
  }
  const written = map.get("kind")?.value;
  if (kind === undefined || written?.type !== "scalar") return;
  const right = closestOf(kind, ["User", "Group", "ServiceAccount"]);
  yield {
    at: written.span,
    message: `\`${kind}\` is no kind of subject: ${right === undefined ? "write `User`, `Group` or `ServiceAccount`" : `did you mean \`${right}\``}${right === undefined ? "." : "?"}`,
    fixes: () =>
      right === undefined
        ? []
        : editFixes(`Write \`${right}\``, "review", replaceScalar(model.document, written, right)),
  };
}

/** Kustomize adds the namespace of a service account that it knows, and of `default`. */
function isGivenNamespace({ name }: RoleSubject, workspace: WorkspaceView): boolean {
  const manifests = workspace.manifests();
  if (manifests.patch || !manifests.adds.namespace) return manifests.patch;
  if (name === undefined || name === "default") return true;
  const { found, missing } = manifests.lookUp({ group: "", kind: "ServiceAccount", name });
  return found.length > 0 || missing !== "here";
}

/** A group that is left out or empty is filled in by the API server. */
function* ofGroup(model: KubernetesModel, node: YamlNode | undefined, says: string, right: string): Iterable<Problem> {
  const text = scalarText(node);
  if (node?.type !== "scalar" || text === undefined || text === "" || text === right || isUnknown(node, "kubernetes"))
    return;
  yield {
    at: node.span,
    message: `${says}, not \`${text}\`${text.startsWith(`${right}/`) ? ", without a version" : ""}: the API server refuses this binding.`,
    fixes: () => safe(`Write \`${right}\``, replaceScalar(model.document, node, right)),
  };
}
