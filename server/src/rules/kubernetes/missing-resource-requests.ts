import { defineRule, type Fix } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { type Missing, missingResources, setResources } from "./shared/missing-resources.ts";
import { usualResources } from "./shared/usual-resources.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-resource-requests",
  summary: "A container says neither how much CPU and memory it needs nor how much memory it may take.",
  why: `Requests are what the scheduler counts with. A pod without them is put on any node, however full, is the first to be evicted when memory runs
short, and gets next to no CPU when its neighbours are busy. An autoscaler that aims at a percentage of the request has nothing to aim at. Without a limit of
memory, one leak takes what every other pod on the node needs.

Ask for what the container uses on an ordinary day, as your monitoring shows it. Where only one of these is missing, \`missing-cpu-request\`, \`missing-memory-request\`
or \`missing-memory-limit\` speaks instead. A \`LimitRange\` of the namespace that gives defaults counts.`,
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:unset-cpu-requirements",
    "kube-linter:unset-memory-requirements",
    "kube-score:Container Resources",
    "kube-score:container-resources",
    "polaris:cpuRequestsMissing",
    "polaris:memoryRequestsMissing",
    "polaris:memoryLimitsMissing",
    "trivy:KSV-0015",
    "trivy:KSV-0016",
    "trivy:KSV-0018",
    "checkov:CKV_K8S_10",
    "checkov:CKV_K8S_12",
    "checkov:CKV_K8S_13",
    "kics:cpu_requests_not_set",
    "kics:memory_requests_not_defined",
    "kics:memory_limits_not_defined",
    "kubescape:C-0268",
    "kubescape:C-0269",
    "kubescape:C-0271",
    "datree:CONTAINERS_MISSING_CPU_REQUEST_KEY",
    "datree:CONTAINERS_MISSING_MEMORY_REQUEST_KEY",
    "datree:CONTAINERS_MISSING_MEMORY_LIMIT_KEY",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ resources: [] }),
      good: jobWith({
        resources: [],
        container: [
          "resources:",
          "  requests:",
          "    cpu: 100m",
          "    memory: 128Mi",
          "  limits:",
          "    memory: 512Mi",
        ],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const missing of missingResources(model, workspace)) {
      if (!missing.cpuRequest || !missing.memoryRequest) continue;
      yield {
        at: missing.container.at,
        message: `${nameOf(missing.container)} does not say how much it needs: set \`resources.requests\` for \`cpu\` and \`memory\`, and \`resources.limits.memory\`.`,
        fixes: () => fixesFor(model, missing),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, { container }: Missing): readonly Fix[] {
  const { cpu, memory, memoryLimit } = usualResources(container);
  if (memory === undefined || memoryLimit === undefined) {
    const title = `Request \`cpu: ${cpu}\`, to be measured (the pod waits for a node that has it)`;
    return setResources(model, container, { requests: { cpu } }, title);
  }
  const title = `Request \`cpu: ${cpu}\` and \`memory: ${memory}\`, limit memory to \`${memoryLimit}\`: measure them (above the limit it is killed)`;
  return setResources(model, container, { requests: { cpu, memory }, limits: { memory: memoryLimit } }, title);
}
