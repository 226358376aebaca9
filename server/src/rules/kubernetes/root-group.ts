import { defineRule, type Problem } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { oncePerPlace } from "../shared/once-per-place.ts";
import { jobWith } from "./shared/example.ts";
import { everyHolder, subjectName } from "./shared/pod-security-place.ts";
import { flagOf, numberOf } from "./shared/security-context.ts";
import { workloadsOf } from "./shared/workloads.ts";

const security = ["runAsNonRoot: true", "seccompProfile:", "  type: RuntimeDefault"];

export default defineRule("kubernetes", {
  slug: "root-group",
  summary: "A container is given the group of root.",
  why: `Group 0 owns most of what root owns, on the node as in the container. A process with that group reads, and now and then writes, what was meant for root alone,
in volumes of the node above all. A user without that group costs nothing where files are owned by the user.

Images made for OpenShift give their files to group 0 on purpose, as their user is any number; there it belongs to the image and is harmless within it. So
this is a hint.`,
  category: "security",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["kube-linter:run-as-non-root", "trivy:KSV-0116"],
  references: [
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/#set-the-security-context-for-a-pod",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({ podSecurity: [...security, "fsGroup: 0"] }),
      good: jobWith({ podSecurity: security }),
    },
  ],
  keys: ["runAsGroup", "fsGroup", "supplementalGroups"],
  *check(model) {
    yield* oncePerPlace(problems(model));
  },
});

function* problems(model: KubernetesModel): Iterable<Problem> {
  for (const { pod } of workloadsOf(model)) {
    if (flagOf(pod.get("hostUsers")) === false) continue;
    for (const holder of everyHolder(pod)) {
      const own = holder.container === undefined ? ["runAsGroup", "fsGroup"] : ["runAsGroup"];
      for (const key of own) {
        const entry = holder.entry("securityContext", key);
        if (entry === undefined || numberOf(entry.value) !== 0) continue;
        yield {
          at: entry.keySpan,
          message:
            key === "fsGroup"
              ? "Files in the pod's volumes are given to the group of root: use another `fsGroup`."
              : `${subjectName(holder)} runs with the group of root: use another \`${key}\`.`,
          fixes: () =>
            reviewed(
              `Remove \`${key}: 0\` (files that only this group may read are out of reach)`,
              removePath(model.document, holder.map, ["securityContext", key]),
            ),
        };
      }
    }
    for (const [index, item] of itemsOf(pod.get("securityContext", "supplementalGroups")).entries()) {
      if (numberOf(item) !== 0) continue;
      yield {
        at: item.span,
        message: "The containers of the pod are members of the group of root: remove it.",
        fixes: () =>
          reviewed(
            "Remove group 0 (files that only this group may read are out of reach)",
            removePath(model.document, pod.spec, ["securityContext", "supplementalGroups", index]),
          ),
      };
    }
  }
}
