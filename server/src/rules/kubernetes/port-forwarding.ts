import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "port-forwarding",
  summary: "A role may forward ports of pods.",
  why: `\`pods/portforward\` reaches every port of a pod from outside the cluster, past Services and network policies: databases, admin pages, debug ports that
were meant for the pod alone. It is a tool of people who debug; programs rarely need it.`,
  severity: "hint",
  preset: "all",
  aliases: ["kics:rbac_roles_with_portforwarding_permissions", "kubescape:C-0063"],
  references: ["https://kubernetes.io/docs/tasks/access-application-cluster/port-forward-access-application-cluster/"],
  permissions: [{ groups: [""], resources: ["pods/portforward"], verbs: ["create", "get"] }],
  at: "resource",
  sparesAggregated: true,
  caution: "`kubectl port-forward` stops working",
  message: () =>
    "`pods/portforward` reaches every port of the pods from outside, past Services and network policies: keep it to people who debug.",
  examples: [
    {
      bad: roleWith("Role", [...grant("", ["configmaps"], ["get"]), ...grant("", ["pods/portforward"], ["create"])]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
