import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { jobWith } from "./shared/example.ts";
import { missingResources, setResources } from "./shared/missing-resources.ts";
import { amountOf } from "./shared/resources.ts";
import { usualResources } from "./shared/usual-resources.ts";
import { nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-memory-limit",
  summary: "A container asks for memory and has no memory limit.",
  why: `Memory cannot be taken back. A container without a limit that leaks, or gets one request too large, eats what its neighbours on the node need,
and the kernel or the kubelet then kills pods that did nothing wrong. With a limit only the container that goes over it is killed and restarted, and
the reason is on record (\`OOMKilled\`).

Set it to what the program needs at its worst, measured, and the request to the same, so that the node really has it. Runtimes with a heap (the JVM,
Node.js) should be told a heap smaller than the limit. Where the request of memory is missing as well, \`missing-memory-request\` or \`missing-resource-requests\` says so.`,
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:unset-memory-requirements",
    "kube-score:Container Resources",
    "kube-score:container-resources",
    "polaris:memoryLimitsMissing",
    "trivy:KSV-0018",
    "checkov:CKV_K8S_13",
    "kics:memory_limits_not_defined",
    "kubescape:C-0271",
    "datree:CONTAINERS_MISSING_MEMORY_LIMIT_KEY",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ resources: ["resources:", "  requests:", "    cpu: 100m", "    memory: 128Mi"] }),
      good: jobWith({}),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const { container, memoryRequest, memoryLimit } of missingResources(model, workspace)) {
      if (memoryRequest || !memoryLimit) continue;
      yield {
        at: container.at,
        message: `${nameOf(container)} may take all the memory of its node: set \`resources.limits.memory\`.`,
        fixes: () => fixesFor(model, container),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, container: Container): readonly Fix[] {
  const request = container.get("resources", "requests", "memory");
  const written = amountOf(request) === undefined ? undefined : scalarText(request);
  const value = written ?? usualResources(container).memoryLimit;
  // What the request says is decided elsewhere, and a limit may not be below it.
  if (value === undefined || (request !== undefined && written === undefined)) return [];
  const amount = written === undefined ? `\`${value}\`, to be measured` : `\`${value}\`, as requested`;
  return setResources(
    model,
    container,
    { limits: { memory: value } },
    `Limit memory to ${amount} (above it the container is killed)`,
  );
}
