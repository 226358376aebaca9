import { defineRule, type Problem } from "../../engine/rule.ts";
import { serviceFacts } from "../../knowledge/services/index.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { seconds } from "../shared/durations.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { graceOf, stopDelayOf, usualGrace } from "./shared/stopping.ts";
import { nameOf, type Workload, workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "short-grace-period",
  summary: "The containers of a pod are killed before they can have stopped in good order.",
  why: `\`terminationGracePeriodSeconds\` (30 where nothing is written) begins when a pod is told to stop, and the \`preStop\` hook runs within it: where the hook sleeps for as long as the
whole period lasts, the program gets its SIGTERM and is killed two seconds later, with requests and writes half done. Zero kills at once, without a signal; for a StatefulSet
it may bring two pods with one identity to life. A database that is killed while it writes its pages back goes through its log at the next start.

A stop that ends early does not wait for the rest, so a long period costs nothing but the patience with a program that hangs.`,
  category: "lifecycle",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination",
    "https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ pod: ["automountServiceAccountToken: false", "terminationGracePeriodSeconds: 0"] }),
      good: jobWith({ pod: ["automountServiceAccountToken: false", "terminationGracePeriodSeconds: 30"] }),
    },
  ],
  keys: ["terminationGracePeriodSeconds", "preStop"],
  *check(model) {
    for (const workload of workloadsOf(model)) {
      const problem = problemOf(model, workload);
      if (problem !== undefined) yield problem;
    }
  },
});

function problemOf(model: KubernetesModel, { pod, whole }: Workload): Problem | undefined {
  const grace = graceOf(pod);
  const written = pod.entry("terminationGracePeriodSeconds");
  // A patch may leave the period to what it patches.
  if (grace === undefined || (written === undefined && !whole)) return undefined;
  if (grace === 0 && written !== undefined) {
    return {
      at: written.value.span,
      message: `The containers are killed without a signal to stop: give them ${usualGrace} s.`,
      fixes: () => withGrace(model, pod.spec, usualGrace),
    };
  }
  for (const container of pod.containers) {
    const delay = stopDelayOf(model.document.text, container);
    if (delay === undefined || delay.seconds < grace) continue;
    const wanted = Math.ceil(delay.seconds) + usualGrace;
    return {
      at: written?.value.span ?? delay.node.span,
      message: `${nameOf(container)} sleeps for ${delay.seconds} s before it stops and is killed ${grace} s after it was told to: set \`terminationGracePeriodSeconds\` to ${wanted}.`,
      fixes: () => withGrace(model, pod.spec, wanted),
    };
  }
  if (written === undefined) return undefined;
  for (const { image } of pod.containers) {
    const facts = image === undefined ? undefined : serviceFacts(image.canonical, image.tag);
    const wanted = facts?.stopGracePeriod === undefined ? undefined : seconds(facts.stopGracePeriod);
    if (facts === undefined || wanted === undefined || grace >= Math.min(wanted, usualGrace)) continue;
    return {
      at: written.value.span,
      message: `${facts.name} is killed after ${grace} s, whatever it is writing then: give it ${wanted} s.`,
      fixes: () => withGrace(model, pod.spec, wanted),
    };
  }
  return undefined;
}

function withGrace(model: KubernetesModel, spec: Parameters<typeof setPath>[1], time: number) {
  const edits = setPath(model.document, spec, ["terminationGracePeriodSeconds"], time, {
    position: { before: ["containers", "initContainers"] },
  });
  return reviewed(`Give the pod ${time} s to stop (what hangs is killed later)`, edits);
}
