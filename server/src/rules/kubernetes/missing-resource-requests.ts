import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { joined } from "../shared/joined-edits.ts";
import { jobWith } from "./shared/example.ts";
import { type Amount, requestOf, resourcesUnknown } from "./shared/resources.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

const usual: Readonly<Record<Amount, string>> = { cpu: "100m", memory: "128Mi" };

export default defineRule("kubernetes", {
  slug: "missing-resource-requests",
  summary: "A container does not say how much CPU or memory it needs.",
  why: `Requests are what the scheduler counts with. A pod without them is put on any node, however full, is the first to be evicted when memory runs
short, and gets next to no CPU when its neighbours are busy. An autoscaler that aims at a percentage of the request has nothing to aim at.

Ask for what the container uses on an ordinary day, as your monitoring shows it. Where only a limit is set, Kubernetes takes it for the request.`,
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
    "trivy:KSV-0015",
    "trivy:KSV-0016",
    "checkov:CKV_K8S_10",
    "checkov:CKV_K8S_12",
    "kics:cpu_requests_not_set",
    "kics:memory_requests_not_defined",
  ],
  references: ["https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({ resources: ["resources:", "  limits:", "    memory: 128Mi"] }),
      good: jobWith({ resources: ["resources:", "  limits:", "    memory: 128Mi", "  requests:", "    cpu: 100m"] }),
    },
  ],
  *check(model) {
    for (const { pod, container, whole } of containersOf(model)) {
      if (!whole || container.role === "ephemeral" || container.role === "init" || resourcesUnknown(container))
        continue;
      const missing = (["cpu", "memory"] as const).filter((amount) => requestOf(pod, container, amount) === undefined);
      if (missing.length === 0) continue;
      const names = missing.map((amount) => `\`${amount}\``).join(" and ");
      yield {
        at: container.at,
        message: `${nameOf(container)} does not say how much it needs: set \`resources.requests\` for ${names}.`,
        fixes: () => fixesFor(model, container, missing),
      };
    }
  },
});

function fixesFor(model: KubernetesModel, container: Container, missing: readonly Amount[]): readonly Fix[] {
  const values = Object.fromEntries(missing.map((amount) => [amount, usual[amount]]));
  const title = `Request ${missing.map((amount) => `\`${amount}: ${usual[amount]}\``).join(" and ")}, to be measured (the pod waits for a node that has it)`;
  const edits =
    container.get("resources", "requests") === undefined
      ? setPath(model.document, container.map, ["resources", "requests"], values)
      : joined(
          model.document.text,
          missing.map((amount) =>
            setPath(model.document, container.map, ["resources", "requests", amount], usual[amount]),
          ),
        );
  return edits === undefined ? [] : [{ title, safety: "review", edits }];
}
