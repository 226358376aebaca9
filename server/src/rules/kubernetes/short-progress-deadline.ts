import { defineRule } from "../../engine/rule.ts";
import type { Container } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar } from "../../languages/yaml/path.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAppsKind } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "short-progress-deadline",
  summary: "A rollout's deadline is over before its first pod can be ready.",
  why: `\`progressDeadlineSeconds\` is how long a rollout may go without a further pod becoming available. A pod is asked whether it is ready only after the delay of its
probe, and counts as available \`minReadySeconds\` later. A deadline shorter than that calls every rollout failed, and whatever waits for it (\`kubectl rollout
status\`, a pipeline, an operator that rolls back) believes it.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds"],
  fix: "review",
  keys: ["progressDeadlineSeconds"],
  examples: [
    {
      bad: deploymentWith({ spec: ["replicas: 2", "minReadySeconds: 30", "progressDeadlineSeconds: 45"] }).replace(
        "readinessProbe:\n",
        "readinessProbe:\n            initialDelaySeconds: 20\n",
      ),
      good: deploymentWith({ spec: ["replicas: 2", "minReadySeconds: 30", "progressDeadlineSeconds: 600"] }).replace(
        "readinessProbe:\n",
        "readinessProbe:\n            initialDelaySeconds: 20\n",
      ),
    },
  ],
  *check(model) {
    for (const { resource, pod } of workloadsOf(model)) {
      if (!isAppsKind(resource, "Deployment")) continue;
      const deadline = asScalar(resource.get("spec", "progressDeadlineSeconds"));
      const seconds = numberIn(deadline);
      if (deadline === undefined || seconds === undefined) continue;
      const settled = numberIn(resource.get("spec", "minReadySeconds")) ?? 0;
      const delay = Math.max(0, ...pod.containers.filter(({ role }) => role === "main").map(delayOf));
      // Kubernetes refuses one that is not even longer than `minReadySeconds`.
      if (delay + settled < seconds || seconds <= settled) continue;
      const least = delay + settled;
      const enough = Math.max(600, 2 * least);
      yield {
        at: deadline.span,
        message: `A pod is available after ${least} seconds at the earliest, so a deadline of ${seconds} calls every rollout failed: make it longer.`,
        fixes: () =>
          reviewed(`Give a rollout ${enough} seconds to get on`, replaceScalar(model.document, deadline, enough)),
      };
    }
  },
});

/** Seconds until a container is first asked whether it is ready, which a startup probe puts off as well. */
function delayOf(container: Container): number {
  const ready = container.get("readinessProbe") === undefined ? 0 : delayIn(container, "readinessProbe");
  return Math.max(ready, delayIn(container, "startupProbe"));
}

function delayIn(container: Container, probe: string): number {
  return numberIn(container.get(probe, "initialDelaySeconds")) ?? 0;
}

function numberIn(node: YamlNode | undefined): number | undefined {
  return node?.type === "scalar" && typeof node.value === "number" ? node.value : undefined;
}
