import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

const changing = ["create", "update", "patch"];

export default permissionRule({
  slug: "pod-creation",
  summary: "A role may create or change pods, or workloads that make pods.",
  why: `A pod runs with any service account of its namespace and mounts any Secret there, so who may create one holds what all of these may do; without Pod
Security admission it can take the node, too. The same goes for whatever makes pods: Deployments, Jobs, StatefulSets.

Deployment tools and operators need it. Give it to them in the namespaces they work in, by a RoleBinding, and have the namespace enforce a Pod Security level.`,
  severity: "hint",
  preset: "all",
  aliases: [
    "kube-linter:access-to-create-pods",
    "trivy:KSV-0048",
    "trivy:KSV-0045",
    "kics:permissive_access_to_create_pods",
  ],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation"],
  permissions: [
    { groups: [""], resources: ["pods", "replicationcontrollers"], verbs: changing },
    { groups: ["apps"], resources: ["deployments", "statefulsets", "daemonsets", "replicasets"], verbs: changing },
    { groups: ["batch"], resources: ["jobs", "cronjobs"], verbs: changing },
  ],
  at: "resource",
  sparesAggregated: true,
  caution: "deploying through this role stops working",
  message: (what, verbs) =>
    `Allowing ${verbs} on ${what} runs any image with any service account and Secret of the namespace: keep this to deployment tools, in namespaces that enforce a Pod Security level.`,
  examples: [
    {
      bad: roleWith("Role", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("apps", ["deployments"], ["create", "update"]),
      ]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
