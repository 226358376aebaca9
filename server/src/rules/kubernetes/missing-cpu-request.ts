import { defineRule } from "../../engine/rule.ts";
import { jobWith } from "./shared/example.ts";
import { missingResources, setResources } from "./shared/missing-resources.ts";
import { usualResources } from "./shared/usual-resources.ts";
import { nameOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "missing-cpu-request",
  summary: "A container says how much memory it needs, but not how much CPU.",
  why: `Processors are shared in proportion to the requests. A container without one counts for next to nothing, so on a busy node it gets next to nothing: probes
time out, and what was fast in testing is slow in production. The scheduler takes it for free and puts it on any node, and an autoscaler that aims at CPU
utilisation cannot work out a percentage of a request that is not there.

Ask for what the container uses on an ordinary day. Where only a CPU limit is set, Kubernetes takes that for the request.`,
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:unset-cpu-requirements",
    "kube-score:Container Resources",
    "kube-score:container-resources",
    "polaris:cpuRequestsMissing",
    "trivy:KSV-0015",
    "checkov:CKV_K8S_10",
    "kics:cpu_requests_not_set",
    "kubescape:C-0268",
    "datree:CONTAINERS_MISSING_CPU_REQUEST_KEY",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ resources: ["resources:", "  requests:", "    memory: 128Mi", "  limits:", "    memory: 128Mi"] }),
      good: jobWith({
        resources: [
          "resources:",
          "  requests:",
          "    memory: 128Mi",
          "    cpu: 100m",
          "  limits:",
          "    memory: 128Mi",
        ],
      }),
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    for (const { container, cpuRequest, memoryRequest } of missingResources(model, workspace)) {
      if (!cpuRequest || memoryRequest) continue;
      yield {
        at: container.at,
        message: `${nameOf(container)} does not say how much CPU it needs: set \`resources.requests.cpu\`.`,
        fixes: () => {
          const { cpu } = usualResources(container);
          const title = `Request \`cpu: ${cpu}\`, to be measured (the pod waits for a node that has it)`;
          return setResources(model, container, { requests: { cpu } }, title);
        },
      };
    }
  },
});
