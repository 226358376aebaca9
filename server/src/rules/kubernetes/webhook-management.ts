import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "webhook-management",
  summary: "A role may change admission webhooks.",
  why: `An admission webhook sees every object that is written, Secrets included, and may change it; a policy engine's own webhook can be taken away. Who may write webhook
configurations reads and rewrites the cluster, or stops every deployment with one entry that points nowhere.

Operators with webhooks of their own do write them, mostly to fill in a certificate. Name them in \`resourceNames\`; this rule then is silent.`,
  severity: "info",
  preset: "strict",
  aliases: ["trivy:KSV-0114", "checkov:CKV_K8S_155", "kubescape:C-0281"],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#control-admission-webhooks"],
  permissions: [
    {
      groups: ["admissionregistration.k8s.io"],
      resources: ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"],
      verbs: ["create", "update", "patch", "delete", "deletecollection"],
    },
  ],
  at: "resource",
  sparesNames: true,
  caution: "what keeps webhooks up to date fails",
  message: (what, verbs) =>
    `Allowing ${verbs} on ${what} sees and changes every object that is written to the cluster: name the ones this program owns in \`resourceNames\`.`,
  examples: [
    {
      bad: roleWith("ClusterRole", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("admissionregistration.k8s.io", ["mutatingwebhookconfigurations"], ["create", "patch"]),
      ]),
      good: roleWith("ClusterRole", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
