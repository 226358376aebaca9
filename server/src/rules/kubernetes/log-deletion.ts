import { grant, permissionRule, roleWith } from "./shared/rbac.ts";

export default permissionRule({
  slug: "log-deletion",
  summary: "A role may delete events or logs of pods.",
  why: `Events and logs are what tells afterwards what happened. A program that can delete them can hide what it did; hardly any needs to, since Kubernetes drops events by
itself after an hour.`,
  severity: "hint",
  preset: "all",
  aliases: ["trivy:KSV-0042", "kubescape:C-0031"],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/"],
  permissions: [
    { groups: [""], resources: ["pods/log", "events"], verbs: ["delete", "deletecollection"] },
    { groups: ["events.k8s.io"], resources: ["events"], verbs: ["delete", "deletecollection"] },
  ],
  at: "verb",
  sparesAggregated: true,
  caution: "what tidies up events fails",
  message: (what, verbs) =>
    `Allowing ${verbs} on ${what} can take away the traces of what happened: ${verbs.includes("*") ? "list the verbs that are needed" : "remove it"}.`,
  examples: [
    {
      bad: roleWith("Role", [...grant("", ["configmaps"], ["get"]), ...grant("", ["events"], ["delete"])]),
      good: roleWith("Role", [...grant("", ["configmaps"], ["get"])]),
    },
  ],
});
