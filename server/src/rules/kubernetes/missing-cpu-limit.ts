import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { limitOf, resourcesUnknown } from "./shared/resources.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-cpu-limit",
  summary: "A container has no CPU limit.",
  why: `**For a limit:** it makes speed predictable, on a quiet node as on a busy one. A team finds out in testing what it will get in production, a tenant
cannot borrow what others paid for, and with limits equal to requests the pod is of the \`Guaranteed\` class, which pinned CPUs need.

**Against it:** CPU, unlike memory, is given back at once. A container at its limit is stopped for parts of every tenth of a second even when the node is
idle, which shows as latency nobody can explain. Requests alone already share a busy node fairly.

Most teams do better with requests and no CPU limits, so this rule is off unless you ask for it.`,
  category: "resources",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "kube-linter:unset-cpu-requirements",
    "kube-score:Container Resources",
    "kube-score:container-resources",
    "polaris:cpuLimitsMissing",
    "trivy:KSV-0011",
    "checkov:CKV_K8S_11",
    "kics:cpu_limits_not_set",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  fix: null,
  examples: [
    {
      bad: jobWith({}),
      good: jobWith({
        resources: [
          "resources:",
          "  requests:",
          "    cpu: 100m",
          "    memory: 128Mi",
          "  limits:",
          "    cpu: 500m",
          "    memory: 128Mi",
        ],
      }),
      fixed: false,
    },
  ],
  *check(model) {
    for (const { pod, container, whole } of containersOf(model)) {
      if (!whole || container.role === "ephemeral" || container.role === "init") continue;
      if (limitOf(pod, container, "cpu") !== undefined || resourcesUnknown(container)) continue;
      yield {
        at: container.at,
        message: `${nameOf(container)} may use every CPU of its node that is idle: set \`resources.limits.cpu\` if it must not.`,
      };
    }
  },
});
