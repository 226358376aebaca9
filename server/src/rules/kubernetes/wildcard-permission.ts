import { defineRule } from "../../engine/rule.ts";
import { rolesOf } from "../../languages/kubernetes/role.ts";
import { grant, isPlatforms, isUnlimited, roleWith } from "./shared/rbac.ts";

export default defineRule("kubernetes", {
  slug: "wildcard-permission",
  summary: "A role names API groups, resources or verbs by a wildcard.",
  why: `A \`*\` allows what is there today and what an upgrade or a new custom resource brings tomorrow; nobody sees from the role what its program does. Lists are longer
and say it.

For an operator and its own custom resources a wildcard is common and does little harm, so this is off until asked for. Wildcards that reach the core group are
reported by \`unlimited-role\`.`,
  category: "security",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:wildcard-in-rules", "checkov:CKV_K8S_49", "kics:rbac_wildcard_in_rule"],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  fix: null,
  keys: ["rules"],
  examples: [
    {
      bad: roleWith("Role", grant("apps", ["deployments"], ["*"])),
      good: roleWith("Role", grant("apps", ["deployments"], ["get", "list", "watch"])),
      fixed: false,
    },
  ],
  *check(model) {
    for (const role of model.once(rolesOf)) {
      if (isPlatforms(role.resource)) continue;
      for (const rule of role.rules) {
        if (isUnlimited(rule)) continue;
        const lists = [
          ["API group", rule.groups],
          ["resource", rule.resources],
          ["verb", rule.verbs],
        ] as const;
        for (const [what, { items }] of lists) {
          const wildcard = items.find(({ text }) => text === "*");
          if (wildcard === undefined) continue;
          yield {
            at: wildcard.at,
            message: `\`*\` allows every ${what}, those that a later release brings included: list the ones that are needed.`,
          };
        }
      }
    }
  },
});
