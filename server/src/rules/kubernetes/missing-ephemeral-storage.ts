import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { jobWith } from "./shared/example.ts";
import { setResources } from "./shared/missing-resources.ts";
import { type Bound, isLasting, resourcesUnknown } from "./shared/resources.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";
import { quotedList } from "./shared/quoted-list.ts";

const bounds: readonly Bound[] = ["requests", "limits"];

export default defineRule("kubernetes", {
  slug: "missing-ephemeral-storage",
  summary: "A container does not say how much of the node's disk it needs or may fill.",
  why: `Logs, \`emptyDir\` volumes and whatever a container writes into its own file system share the node's disk. One that writes without end fills it, and the kubelet then evicts
pods that did nothing wrong. With a limit only the one at fault is evicted; with a request the scheduler knows which node has room.

Most containers write little, and how much is seldom known, so this is off unless you ask for it.`,
  category: "resources",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [
    "kube-score:Container Ephemeral Storage Request and Limit",
    "kube-score:container-ephemeral-storage-request-and-limit",
  ],
  references: ["https://kubernetes.io/docs/concepts/storage/ephemeral-storage/"],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        resources: [
          "resources:",
          "  requests:",
          "    cpu: 100m",
          "    memory: 128Mi",
          "  limits:",
          "    memory: 128Mi",
        ],
      }),
      good: jobWith({
        resources: [
          "resources:",
          "  requests:",
          "    cpu: 100m",
          "    memory: 128Mi",
          "    ephemeral-storage: 1Gi",
          "  limits:",
          "    memory: 128Mi",
          "    ephemeral-storage: 2Gi",
        ],
      }),
    },
  ],
  *check(model) {
    for (const { container, whole } of containersOf(model)) {
      if (!whole || !isLasting(container) || resourcesUnknown(container)) continue;
      const missing = bounds.filter((bound) => isNull(container.get("resources", bound, "ephemeral-storage")));
      if (missing.length === 0) continue;
      yield {
        at: container.at,
        message: `${nameOf(container)} may fill its node's disk: set ${quotedList(missing.map((bound) => `resources.${bound}.ephemeral-storage`))}.`,
        fixes: () => fixesFor(model, container, missing),
      };
    }
  },
});

/** What is there already decides: a limit is taken for the request, and no limit is put below a request. */
function fixesFor(model: KubernetesModel, container: Container, missing: readonly Bound[]): readonly Fix[] {
  const [limit, request] = (["limits", "requests"] as const).map((bound) =>
    container.get("resources", bound, "ephemeral-storage"),
  );
  if ([limit, request].some((node) => isUnknown(node, "kubernetes"))) return [];
  const asked = scalarText(limit) ?? "1Gi";
  const allowed = scalarText(request) ?? "2Gi";
  const wanted = {
    ...(missing.includes("requests") ? { requests: { "ephemeral-storage": asked } } : {}),
    ...(missing.includes("limits") ? { limits: { "ephemeral-storage": allowed } } : {}),
  };
  const words = [
    ...(missing.includes("requests") ? [`Request \`${asked}\` of the disk`] : []),
    ...(missing.includes("limits") ? [`limit it to \`${allowed}\``] : []),
  ].join(", ");
  return setResources(
    model,
    container,
    wanted,
    `${words.replace(/^l/, "L")}: measure it (above the limit the pod is evicted)`,
  );
}
