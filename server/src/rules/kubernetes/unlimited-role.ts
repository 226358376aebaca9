import { defineRule, type Problem } from "../../engine/rule.ts";
import { type Role, type RoleRule, rolesOf } from "../../languages/kubernetes/role.ts";
import { grant, isPlatforms, isUnlimited, roleWith, words } from "./shared/rbac.ts";

export default defineRule("kubernetes", {
  slug: "unlimited-role",
  summary: "A role allows something on every resource.",
  why: `\`resources: ["*"]\` in the core group, or in every group, means Secrets, shells in pods (\`pods/exec\`) and the tokens of service accounts, those of today and whatever
comes with the next release. With \`verbs: ["*"]\` it is an administrator by another name: it may impersonate others and give itself any right.

Wildcards in the group of one's own custom resources are another matter, and not reported here. Tools that read or back up a whole cluster do ask for this:
know them, and take Secrets out where they can do without.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:wildcard-in-rules",
    "polaris:clusterrolePodExecAttach",
    "polaris:rolePodExecAttach",
    "trivy:KSV-0044",
    "trivy:KSV-0046",
    "trivy:KSV-0112",
    "checkov:CKV_K8S_49",
    "kics:rbac_wildcard_in_rule",
    "kubescape:C-0035",
  ],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege"],
  fix: null,
  keys: ["rules"],
  examples: [
    {
      bad: roleWith("ClusterRole", grant("*", ["*"], ["*"])),
      good: roleWith("ClusterRole", grant("apps", ["deployments"], ["get", "list", "watch"])),
      fixed: false,
    },
  ],
  *check(model) {
    for (const role of model.once(rolesOf)) {
      if (isPlatforms(role.resource)) continue;
      for (const rule of role.rules) {
        const problem = problemOf(role, rule);
        if (problem !== undefined) yield problem;
      }
    }
  },
});

function problemOf(role: Role, rule: RoleRule): Problem | undefined {
  const all = rule.resources.items.find(({ text }) => text === "*");
  if (all === undefined || !isUnlimited(rule)) return undefined;
  const has = (...verbs: readonly string[]): boolean => verbs.some((verb) => rule.verbs.texts.has(verb));
  const where = rule.groups.texts.has("*") ? "all resources of all groups" : "all resources of the core group";
  const verbs = words(rule.verbs.items);
  if (has("*")) {
    const everything = rule.groups.texts.has("*")
      ? `makes this role an administrator of ${role.cluster ? "the cluster" : "its namespace"}`
      : "includes Secrets, `pods/exec` and tokens of service accounts";
    return { at: all.at, message: `Every verb on ${where} ${everything}: list what is needed.` };
  }
  const holds = has("create", "get")
    ? "reads Secrets or opens shells in pods (`pods/exec`)"
    : has("list", "watch")
      ? "reads every Secret"
      : "changes or removes anything";
  const includes = has("create", "update", "patch") ? "includes Secrets and, with `create`, `pods/exec`" : holds;
  return {
    at: all.at,
    message: `Allowing ${verbs} on ${where} ${includes}: list the resources that are needed.`,
    ...(has("create", "update", "patch", "delete", "deletecollection", "bind", "escalate", "impersonate")
      ? {}
      : { severity: "info" }),
  };
}
