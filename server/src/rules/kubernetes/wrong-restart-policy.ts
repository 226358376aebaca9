import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { isBuiltIn } from "../../languages/kubernetes/pod.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import { isNull, isUnknown } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { cronJobWith } from "./shared/job-example.ts";
import { type Workload, workloadsOf } from "./shared/workloads.ts";
import { quotedList } from "./shared/quoted-list.ts";

export default defineRule("kubernetes", {
  slug: "wrong-restart-policy",
  summary: "A workload has a restart policy that Kubernetes refuses for its kind.",
  why: `Pods of a Job or CronJob must be able to end, so their policy has to be \`Never\` or \`OnFailure\`; left out it is \`Always\`, which the API server refuses. Pods of a Deployment, StatefulSet, DaemonSet or
ReplicaSet are to run for ever, so there only \`Always\` is taken, which is what holds where nothing is written.

For a Job, \`Never\` starts a new pod after a failure and leaves the failed one with its logs; \`OnFailure\` starts the container again in the same pod.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "kube-linter:restart-policy",
    "kube-score:CronJob RestartPolicy",
    "kube-score:cronjob-restartpolicy",
    "datree:WORKLOAD_INCORRECT_RESTARTPOLICY_VALUE_ALWAYS",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-template",
    "https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy",
  ],
  fix: "review",
  examples: [{ bad: cronJobWith({ restartPolicy: "Always" }), good: cronJobWith({ restartPolicy: "OnFailure" }) }],
  *check(model) {
    for (const workload of workloadsOf(model)) {
      const { resource } = workload;
      if (!isBuiltIn(resource.apiVersion, resource.resourceKind)) continue;
      const allowed = allowedFor(resource.resourceKind);
      const found = problemOf(model, workload, allowed);
      if (found !== undefined) yield found;
    }
  },
});

function problemOf(
  model: KubernetesModel,
  { resource: { resourceKind }, pod, whole }: Workload,
  allowed: readonly string[],
): Problem | undefined {
  const node = pod.entry("restartPolicy")?.value;
  if (isNull(node)) {
    if (allowed.includes("Always") || !whole || pod.containersEntry === undefined) return undefined;
    return {
      at: pod.containersEntry.keySpan,
      message: `The pods of a ${resourceKind} need a \`restartPolicy\`: set ${quotedList(allowed, "or")}.`,
      fixes: () => fixesFor(model, pod, allowed),
    };
  }
  if (node?.type !== "scalar" || isUnknown(node, "kubernetes") || allowed.includes(node.text)) return undefined;
  const near = closestOf(node.text, allowed);
  const isKnown = policies.includes(node.text);
  return {
    at: node.span,
    message: isKnown
      ? `The pods of a ${resourceKind} cannot have \`restartPolicy: ${node.text}\`: set ${quotedList(allowed, "or")}.`
      : `\`${node.text}\` is no restart policy of Kubernetes: set ${quotedList(near === undefined ? allowed : [near], "or")}.`,
    fixes: () => fixesFor(model, pod, isKnown || near === undefined ? allowed : [near]),
  };
}

const policies: readonly string[] = ["Always", "OnFailure", "Never"];

/** The better choice first. */
function allowedFor(kind: string): readonly string[] {
  if (kind === "CronJob") return ["OnFailure", "Never"];
  if (kind === "Job") return ["Never", "OnFailure"];
  return kind === "Pod" || kind === "PodTemplate" ? policies : ["Always"];
}

function fixesFor({ document }: KubernetesModel, pod: PodTemplate, allowed: readonly string[]): readonly Fix[] {
  const node = pod.entry("restartPolicy")?.value;
  return allowed.flatMap((policy) =>
    reviewed(
      `Set \`restartPolicy: ${policy}\` (${effects[policy] ?? ""})`,
      node?.type === "scalar" && !isNull(node)
        ? replaceScalar(document, node, policy)
        : setPath(document, pod.spec, ["restartPolicy"], policy, {
            position: { before: ["initContainers", "containers"] },
          }),
    ),
  );
}

const effects: Readonly<Record<string, string>> = {
  Always: "the containers are started again whenever they end",
  OnFailure: "a container that fails is started again in its pod",
  Never: "after a failure a new pod is started, and the failed one stays",
};
