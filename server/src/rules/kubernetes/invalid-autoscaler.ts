import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import {
  asMap,
  asScalar,
  entryAt,
  getPath,
  isNull,
  isUnknown,
  itemsOf,
  scalarText,
} from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { type Autoscaler, autoscalersOf, targetOf } from "./shared/autoscaling.ts";
import { autoscalerWith } from "./shared/availability-example.ts";

export default defineRule("kubernetes", {
  slug: "invalid-autoscaler",
  summary: "An autoscaler that Kubernetes refuses, or that cannot scale what it names.",
  why: `A maximum below the minimum, a minimum of zero without a metric from outside the pods, a metric without the part that its \`type\` names: the API server
refuses such an object, and with it often the whole \`kubectl apply\`. One that targets a DaemonSet, a Job or a Pod is accepted, but these have no number of
replicas to set: it reports \`FailedGetScale\` and never does anything.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kics:hpa_targets_invalid_object"],
  references: [
    "https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/horizontal-pod-autoscaler-v2/",
    "https://keda.sh/docs/latest/reference/scaledobject-spec/",
  ],
  fix: "review",
  keys: ["scaleTargetRef"],
  examples: [
    {
      bad: autoscalerWith(["minReplicas: 10", "maxReplicas: 2"]),
      good: autoscalerWith(["minReplicas: 2", "maxReplicas: 10"]),
    },
    {
      bad: autoscalerWith(["minReplicas: 2", "maxReplicas: 10"], "kind: DaemonSet"),
      good: autoscalerWith(["minReplicas: 2", "maxReplicas: 10"], "kind: StatefulSet"),
      fixed: false,
    },
  ],
  *check(model) {
    for (const autoscaler of autoscalersOf(model)) {
      yield* bounds(model, autoscaler);
      yield* target(autoscaler);
      if (autoscaler.keda) continue;
      for (const metric of itemsOf(autoscaler.resource.get("spec", "metrics"))) yield* judgeMetric(metric, autoscaler);
    }
  },
});

function* bounds(model: KubernetesModel, { keys, resource, keda, minimum, maximum }: Autoscaler): Iterable<Problem> {
  if (minimum.entry !== undefined && minimum.number !== undefined && maximum.number !== undefined) {
    const [low, high] = [minimum.number, maximum.number];
    const [lowest, highest] = [asScalar(minimum.entry.value), asScalar(maximum.entry?.value)];
    if (high < low && highest !== undefined && lowest !== undefined) {
      yield {
        at: highest.span,
        message: `\`${keys.maximum}\` is below \`${keys.minimum}\`, which Kubernetes refuses: swap \`${high}\` and \`${low}\`, or raise the maximum.`,
        fixes: () =>
          reviewed(
            `Scale between ${high} and ${low} pods (check which bounds were meant)`,
            joined(model.document.text, [
              replaceScalar(model.document, lowest, high),
              replaceScalar(model.document, highest, low),
            ]),
          ),
      };
    }
  }
  if (keda || minimum.number !== 0 || minimum.entry === undefined) return;
  const metrics = itemsOf(resource.get("spec", "metrics"));
  const fromOutside = metrics.some(
    (metric) => !["Resource", "ContainerResource", "Pods"].includes(typeOf(metric) ?? ""),
  );
  if (fromOutside) return;
  yield {
    at: minimum.entry.value.span,
    message:
      "Without pods there is no load to measure, so Kubernetes refuses a minimum of `0` here: set `minReplicas` to 1 or more, or scale by an `Object` or `External` metric.",
  };
}

/** Kinds that have no `scale` subresource. Source: https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/ */
const unscalable: ReadonlySet<string> = new Set(["DaemonSet", "Job", "CronJob", "Pod"]);

function* target(autoscaler: Autoscaler): Iterable<Problem> {
  const found = targetOf(autoscaler);
  const kind = autoscaler.resource.get("spec", "scaleTargetRef", "kind");
  if (found === undefined || kind === undefined || !unscalable.has(found.kind)) return;
  if (!["apps", "batch", ""].includes(found.group)) return;
  yield {
    at: kind.span,
    message: `A \`${found.kind}\` has no number of replicas to set, so this autoscaler never does anything: target a Deployment or a StatefulSet.`,
  };
}

/** Where each type of metric says what it is about. */
const parts: ReadonlyMap<string, string> = new Map([
  ["Resource", "resource"],
  ["ContainerResource", "containerResource"],
  ["Pods", "pods"],
  ["Object", "object"],
  ["External", "external"],
]);

function* judgeMetric(metric: ReturnType<typeof itemsOf>[number], { whole }: Autoscaler): Iterable<Problem> {
  const map = asMap(metric);
  const type = typeOf(metric);
  const part = type === undefined ? undefined : parts.get(type);
  const entry = entryAt(map, "type");
  if (!whole || part === undefined || entry === undefined) return;
  const about = getPath(map, part);
  if (about === undefined || isNull(about)) {
    yield {
      at: entry.value.span,
      message: `A metric of type \`${type}\` has to say what it measures, or Kubernetes refuses the autoscaler: add \`${part}\`.`,
    };
    return;
  }
  const described = getPath(about, "describedObject");
  const kind = entryAt(described, "kind");
  if (part === "object" && kind !== undefined && isNull(getPath(described, "name"))) {
    yield {
      at: kind.keySpan,
      message: `The metric is of one \`${scalarText(kind.value) ?? "object"}\`, and Kubernetes refuses the autoscaler without its name: add \`name\`.`,
    };
  }
}

function typeOf(metric: Parameters<typeof getPath>[0]): string | undefined {
  const node = getPath(metric, "type");
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}
