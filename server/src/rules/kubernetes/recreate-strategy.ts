import { defineRule } from "../../engine/rule.ts";
import type { PodTemplate } from "../../languages/kubernetes/model.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, booleanOf, getPath, isNull, isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAppsKind, titleOf } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";

export default defineRule("kubernetes", {
  slug: "recreate-strategy",
  summary: "A Deployment stops all its pods before it starts the new ones.",
  why: `Under \`Recreate\` every update is an outage: all pods are stopped, then the new ones are scheduled, pulled and started, and if the new version does not come up, nothing
runs at all. A rolling update replaces pods as new ones become ready and stops by itself where they do not.

\`Recreate\` is right where two versions must never run side by side: a volume that one node at a time can mount, a host's port, a file with a lock. The rule is silent
where it sees such a reason; a migration that the old version would not survive it cannot see.`,
  category: "availability",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "kube-linter:no-rolling-update-strategy",
    "kube-score:Deployment Strategy",
    "kube-score:deployment-strategy",
  ],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#strategy"],
  fix: "review",
  keys: ["strategy"],
  examples: [
    {
      bad: deploymentWith({ spec: ["replicas: 2", "strategy:", "  type: Recreate"] }),
      good: deploymentWith({ spec: ["replicas: 2", "strategy:", "  type: RollingUpdate"] }),
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      const openShift = resource.resourceKind === "DeploymentConfig";
      if (!openShift && !isAppsKind(resource, "Deployment")) continue;
      const type = asScalar(resource.get("spec", "strategy", "type"));
      if (type === undefined || isUnknown(type, "kubernetes") || rolling.has(type.text)) continue;
      if (type.text === "Recreate" && hasReason(resource.pod)) continue;
      const wanted = openShift ? "Rolling" : "RollingUpdate";
      yield {
        at: type.span,
        message:
          type.text === "Recreate"
            ? `Every update of ${titleOf(resource, "within")} stops all its pods first: use \`${wanted}\`, unless two versions must never run side by side.`
            : `\`${type.text}\` is no rolling update, so what an update of ${titleOf(resource, "within")} leaves running is anyone's guess: use \`${wanted}\`.`,
        fixes: () =>
          reviewed(
            "Replace pods one after another (for a moment the old and the new version both run)",
            replaceScalar(model.document, type, wanted),
          ),
      };
    }
  },
});

const rolling: ReadonlySet<string> = new Set(["RollingUpdate", "Rolling"]);

/** Something that only one pod at a time can have: a volume that may be mounted once, a port of the node. */
function hasReason(pod: PodTemplate | undefined): boolean {
  if (pod === undefined) return false;
  if (booleanOf(pod.get("hostNetwork")) === true) return true;
  const held = itemsOf(pod.get("volumes")).some((volume) =>
    ["persistentVolumeClaim", "hostPath", "ephemeral"].some((kind) => !isNull(getPath(volume, kind))),
  );
  return held || pod.containers.some(({ ports }) => ports.some(({ map }) => !isNull(getPath(map, "hostPort"))));
}
