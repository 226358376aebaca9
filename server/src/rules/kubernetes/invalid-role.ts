import { defineRule } from "../../engine/rule.ts";
import { rolesOf } from "../../languages/kubernetes/role.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { grant, roleWith } from "./shared/rbac.ts";

export default defineRule("kubernetes", {
  slug: "invalid-role",
  summary: "A rule of a role is written in a way that the API server refuses.",
  why: `A rule is either about resources, and then names \`apiGroups\` (the core one is \`""\`), \`resources\` and \`verbs\`; or about paths of the API server
(\`nonResourceURLs\`), and then stands in a ClusterRole and names nothing else but \`verbs\`. The API server refuses the whole role otherwise.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/"],
  fix: "review",
  keys: ["rules"],
  examples: [
    {
      bad: roleWith("Role", ["- resources: [configmaps]", "  verbs: [get]"]),
      good: roleWith("Role", ["- apiGroups:", '    - ""', "  resources: [configmaps]", "  verbs: [get]"]),
    },
    {
      bad: roleWith("Role", [...grant("", ["pods"], ["get"]), "- nonResourceURLs: [/metrics]", "  verbs: [get]"]),
      good: roleWith("ClusterRole", [
        ...grant("", ["pods"], ["get"]),
        "- nonResourceURLs: [/metrics]",
        "  verbs: [get]",
      ]),
      fixed: false,
    },
  ],
  *check(model) {
    for (const role of model.once(rolesOf)) {
      for (const { urls, groups, resources, names, verbs, map } of role.rules) {
        if (urls.entry !== undefined && urls.list?.items.length !== 0) {
          const other = [resources, groups, names].find(({ list }) => list !== undefined && list.items.length > 0);
          if (!role.cluster) {
            yield {
              at: urls.entry.keySpan,
              message:
                "A Role is about one namespace and cannot grant paths of the API server: put this rule into a ClusterRole.",
            };
          } else if (other?.entry !== undefined) {
            yield {
              at: other.entry.keySpan,
              message: `A rule with \`nonResourceURLs\` takes no \`${other.entry.key}\`: make two rules of it.`,
            };
          }
          continue;
        }
        if (role.resource.partial || resources.list === undefined || resources.list.items.length === 0) continue;
        if (groups.entry === undefined || groups.list?.items.length === 0) {
          yield {
            at: groups.entry?.keySpan ?? resources.entry?.keySpan ?? map.span,
            message:
              'This rule names no API group, and the API server refuses it: add `apiGroups`, `[""]` for the core group.',
            fixes: () =>
              reviewed(
                'Add `apiGroups: [""]`, the core group (for resources of another group write that one)',
                setPath(model.document, map, ["apiGroups"], [""], { position: { before: ["resources", "verbs"] } }),
              ),
          };
        }
        if (verbs.list?.items.length === 0 && verbs.entry !== undefined) {
          yield {
            at: verbs.entry.keySpan,
            message: "A rule without verbs is refused by the API server: list what it allows.",
          };
        }
      }
    }
  },
});
