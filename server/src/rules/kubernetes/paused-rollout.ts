import { defineRule } from "../../engine/rule.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import { asMap } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAppsKind, titleOf } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";

export default defineRule("kubernetes", {
  slug: "paused-rollout",
  summary: "A Deployment is paused, so no change of its pods takes effect.",
  why: `\`paused: true\` holds every change of the pod template back: a new image, a security fix, an environment variable are accepted and stored, and the old pods go on
running. It is a switch for a person at work with \`kubectl rollout pause\`; in a file it outlives the occasion, and the next release seems to succeed.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pausing-and-resuming-a-deployment",
  ],
  fix: "review",
  keys: ["paused"],
  examples: [
    {
      bad: deploymentWith({ spec: ["replicas: 2", "paused: true"] }),
      good: deploymentWith({ spec: ["replicas: 2"] }),
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      const rollout = resource.resourceKind === "Rollout" && resource.pod !== undefined;
      if (!isAppsKind(resource, "Deployment") && !rollout) continue;
      const entry = resource.entry("spec", "paused");
      const spec = asMap(resource.get("spec"));
      if (entry?.value.type !== "scalar" || entry.value.value !== true || spec === undefined) continue;
      yield {
        at: entry.keySpan,
        message: `${titleOf(resource)} is paused, so changes of its pods are stored but never rolled out: remove \`paused\`.`,
        fixes: () =>
          reviewed(
            "Remove `paused` (what was held back so far is rolled out)",
            removeEntry(model.document, spec, "paused"),
          ),
      };
    }
  },
});
