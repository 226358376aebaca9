import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "pod-exec",
  summary: "A role may run commands in running pods, or attach to them.",
  why: `\`pods/exec\` is a shell in every container that the role reaches: with its environment, its mounted Secrets and its service account's token, and without a
trace in any image or manifest. \`get\` is enough for it, as \`create\` is, since a connection can be opened with either. \`pods/attach\` gives the main process's
input and output.

People on call may need it for a while; a program hardly ever does. Where one does (a database operator, a build agent), keep it to the namespace of those pods.`,
  severity: "info",
  preset: "recommended",
  aliases: [
    "polaris:clusterrolePodExecAttach",
    "polaris:rolePodExecAttach",
    "trivy:KSV-0053",
    "trivy:KSV-0054",
    "checkov:CKV2_K8S_2",
    "kics:rbac_roles_with_exec_permission",
    "kics:rbac_roles_with_attach_permission",
    "kubescape:C-0002",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks",
    "https://kubernetes.io/docs/reference/access-authn-authz/authorization/",
  ],
  permissions: [{ groups: [""], resources: ["pods/exec", "pods/attach"], verbs: ["create", "get"] }],
  at: "resource",
  sparesAggregated: true,
  caution: "`kubectl exec` and whatever else opens a shell in pods stops working",
  message: (what, _verbs, { resources }) =>
    `Allowing ${what} ${resources.every(({ text }) => text === "pods/attach") ? "hands over the main process of" : "opens a shell in"} every pod this role reaches, with its Secrets and its service account: remove it, or keep it to a namespace of its own.`,
  examples: [
    {
      bad: roleWith("Role", [...grant("", ["configmaps"], ["get"]), ...grant("", ["pods/exec"], ["create"])]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
