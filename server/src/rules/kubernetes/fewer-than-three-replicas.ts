import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { isAppsKind, replicasOf, titleOf } from "./shared/availability.ts";

export default defineRule("kubernetes", {
  slug: "fewer-than-three-replicas",
  summary: "A Deployment runs two pods.",
  why: `Two pods survive the loss of one, but then all load is on the other, and a rollout or a drained node at the same moment takes both. With three, one per
zone, one can be updated while another fails.

A third pod costs as much as the other two each, and many services do well with two; that is why this is off unless asked for. A single pod is
\`single-replica\`'s.`,
  category: "availability",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["kube-linter:minimum-three-replicas"],
  references: ["https://kubernetes.io/docs/setup/best-practices/multiple-zones/"],
  fix: "review",
  keys: ["replicas"],
  examples: [{ bad: deploymentWith({ spec: ["replicas: 2"] }), good: deploymentWith({ spec: ["replicas: 3"] }) }],
  *check(model) {
    for (const resource of model.resources) {
      if (!isAppsKind(resource, "Deployment") && resource.resourceKind !== "DeploymentConfig") continue;
      const entry = resource.entry("spec", "replicas");
      if (entry === undefined || replicasOf(resource) !== 2) continue;
      if (scalarText(resource.get("spec", "strategy", "type")) === "Recreate") continue;
      yield {
        at: entry.keySpan,
        message: `${titleOf(resource)} runs 2 pods, so one of them carries all load while the other is replaced: set \`replicas\` to 3.`,
        fixes: () =>
          reviewed(
            "Run 3 replicas (the third takes as much of a node as each of the others)",
            setPath(model.document, resource.map, ["spec", "replicas"], 3),
          ),
      };
    }
  },
});
