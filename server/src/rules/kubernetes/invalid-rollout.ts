import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel, Resource } from "../../languages/kubernetes/model.ts";
import { removeEntry, setPath } from "../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../languages/yaml/node.ts";
import { asMap, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { amountOf, isAppsKind, isNone } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";

/** What Kubernetes takes where nothing is written. */
const defaultDeadline = 600;

export default defineRule("kubernetes", {
  slug: "invalid-rollout",
  summary: "An update strategy or its times contradict each other, so Kubernetes refuses the workload.",
  why: `Some settings of a rollout are each fine and refused together: \`maxSurge: 0\` with \`maxUnavailable: 0\` leaves no pod that could be replaced, \`rollingUpdate\` says nothing under
another strategy, and a \`progressDeadlineSeconds\` that is not longer than \`minReadySeconds\` would be over before any pod counts. No schema tells; the API server
does, when the release is on its way.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy"],
  fix: "review",
  keys: ["strategy", "updateStrategy", "minReadySeconds", "progressDeadlineSeconds"],
  examples: [
    {
      bad: deploymentWith({ spec: strategy("maxSurge: 0", "maxUnavailable: 0") }),
      good: deploymentWith({ spec: strategy("maxSurge: 1", "maxUnavailable: 0") }),
    },
    {
      bad: deploymentWith({ spec: ["replicas: 2", "minReadySeconds: 60", "progressDeadlineSeconds: 60"] }),
      good: deploymentWith({ spec: ["replicas: 2", "minReadySeconds: 60", "progressDeadlineSeconds: 660"] }),
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      if (isAppsKind(resource, "Deployment")) {
        yield* amounts(model, resource, "strategy");
        yield* otherStrategy(model, resource, "strategy");
        yield* deadline(model, resource);
      } else if (isAppsKind(resource, "DaemonSet", "StatefulSet")) {
        if (resource.resourceKind === "DaemonSet") yield* amounts(model, resource, "updateStrategy");
        yield* otherStrategy(model, resource, "updateStrategy");
      }
    }
  },
});

function* amounts(model: KubernetesModel, resource: Resource, key: "strategy" | "updateStrategy"): Iterable<Problem> {
  const path = ["spec", key, "rollingUpdate"] as const;
  const [surge, unavailable] = [resource.entry(...path, "maxSurge"), resource.entry(...path, "maxUnavailable")];
  const [more, fewer] = [amountOf(surge?.value), amountOf(unavailable?.value)];
  if (fewer !== undefined && unavailable !== undefined && "percent" in fewer && fewer.percent > 100) {
    yield {
      at: unavailable.value.span,
      message: `\`maxUnavailable\` cannot be more than all pods, so Kubernetes refuses \`${fewer.percent}%\`: write a share below \`100%\`.`,
    };
  }
  if (unavailable === undefined) return;
  const isDaemon = resource.resourceKind === "DaemonSet";
  // A DaemonSet makes no pods in advance unless told to.
  const none = isNone(fewer) && (surge === undefined ? isDaemon && !resource.partial : isNone(more));
  if (none) {
    const at = surge?.value.span ?? unavailable.value.span;
    yield {
      at,
      message:
        "With neither `maxSurge` nor `maxUnavailable` no pod can ever be replaced, and Kubernetes refuses it: set `maxSurge: 1`.",
      fixes: () =>
        reviewed(
          "Start one pod more during updates (it needs room for it)",
          setPath(model.document, resource.map, [...path, "maxSurge"], 1),
        ),
    };
  } else if (
    isDaemon &&
    surge !== undefined &&
    more !== undefined &&
    fewer !== undefined &&
    !isNone(more) &&
    !isNone(fewer)
  ) {
    yield {
      at: surge.keySpan,
      message:
        "A DaemonSet takes either `maxSurge` or `maxUnavailable`, and Kubernetes refuses both: set `maxUnavailable: 0` beside `maxSurge`.",
      fixes: () =>
        reviewed(
          "Start the new pod of a node before the old one ends (both run there for a moment)",
          setPath(model.document, resource.map, [...path, "maxUnavailable"], 0),
        ),
    };
  }
}

function* otherStrategy(
  model: KubernetesModel,
  resource: Resource,
  key: "strategy" | "updateStrategy",
): Iterable<Problem> {
  const type = scalarText(resource.get("spec", key, "type"));
  const rolling =
    resource.get("spec", key, "rollingUpdate") === undefined ? undefined : resource.entry("spec", key, "rollingUpdate");
  const map = asMap(resource.get("spec", key));
  if (rolling === undefined || (type !== "Recreate" && type !== "OnDelete") || map === undefined) return;
  // A DaemonSet with both is accepted; it goes by the type.
  if (resource.resourceKind === "DaemonSet") return;
  yield {
    at: rolling.keySpan,
    message: `\`rollingUpdate\` says nothing under \`type: ${type}\`, and Kubernetes refuses both together: remove it.`,
    fixes: (): readonly Fix[] =>
      reviewed(`Keep \`${type}\` alone (check which was meant)`, removeEntry(model.document, map, "rollingUpdate")),
  };
}

function* deadline(model: KubernetesModel, resource: Resource): Iterable<Problem> {
  const ready = resource.entry("spec", "minReadySeconds");
  const given = resource.entry("spec", "progressDeadlineSeconds");
  const seconds = numberAt(given) ?? (given === undefined && !resource.partial ? defaultDeadline : undefined);
  const wait = numberAt(ready) ?? 0;
  const at = given ?? ready;
  if (seconds === undefined || at === undefined || seconds > wait) return;
  yield {
    at: at.value.span,
    message:
      given === undefined
        ? `Pods are to be ready for ${wait} seconds, but a rollout has only ${defaultDeadline} by default, and Kubernetes refuses that: set a longer \`progressDeadlineSeconds\`.`
        : `The deadline is over before a pod counts as available, after ${wait} seconds, and Kubernetes refuses that: make it longer than \`minReadySeconds\`.`,
    fixes: () =>
      reviewed(
        `Give a rollout ${wait + defaultDeadline} seconds to get on`,
        setPath(model.document, resource.map, ["spec", "progressDeadlineSeconds"], wait + defaultDeadline, {
          position: { after: ["minReadySeconds"] },
        }),
      ),
  };
}

function numberAt(entry: YamlEntry | undefined): number | undefined {
  return entry?.value.type === "scalar" && typeof entry.value.value === "number" ? entry.value.value : undefined;
}

function strategy(...amounts: readonly string[]): readonly string[] {
  return ["replicas: 2", "strategy:", "  rollingUpdate:", ...amounts.map((line) => `    ${line}`)];
}
