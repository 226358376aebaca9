import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "config-map-management",
  summary: "A role may change any ConfigMap of its namespace.",
  why: `ConfigMaps decide what programs run with: an nginx configuration, a script, a feature switch, and on Amazon's clusters (\`aws-auth\` in \`kube-system\`) who is an
administrator. Who may change all of them can change what others' pods do.

Many controllers keep their state or a leader's lock in a ConfigMap; a Lease is better for the lock, and \`resourceNames\` narrows \`update\` to the one they own.`,
  severity: "hint",
  preset: "all",
  aliases: ["trivy:KSV-0049", "trivy:KSV-0115"],
  references: ["https://kubernetes.io/docs/concepts/configuration/configmap/"],
  permissions: [
    { groups: [""], resources: ["configmaps"], verbs: ["create", "update", "patch", "delete", "deletecollection"] },
  ],
  at: "resource",
  sparesNames: (names) => !names.has("aws-auth"),
  sparesAggregated: true,
  caution: "what writes ConfigMaps fails",
  message: (_what, verbs, { rule }) =>
    rule.names.texts.has("aws-auth")
      ? `Allowing ${verbs} on \`aws-auth\` decides who is an administrator of the cluster: keep it to administrators.`
      : `Allowing ${verbs} on \`configmaps\` changes what the pods of the namespace run with: name the ones this program owns in \`resourceNames\`.`,
  examples: [
    {
      bad: roleWith("Role", [...grant("", ["pods"], ["get"]), ...grant("", ["configmaps"], ["update"])]),
      good: roleWith("Role", [...grant("", ["pods"], ["get"])]),
    },
  ],
});
