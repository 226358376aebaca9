import { defineRule } from "../../engine/rule.ts";
import { removeEntry } from "../../languages/yaml/edit.ts";
import { asMap } from "../../languages/yaml/path.ts";
import { safe } from "../shared/edit-fixes.ts";
import { isAppsKind, titleOf } from "./shared/availability.ts";
import { deploymentWith } from "./shared/availability-example.ts";

export default defineRule("kubernetes", {
  slug: "no-rollback",
  summary: "A workload keeps no former version, so it cannot be rolled back.",
  why: `Kubernetes keeps the former versions of a workload for \`kubectl rollout undo\`: ten of them, each a small object without pods. \`revisionHistoryLimit: 0\` throws them away, and
in the middle of a bad release the one command that everybody knows answers that there is nothing to go back to.

Where every change comes from a repository and is undone there, a smaller number such as 2 tidies up just as well.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#clean-up-policy"],
  fix: "safe",
  keys: ["revisionHistoryLimit"],
  examples: [
    {
      bad: deploymentWith({ spec: ["replicas: 2", "revisionHistoryLimit: 0"] }),
      good: deploymentWith({ spec: ["replicas: 2"] }),
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      if (!isAppsKind(resource, "Deployment", "StatefulSet", "DaemonSet")) continue;
      const entry = resource.entry("spec", "revisionHistoryLimit");
      const spec = asMap(resource.get("spec"));
      if (entry?.value.type !== "scalar" || entry.value.value !== 0 || spec === undefined) continue;
      yield {
        at: entry.keySpan,
        message: `${titleOf(resource)} keeps no former version, so \`kubectl rollout undo\` has nothing to go back to: keep a few, or leave it out for 10.`,
        fixes: () => safe("Keep the usual ten versions", removeEntry(model.document, spec, "revisionHistoryLimit")),
      };
    }
  },
});
