import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "certificate-approval",
  summary: "A role may approve certificate requests.",
  why: `A certificate of the cluster's own signer is a name and its groups: who approves requests can become a node, another user, or an administrator, for as long as the
certificate lasts. No binding shows it, and it cannot be revoked.

Programs that approve the certificates of kubelets need it; they should be few, and their code known.`,
  severity: "info",
  preset: "recommended",
  aliases: ["checkov:CKV_K8S_156", "kubescape:C-0280"],
  references: ["https://kubernetes.io/docs/concepts/security/rbac-good-practices/#csrs-and-certificate-issuing"],
  permissions: [
    {
      groups: ["certificates.k8s.io"],
      resources: ["certificatesigningrequests/approval"],
      verbs: ["update", "patch"],
    },
    { groups: ["certificates.k8s.io"], resources: ["signers"], verbs: ["approve"] },
  ],
  at: "resource",
  caution: "nothing approves certificates through this role any more",
  message: (_what, verbs) =>
    `Allowing ${verbs} here approves certificates, and with them any name and group of the cluster: keep it to the program that has to.`,
  examples: [
    {
      bad: roleWith("ClusterRole", [
        ...grant("", ["configmaps"], ["get"]),
        ...grant("certificates.k8s.io", ["certificatesigningrequests/approval"], ["update"]),
      ]),
      good: roleWith("ClusterRole", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
