import { defineRule, type Problem } from "../../engine/rule.ts";
import type { Container, KubernetesModel, PodTemplate } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { safe } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { isOpaque } from "./shared/pod-security-place.ts";
import { effectiveSetting, flagOf, numberOf } from "./shared/security-context.ts";
import { containersOf } from "./shared/workloads.ts";

const profile = ["seccompProfile:", "  type: RuntimeDefault"];

export default defineRule("kubernetes", {
  slug: "unsaid-non-root",
  summary: "A container has a user of its own, and `runAsNonRoot` does not say so.",
  why: `With \`runAsUser\` above 0 a container does not run as root, so that nothing is at risk. The level \`restricted\` of Pod Security asks for
\`runAsNonRoot: true\` all the same, and refuses the pod without it; and when somebody takes the number out again, the setting is what keeps root
out.

It changes nothing about what runs.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["pss:restricted/runasnonroot", "pss:restricted/base"],
  references: ["https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted"],
  fix: "safe",
  examples: [
    {
      bad: jobWith({ podSecurity: ["runAsUser: 10001", ...profile] }),
      good: jobWith({ podSecurity: ["runAsUser: 10001", ...profile, "runAsNonRoot: true"] }),
    },
  ],
  keys: ["runAsUser"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: KubernetesModel): Iterable<Problem> {
  for (const { pod, container, whole } of containersOf(model)) {
    const user = effectiveSetting(pod, container, "runAsUser");
    const id = numberOf(user?.node);
    if (!whole || pod.windows || user === undefined || typeof id !== "number" || id === 0) continue;
    if (isOpaque(pod, "runAsNonRoot") || isOpaque(container, "runAsNonRoot")) continue;
    if (flagOf(effectiveSetting(pod, container, "runAsNonRoot")?.node) !== undefined) continue;
    const holder = user.from === "pod" && pod.containers.every(mayBeAsked(pod)) ? pod.spec : container.map;
    yield {
      at: user.entry.keySpan,
      message: `User ${id} is not root, and Pod Security \`restricted\` wants that said: add \`runAsNonRoot: true\`.`,
      fixes: () =>
        safe("Add `runAsNonRoot: true`", setPath(model.document, holder, ["securityContext", "runAsNonRoot"], true)),
    };
  }
}

/** Whether a container starts as it did when the pod asks for users that are not root. */
function mayBeAsked(pod: PodTemplate): (container: Container) => boolean {
  return (container) => {
    if (container.get("securityContext", "runAsNonRoot") !== undefined) return true;
    const id = numberOf(effectiveSetting(pod, container, "runAsUser")?.node);
    return typeof id === "number" && id !== 0;
  };
}
