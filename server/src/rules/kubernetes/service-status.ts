import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "service-status",
  summary: "A role may change the status of Services.",
  why: `The address of a load balancer stands in a Service's status, and the cluster sends what is meant for that address to the Service. Who may write the status can
claim any address and read traffic that was meant for others (CVE-2020-8554). Only the controller that makes load balancers needs this.`,
  severity: "info",
  preset: "strict",
  aliases: ["checkov:CKV2_K8S_4"],
  references: ["https://github.com/kubernetes/kubernetes/issues/97076"],
  permissions: [{ groups: [""], resources: ["services/status"], verbs: ["update", "patch"] }],
  at: "resource",
  caution: "load balancers made by this program get no address",
  message: (_what, verbs) =>
    `Allowing ${verbs} on \`services/status\` lets this role draw traffic of any address to a Service of its own: only what makes load balancers needs it.`,
  examples: [
    {
      bad: roleWith("ClusterRole", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("", ["services/status"], ["patch"]),
      ]),
      good: roleWith("ClusterRole", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
