import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { type Nanos, quantityOf, toNumber } from "../../languages/kubernetes/quantity.ts";
import { jobWith } from "./shared/example.ts";
import { missingResources, setResources } from "./shared/missing-resources.ts";
import { amountOf } from "./shared/resources.ts";
import { usualResources } from "./shared/usual-resources.ts";
import { nameOf } from "./shared/workloads.ts";

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
    "kubescape:C-0270",
    "datree:CONTAINERS_MISSING_CPU_LIMIT_KEY",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  fix: "review",
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
          "    memory: 128Mi",
          "    cpu: 400m",
        ],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const { pod, container, cpuLimit } of missingResources(model, workspace)) {
      if (!cpuLimit) continue;
      yield {
        at: container.at,
        message: `${nameOf(container)} may use every CPU of its node that is idle: set \`resources.limits.cpu\` if it must not.`,
        fixes: () => fixesFor(model, pod, container),
      };
    }
  },
});

/** Several times the request, so that it seldom stops what works today. */
function fixesFor(model: KubernetesModel, pod: PodTemplate, container: Container): readonly Fix[] {
  const request = container.get("resources", "requests", "cpu");
  const requested = amountOf(request);
  if (request !== undefined && requested === undefined) return [];
  if (request === undefined && pod.get("resources", "requests", "cpu") === undefined) {
    // Alone, a limit would be the request as well.
    const usual = usualResources(container).cpu;
    const [requests, limits] = [{ cpu: usual }, { cpu: timesFour(quantityOf(usual)) }];
    const title = `Request \`cpu: ${usual}\` and limit it to \`${limits.cpu}\`, to be measured (at the limit it is slowed down)`;
    return setResources(model, container, { requests, limits }, title);
  }
  const cpu = timesFour(requested);
  const title = `Limit CPU to \`${cpu}\`, to be measured (at the limit it is slowed down)`;
  return setResources(model, container, { limits: { cpu } }, title);
}

function timesFour(requested: Nanos | undefined): string {
  const millis = requested === undefined ? 1000 : Math.ceil(toNumber(requested) * 4000);
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}
