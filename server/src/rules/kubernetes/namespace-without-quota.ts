import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { withoutBounds } from "./shared/namespace-bounds.ts";

export default defineRule("kubernetes", {
  slug: "namespace-without-quota",
  summary: "Nothing limits what a namespace takes of the cluster in all.",
  why: `A \`ResourceQuota\` is the sum that all pods and claims of a namespace may ask for. Without one a team, or an autoscaler gone wild, takes the room that others need, and nobody notices before
their pods wait.

It belongs to whoever runs the cluster and is mostly kept elsewhere, so this is off unless you ask for it. With a quota for CPU or memory every container must have requests or limits of that,
else its pod is refused.`,
  category: "resources",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["trivy:KSV-0040", "kics:pod_or_container_without_resource_quota"],
  references: ["https://kubernetes.io/docs/concepts/policy/resource-quotas/"],
  fix: null,
  reads: "workspace",
  examples: [
    {
      bad: jobWith({}),
      good: `${jobWith({})}---
apiVersion: v1
kind: ResourceQuota
metadata:
  name: team
spec:
  hard:
    requests.cpu: "20"
    requests.memory: 64Gi
    pods: 100
`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    yield* withoutBounds(
      model,
      workspace,
      ({ pod, resourceKind, apiVersion }) =>
        pod !== undefined || (resourceKind === "PersistentVolumeClaim" && apiVersion === "v1"),
      {
        kind: "ResourceQuota",
        message: (namespace) =>
          `Nothing here limits what ${namespace} takes of the cluster in all: add a \`ResourceQuota\`.`,
      },
    );
  },
});
