import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel, PodTemplate, Resource } from "../../languages/kubernetes/model.ts";
import { removeEntry, setPath } from "../../languages/yaml/edit.ts";
import { asMap, getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { joined } from "../shared/joined-edits.ts";
import { asWritten, autoscalerOf } from "./shared/autoscaled.ts";
import { amountOf, isAppsKind, isNone, replicasOf, titleOf } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { claimNamed, claimNames, isSingleWriter } from "./shared/claims.ts";
import { placeOf } from "./shared/missing-target.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "shared-single-writer-claim",
  summary: "A volume that one node at a time can mount is mounted by more pods than that allows.",
  why: `A \`ReadWriteOnce\` volume is attached to one node. Several replicas work as long as the scheduler happens to put them all there; the first one elsewhere waits for the volume for
good. A single replica under a rolling update has the same trouble at every release: the new pod is started while the old one holds the volume, lands on another node, waits, and
the old one is never stopped because the new one is not ready. \`ReadWriteOncePod\` does not even allow it on one node.

With \`strategy: Recreate\` the old pod goes first: a short outage instead of a rollout that hangs. A StatefulSet with \`volumeClaimTemplates\` gives each pod a volume of its own; storage
that many nodes can mount (\`ReadWriteMany\`) is the other way out, where the program can share its files.`,
  category: "storage",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes",
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["persistentVolumeClaim"],
  examples: [
    {
      bad: `${example([])}---\n${claim()}`,
      good: `${example(["strategy:", "  type: Recreate"])}---\n${claim()}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      const isDeployment = isAppsKind(resource, "Deployment");
      if (!whole || (!isDeployment && !isAppsKind(resource, "StatefulSet"))) continue;
      const manifests = workspace.manifests();
      for (const node of claimNames(pod)) {
        const found = isUnknown(node, "kubernetes") ? undefined : claimNamed(manifests, resource, node.text);
        if (found === undefined || !isSingleWriter(found.modes)) continue;
        const { claim: claimed, modes } = found;
        if (modes.includes("ReadWriteOnce") && staysOnOneNode(pod)) continue;
        const autoscaled = autoscalerOf(manifests, asWritten(resource)) !== undefined;
        const replicas = resource.get("spec", "replicas") === undefined ? 1 : replicasOf(resource);
        if (replicas === undefined || replicas === 0) continue;
        const holder = modes.includes("ReadWriteOncePod") ? "pod" : "node";
        const related = [placeOf(claimed)];
        if (replicas > 1 || autoscaled) {
          yield {
            at: node.span,
            message: `Only one ${holder} at a time can mount \`${node.text}\`, but ${titleOf(resource, "within")} runs ${autoscaled ? "as many pods as its autoscaler wants" : `${replicas} pods`}: give each its own volume, or use storage that can be shared.`,
            related,
          };
        } else if (isDeployment && surges(resource)) {
          yield {
            at: node.span,
            message: `Only one ${holder} at a time can mount \`${node.text}\`, and an update starts the new pod before the old one is gone, so it may hang: set \`strategy: Recreate\`.`,
            related,
            fixes: () => recreate(model, resource),
          };
        }
      }
    }
  },
});

/** The new pod of an update comes before the old one goes. */
function surges(resource: Resource): boolean {
  const type = resource.get("spec", "strategy", "type");
  if (type !== undefined && scalarText(type) !== "RollingUpdate") return false;
  return !isNone(amountOf(resource.get("spec", "strategy", "rollingUpdate", "maxSurge")));
}

/** Told to run on one node, or beside its own kind: then `ReadWriteOnce` does no harm. */
function staysOnOneNode(pod: PodTemplate): boolean {
  if (pod.get("nodeName") !== undefined || pod.get("nodeSelector", "kubernetes.io/hostname") !== undefined) return true;
  return itemsOf(pod.get("affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution")).some(
    (term) => scalarText(getPath(term, "topologyKey")) === "kubernetes.io/hostname",
  );
}

function recreate(model: KubernetesModel, resource: Resource): readonly Fix[] {
  const strategy = asMap(resource.get("spec", "strategy"));
  const edits = joined(model.document.text, [
    setPath(model.document, resource.map, ["spec", "strategy", "type"], "Recreate", {
      position: strategy === undefined ? { before: ["selector", "template"] } : "start",
    }),
    strategy?.get("rollingUpdate") === undefined ? [] : removeEntry(model.document, strategy, "rollingUpdate"),
  ]);
  return reviewed("Stop the old pod before the new one starts (each update is a short outage)", edits);
}

function example(spec: readonly string[]): string {
  return deploymentWith({
    spec: ["replicas: 1", ...spec],
    pod: ["volumes:", "  - name: data", "    persistentVolumeClaim:", "      claimName: data"],
  }).replace(
    "          readinessProbe:",
    "          volumeMounts:\n            - name: data\n              mountPath: /data\n          readinessProbe:",
  );
}

function claim(): string {
  return "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata:\n  name: data\nspec:\n  accessModes:\n    - ReadWriteOnce\n  resources:\n    requests:\n      storage: 10Gi\n";
}
