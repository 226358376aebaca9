import { groupOf } from "../../languages/kubernetes/api-group.ts";
import { defineRule } from "../../engine/rule.ts";
import { asScalar, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { titleOf } from "./shared/availability.ts";
import { autoscalerWith, deploymentWith } from "./shared/availability-example.ts";
import { missingTarget } from "./shared/missing-target.ts";

export default defineRule("kubernetes", {
  slug: "unknown-autoscaling-target",
  summary: "An autoscaler names a workload that is not there.",
  why: `An autoscaler finds its workload by kind and name. After a rename it goes on existing, reports \`FailedGetScale\` to nobody in particular, and the workload stays at the number
of pods it had, until the day that needed more.

It is reported where the workloads beside it are known and none has that name; one that may be made elsewhere, by an operator or a template, is not.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "kube-linter:dangling-horizontalpodautoscaler",
    "kube-score:HorizontalPodAutoscaler has target",
    "kube-score:horizontalpodautoscaler-has-target",
    "kics:hpa_targets_invalid_object",
  ],
  references: ["https://kubernetes.io/docs/concepts/workloads/autoscaling/horizontal-pod-autoscale/"],
  fix: "review",
  reads: "workspace",
  keys: ["scaleTargetRef", "targetRef"],
  examples: [
    {
      bad: `${deploymentWith({ spec: ["replicas: 2"] })}---\n${target("apis")}`,
      good: `${deploymentWith({ spec: [] })}---\n${target("api")}`,
      fixed: false,
    },
  ],
  *check(model, _options, workspace) {
    for (const resource of model.resources) {
      const key = references.get(`${groupOf(resource.apiVersion)}/${resource.resourceKind}`);
      if (key === undefined) continue;
      const read = (part: string): string | undefined => {
        const node = resource.get("spec", key, part);
        return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
      };
      const node = asScalar(resource.get("spec", key, "name"));
      const kind = read("kind") ?? (resource.resourceKind === "ScaledObject" ? "Deployment" : undefined);
      const name = read("name");
      if (node === undefined || kind === undefined || name === undefined || name === "") continue;
      const apiVersion = read("apiVersion");
      const group = apiVersion === undefined ? undefined : groupOf(apiVersion);
      const problem = missingTarget(model, workspace.manifests(), {
        // A workload of an old group is the same as one of `apps`.
        reference: {
          ...(group === "" || group === "extensions" ? {} : { group }),
          kind,
          name,
          namespace: resource.namespace,
        },
        node,
        consequence: `${titleOf(resource)} scales nothing`,
      });
      if (problem !== undefined) yield problem;
    }
  },
});

/** Where autoscalers name what they scale. */
const references: ReadonlyMap<string, string> = new Map([
  ["autoscaling/HorizontalPodAutoscaler", "scaleTargetRef"],
  ["keda.sh/ScaledObject", "scaleTargetRef"],
  ["autoscaling.k8s.io/VerticalPodAutoscaler", "targetRef"],
]);

function target(name: string): string {
  return autoscalerWith(["minReplicas: 2", "maxReplicas: 8"]).replace("    name: api\n", `    name: ${name}\n`);
}
