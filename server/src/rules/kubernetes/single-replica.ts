import { defineRule } from "../../engine/rule.ts";
import { serviceFacts } from "../../knowledge/services/index.ts";
import type { Container } from "../../languages/kubernetes/model.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { placedWorkload } from "./shared/budget-targets.ts";
import { claimNamed, claimNames, isSingleWriter } from "./shared/claims.ts";
import { serviceWith } from "./shared/example.ts";
import { asWritten, autoscalerOf } from "./shared/autoscaled.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "single-replica",
  summary: "A Deployment runs a single pod.",
  why: `With one pod, every node upgrade, eviction and crash is an outage for as long as the next pod takes to be scheduled, pulled and ready. Two or more,
on different nodes, make these events unremarkable.

It takes a program that can run twice: no file only it may write, no work done by each copy once. A Deployment with the \`Recreate\` strategy says that it
cannot, and is left alone, as are those an autoscaler looks after, those on a volume that one node at a time can
mount, and databases, caches and queues.`,
  category: "availability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:minimum-three-replicas",
    "kube-score:deployment-replicas",
    "polaris:deploymentMissingReplicas",
  ],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/"],
  fix: "review",
  reads: "workspace",
  options: { minimum: { default: 2, description: "How many replicas are enough." } },
  examples: [
    {
      bad: deployment("  replicas: 1\n"),
      good: deployment("  replicas: 2\n"),
    },
  ],
  *check(model, { minimum }, workspace) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      if (resource.resourceKind !== "Deployment") continue;
      const entry = resource.entry("spec", "replicas");
      // A chart that writes the number out, where others have a value for it, means it.
      if (model.templated || (entry === undefined && !whole)) continue;
      const replicas = entry === undefined ? 1 : entry.value.type === "scalar" ? entry.value.value : undefined;
      // None at all is switched off on purpose; what is no number is a template's or a mistake of another kind.
      if (typeof replicas !== "number" || replicas === 0 || replicas >= minimum) continue;
      if (scalarText(resource.get("spec", "strategy", "type")) === "Recreate") continue;
      if (pod.containers.some(keepsState)) continue;
      const placed = placedWorkload(workspace, resource)?.replicas;
      // A kustomization may set another number.
      if (placed === "unknown" || (placed !== undefined && placed !== replicas)) continue;
      const manifests = workspace.manifests();
      const scaled = autoscalerOf(manifests, asWritten(resource)) !== undefined;
      // Not one that is known to take many pods.
      const claims = claimNames(pod).map(({ text }) => claimNamed(manifests, resource, text));
      if (claims.some((claim) => claim === undefined || isSingleWriter(claim.modes))) continue;
      const at = entry?.keySpan ?? resource.entry("spec")?.keySpan;
      if (scaled || at === undefined) continue;
      const edits = setPath(model.document, resource.map, ["spec", "replicas"], minimum, { position: "start" });
      yield {
        at,
        message: `${resource.name === undefined ? "This Deployment" : `\`${resource.name}\``} runs ${replicas === 1 ? "a single pod" : `${replicas} pods`}, so the loss of a node is an outage: set \`replicas\` to ${minimum} or more.`,
        fixes:
          edits === undefined
            ? []
            : [
                {
                  title: `Run ${minimum} replicas (the program must be able to run more than once)`,
                  safety: "review",
                  edits,
                },
              ],
      };
    }
  },
});

/** Two copies of a database, a cache or a queue know nothing of each other: more of them takes more than a number. */
function keepsState({ role, image }: Container): boolean {
  const facts = role !== "main" || image === undefined ? undefined : serviceFacts(image.canonical, image.tag);
  return facts !== undefined && (facts.stateful || ["cache", "database", "queue"].includes(facts.category));
}

function deployment(replicas: string): string {
  return serviceWith({}).replace("kind: StatefulSet", "kind: Deployment").replace("  serviceName: api\n", replicas);
}
