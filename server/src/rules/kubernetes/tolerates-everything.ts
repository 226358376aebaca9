import { defineRule } from "../../engine/rule.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { asMap, entryAt, getPath, isNull, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { titleOf } from "./shared/availability.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "tolerates-everything",
  summary: "A workload tolerates every taint, so it stays on nodes that are gone.",
  why: `A toleration without a key fits every taint: those that keep nodes for others, the control plane's own, and those by which Kubernetes moves pods away from a node that does not
answer any more. A pod that tolerates these too is never moved, and after the loss of its node it stays lost.

Agents that have to run on every node, whatever its state, are DaemonSets, and are left alone. Anything else names the taints it means, or gives \`tolerationSeconds\`.`,
  category: "availability",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/"],
  fix: "review",
  keys: ["tolerations"],
  examples: [
    {
      bad: deploymentWith({ pod: ["tolerations:", "  - operator: Exists"] }),
      good: deploymentWith({}),
    },
  ],
  *check(model) {
    for (const { resource, pod } of workloadsOf(model)) {
      if (pod.batch || resource.resourceKind === "DaemonSet" || resource.resourceKind === "Pod") continue;
      // Parts of the cluster itself have to hold out.
      if (scalarText(pod.get("priorityClassName"))?.startsWith("system-") === true) continue;
      for (const [index, item] of itemsOf(pod.get("tolerations")).entries()) {
        const toleration = asMap(item);
        const operator = entryAt(toleration, "operator");
        const effect = scalarText(getPath(toleration, "effect"));
        if (operator === undefined || scalarText(operator.value) !== "Exists") continue;
        if (!isNull(getPath(toleration, "key")) && scalarText(getPath(toleration, "key")) !== "") continue;
        if (effect !== undefined && effect !== "NoExecute") continue;
        if (!isNull(getPath(toleration, "tolerationSeconds"))) continue;
        yield {
          at: operator.keySpan,
          message: `${titleOf(resource)} tolerates every taint, so its pods are never moved from a node that is lost: name the taints it means by their \`key\`.`,
          fixes: () =>
            reviewed(
              "Remove the toleration (the pods no longer run on nodes that are kept for others)",
              removePath(model.document, pod.spec, ["tolerations", index]),
            ),
        };
      }
    }
  },
});
