import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

const writing = ["create", "update", "patch", "delete", "deletecollection"];

export default permissionRule({
  slug: "network-management",
  summary: "A role may change Services, endpoints, ingresses or network policies.",
  why: `These decide where traffic goes. Who may write them can send a Service's traffic to a pod of theirs, open a way in from outside, or take away the policy that kept
others out. Ingress controllers write \`ingresses/status\`, which is another permission; operators that make Services for what they run do need \`services\`.`,
  severity: "hint",
  preset: "all",
  aliases: ["trivy:KSV-0056"],
  references: ["https://kubernetes.io/docs/concepts/services-networking/"],
  permissions: [
    { groups: [""], resources: ["services", "endpoints"], verbs: writing },
    { groups: ["discovery.k8s.io"], resources: ["endpointslices"], verbs: writing },
    { groups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"], verbs: writing },
  ],
  at: "resource",
  sparesNames: true,
  sparesAggregated: true,
  caution: "what manages the network through this role fails",
  message: (what, verbs) =>
    `Allowing ${verbs} on ${what} decides where the namespace's traffic goes: keep it to what manages the network.`,
  examples: [
    {
      bad: roleWith("Role", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("networking.k8s.io", ["networkpolicies"], ["delete"]),
      ]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
