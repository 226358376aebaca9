import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { jobWith } from "./shared/example.ts";
import { missingResources, setResources } from "./shared/missing-resources.ts";
import { usualResources } from "./shared/usual-resources.ts";
import { nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-memory-request",
  summary: "A container says how much CPU it needs, but nothing of memory.",
  why: `The scheduler counts requests. To it a container without one needs no memory at all, so it is put on nodes that have none left, and when memory
runs short there it is killed before those that asked for theirs. Nothing limits what it takes either: a limit would count as the request.

Set the limit to what the program needs at its worst, measured, and the request to the same, so that the node really has it.`,
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:unset-memory-requirements",
    "kube-score:Container Resources",
    "kube-score:container-resources",
    "polaris:memoryRequestsMissing",
    "polaris:memoryLimitsMissing",
    "trivy:KSV-0016",
    "trivy:KSV-0018",
    "checkov:CKV_K8S_12",
    "checkov:CKV_K8S_13",
    "kics:memory_requests_not_defined",
    "kics:memory_limits_not_defined",
    "kubescape:C-0269",
    "kubescape:C-0271",
    "datree:CONTAINERS_MISSING_MEMORY_REQUEST_KEY",
    "datree:CONTAINERS_MISSING_MEMORY_LIMIT_KEY",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ resources: ["resources:", "  requests:", "    cpu: 100m"] }),
      good: jobWith({
        resources: [
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
    for (const { container, cpuRequest, memoryRequest } of missingResources(model, workspace)) {
      if (cpuRequest || !memoryRequest) continue;
      yield {
        at: container.at,
        message: `${nameOf(container)} says nothing of memory: set \`resources.requests.memory\` and \`resources.limits.memory\`.`,
        fixes: () => fixesFor(model, container),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, container: Container): readonly Fix[] {
  const { memory, memoryLimit } = usualResources(container);
  if (memory === undefined || memoryLimit === undefined) return [];
  const title = `Request \`memory: ${memory}\`, limit it to \`${memoryLimit}\`: measure them (above the limit it is killed)`;
  return setResources(model, container, { requests: { memory }, limits: { memory: memoryLimit } }, title);
}
