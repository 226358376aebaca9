import { defineRule, type Problem } from "../../engine/rule.ts";
import { resourcesOf } from "../../knowledge/kubernetes-resources.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { type Role, type RoleRule, rolesOf, type RoleTerm } from "../../languages/kubernetes/role.ts";
import { appendItem, removeEntry, removeItem } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { grant, roleWith } from "./shared/rbac.ts";

export default defineRule("kubernetes", {
  slug: "ineffective-permission",
  summary: "A role names a permission that it cannot grant.",
  why: `Kubernetes accepts these and grants nothing, so that a program fails with \`forbidden\` although its role seems to allow what it does.

A Role is about objects of its namespace: nodes, persistent volumes, token reviews and the like are in none, and need a ClusterRole and a ClusterRoleBinding. \`create\` and
\`deletecollection\` cannot be narrowed by \`resourceNames\`, since no name is known yet when they are asked for. And \`*\` in \`resourceNames\` is a name like any other, which no object has.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#role-and-clusterrole",
    "https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources",
  ],
  fix: "review",
  keys: ["rules"],
  examples: [
    {
      bad: roleWith("Role", [...grant("", ["configmaps"], ["get", "create"]), "  resourceNames: [leader]"]),
      good: roleWith("Role", [
        ...grant("", ["configmaps"], ["get"]),
        "  resourceNames: [leader]",
        "- apiGroups:",
        '    - ""',
        "  resources:",
        "    - configmaps",
        "  verbs:",
        "    - create",
      ]),
    },
  ],
  *check(model) {
    for (const role of model.once(rolesOf)) {
      for (const rule of role.rules) {
        if (!role.cluster) yield* clusterWide(rule);
        yield* named(model, role, rule);
      }
    }
  },
});

function* clusterWide(rule: RoleRule): Iterable<Problem> {
  const groups = rule.groups.items.map(({ text }) => resourcesOf(text));
  if (groups.length === 0 || groups.length !== rule.groups.list?.items.length || groups.includes(undefined)) return;
  for (const { text, at } of rule.resources.items) {
    const [name = ""] = text.split("/");
    // A namespace itself counts as being in it.
    if (name === "namespaces") continue;
    const found = groups.flatMap((resources) => resources?.get(name) ?? []);
    if (found.length === 0 || found.some(({ cluster }) => !cluster)) continue;
    yield {
      at,
      message: `\`${text}\` is in no namespace, so a Role never grants it: put it into a ClusterRole, bound by a ClusterRoleBinding.`,
    };
  }
}

function* named(model: KubernetesModel, role: Role, rule: RoleRule): Iterable<Problem> {
  const { names, verbs } = rule;
  if (names.list === undefined || names.list.items.length === 0 || names.entry === undefined) return;
  const star = names.items.find(({ text }) => text === "*");
  if (star !== undefined) {
    yield {
      at: star.at,
      message:
        "`*` in `resourceNames` is a name, and no object has it: list the names, or remove `resourceNames` to allow all.",
      fixes: () =>
        names.list?.items.length === 1
          ? reviewed(
              "Remove `resourceNames` (the rule then holds for all objects)",
              removeEntry(model.document, rule.map, "resourceNames"),
            )
          : [],
    };
    return;
  }
  for (const verb of verbs.items) {
    if (verb.text !== "create" && verb.text !== "deletecollection") continue;
    // A subresource is created for an object that has a name: a shell in one pod, a token for one account.
    if (verb.text === "create" && rule.resources.items.some(({ text }) => text.includes("/"))) continue;
    yield {
      at: verb.at,
      message: `\`${verb.text}\` is never allowed by a rule with \`resourceNames\`: put it into a rule without them.`,
      fixes: () =>
        reviewed(
          `Allow \`${verb.text}\` in a rule of its own (for objects of any name)`,
          apart(model, role, rule, verb),
        ),
    };
  }
}

/** Moves a verb to a rule of its own, without the names. */
function apart(model: KubernetesModel, role: Role, rule: RoleRule, verb: RoleTerm): ReturnType<typeof joined> {
  const rules = role.resource.get("rules");
  const { list } = rule.verbs;
  if (rules?.type !== "seq" || list === undefined) return undefined;
  if (list.items.length === 1) return removeEntry(model.document, rule.map, "resourceNames");
  const { groups, resources } = rule;
  if ([groups, resources].some(({ items, list: written }) => items.length !== written?.items.length)) return undefined;
  const own = { apiGroups: [...groups.texts], resources: [...resources.texts], verbs: [verb.text] };
  return joined(model.document.text, [
    removeItem(model.document, list, verb.index),
    appendItem(model.document, rules, own),
  ]);
}
