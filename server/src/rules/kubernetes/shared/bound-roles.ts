import { rbacGroup, type RoleBinding } from "../../../languages/kubernetes/role.ts";
import type { YamlScalar } from "../../../languages/yaml/node.ts";
import { getPath } from "../../../languages/yaml/path.ts";
import type { ManifestView, ObjectReference, PlacedObject } from "../../../workspace/manifests.ts";
import { plainItems, plainText, type PlainValue } from "../../../workspace/plain-value.ts";

/** What a binding's `roleRef` points at; `undefined` where its kind or name is not known. */
export function roleReference({ resource, role }: RoleBinding): ObjectReference | undefined {
  if (role?.name === undefined || (role.kind !== "Role" && role.kind !== "ClusterRole")) return undefined;
  const namespace = role.kind === "Role" ? resource.namespace : undefined;
  return { group: rbacGroup, kind: role.kind, name: role.name, namespace };
}

/** The scalar that names the role of a binding. */
export function roleNode({ resource }: RoleBinding): YamlScalar | undefined {
  const node = getPath(resource.map, "roleRef", "name");
  return node?.type === "scalar" ? node : undefined;
}

/** Roles that every cluster has; what is theirs to allow is not written in any manifest. */
export function isBuiltInRole({ kind, name }: ObjectReference): boolean {
  if (name.startsWith("system:")) return true;
  return kind === "ClusterRole" ? usersRoles.has(name) : name === "extension-apiserver-authentication-reader";
}

/** Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
const usersRoles: ReadonlySet<string> = new Set(["cluster-admin", "admin", "edit", "view"]);

/** Of those, the ones that may open shells in pods. */
export const execRoles: ReadonlySet<string> = new Set(["cluster-admin", "admin", "edit"]);

/** The role that a binding names, where it is written in a manifest. */
export function boundRole(binding: RoleBinding, manifests: ManifestView): PlacedObject | undefined {
  const reference = roleReference(binding);
  return reference === undefined ? undefined : manifests.find(reference);
}

/** Whether any rule of a role allows this; wildcards do. */
export function roleAllows(
  role: PlacedObject,
  permission: { readonly group: string; readonly resource: string; readonly verb: string },
): boolean {
  return plainItems(role.value, "rules").some(
    (rule) =>
      plainItems(rule, "resourceNames").length === 0 &&
      has(rule, "apiGroups", permission.group) &&
      (has(rule, "resources", permission.resource) ||
        has(rule, "resources", `${permission.resource.split("/")[0] ?? ""}/*`)) &&
      has(rule, "verbs", permission.verb),
  );
}

/** Whether a rule of a role allows everything on everything, be it that the verbs are all listed. */
export function allowsEverything(role: PlacedObject): boolean {
  return plainItems(role.value, "rules").some(
    (rule) =>
      names(rule, "apiGroups").includes("*") &&
      names(rule, "resources").includes("*") &&
      plainItems(rule, "resourceNames").length === 0 &&
      ["get", "list", "watch", "create", "update", "patch", "delete"].every((verb) => has(rule, "verbs", verb)),
  );
}

function has(rule: PlainValue, key: string, word: string): boolean {
  const words = names(rule, key);
  return words.includes("*") || words.includes(word);
}

function names(rule: PlainValue, key: string): readonly string[] {
  return plainItems(rule, key).flatMap((item) => plainText(item) ?? []);
}
