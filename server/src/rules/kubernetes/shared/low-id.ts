import { defineRule, type Problem, type Rule, type RuleMetadata } from "../../../engine/rule.ts";
import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { oncePerPlace } from "../../shared/once-per-place.ts";
import { isOpaque } from "./pod-security-place.ts";
import { effectiveSetting, flagOf, numberOf, setInContainer, setInPod } from "./security-context.ts";
import { containersOf, nameOf } from "./workloads.ts";

/** What the rules about low numbers of users and groups differ in. */
export interface LowId extends Pick<RuleMetadata, "slug" | "summary" | "why" | "aliases" | "examples"> {
  readonly key: "runAsUser" | "runAsGroup";
}

/** The first number that the node's own users and groups do not reach. */
const lowestHigh = 10_000;
const suggested = 10_001;

/** A rule for containers whose user or group is a low number, or none that is written. Root has rules of its own. */
export function lowId({ key, ...metadata }: LowId): Rule {
  return defineRule("kubernetes", {
    ...metadata,
    category: "security",
    severity: "hint",
    preset: "all",
    since: "0.1.0",
    references: ["https://kubernetes.io/docs/tasks/configure-pod-container/security-context/"],
    fix: "review",
    *check(model) {
      yield* oncePerPlace(problems(model));
    },
  });

  function* problems(model: KubernetesModel): Iterable<Problem> {
    const noun = key === "runAsUser" ? "user" : "group";
    const title = `Set \`${key}: ${suggested}\` (files it writes must be that ${noun}'s)`;
    for (const { pod, container, whole } of containersOf(model)) {
      if (pod.windows || flagOf(pod.get("hostUsers")) === false) continue;
      const setting = effectiveSetting(pod, container, key);
      const id = numberOf(setting?.node);
      if (setting === undefined) {
        if (!whole || isOpaque(pod) || isOpaque(container)) continue;
        yield {
          at: container.at,
          message: `Nothing says as which ${noun} ${nameOf(container)} runs: set \`${key}\` to ${lowestHigh} or above.`,
          fixes: () => setInContainer(model, container, [key], suggested, title),
        };
        continue;
      }
      if (typeof id !== "number" || id === 0 || id >= lowestHigh) continue;
      yield {
        at: setting.entry.keySpan,
        message: `${nameOf(container)} runs as ${noun} ${id}, which may be somebody else on the node: set \`${key}\` to ${lowestHigh} or above.`,
        fixes: () =>
          setting.from === "pod"
            ? setInPod(model, pod, [key], suggested, title)
            : setInContainer(model, container, [key], suggested, title),
      };
    }
  }
}
