import { defineRule } from "../../engine/rule.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import { asMap } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { asWritten, autoscalerOf } from "./shared/autoscaled.ts";
import { isReplicated, replicasOf, titleOf } from "./shared/availability.ts";
import { autoscalerWith, deploymentWith } from "./shared/availability-example.ts";
import { placeOf } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "autoscaled-replicas",
  summary: "A workload that an autoscaler looks after fixes its number of replicas as well.",
  why: `Two hands on one number. The autoscaler has gone up to twelve pods for the evening, somebody applies the manifest with \`replicas: 3\`, and nine pods are stopped at the worst
moment; a minute later the autoscaler starts again from there. In a repository that is applied over and over it never ends.

Where an autoscaler sets the number, leave \`replicas\` out. Once, while it is taken out of an object that exists, \`kubectl apply\` sets it to 1: take it out of the live object's
last applied configuration first (\`kubectl apply edit-last-applied\`), or at a quiet time.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-score:Deployment targeted by HPA does not have replicas configured",
    "kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured",
    "kics:hpa_targeted_deployments_with_configured_replica_count",
  ],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling",
  ],
  fix: "review",
  reads: "workspace",
  keys: ["replicas"],
  examples: [
    {
      bad: `${deploymentWith({ spec: ["replicas: 3"] })}---\n${autoscalerWith(["minReplicas: 3", "maxReplicas: 12"])}`,
      good: `${deploymentWith({ spec: [] })}---\n${autoscalerWith(["minReplicas: 3", "maxReplicas: 12"])}`,
    },
  ],
  *check(model, _options, workspace) {
    for (const resource of model.resources) {
      const entry = resource.entry("spec", "replicas");
      const spec = asMap(resource.get("spec"));
      // None at all is switched off on purpose, which an autoscaler respects.
      if (entry === undefined || spec === undefined || (replicasOf(resource) ?? 0) === 0) continue;
      if (!isReplicated(resource)) continue;
      const autoscaler = autoscalerOf(workspace.manifests(), asWritten(resource));
      if (autoscaler === undefined) continue;
      const name = autoscaler.name === undefined ? "" : ` \`${autoscaler.name}\``;
      yield {
        at: entry.keySpan,
        message: `Each apply sets ${titleOf(resource, "within")} back to ${replicasOf(resource) === 1 ? "1 pod" : `${replicasOf(resource)} pods`}, whatever ${autoscaler.kind}${name} has made of it: leave \`replicas\` out.`,
        related: [placeOf(autoscaler)],
        fixes: () =>
          reviewed(
            "Leave `replicas` to the autoscaler (the first `kubectl apply` without it may fall to 1 for a moment)",
            removeEntry(model.document, spec, "replicas"),
          ),
      };
    }
  },
});
