import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { asMap, entryAt, getPath, isNull, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { podSelector } from "./shared/generated-object.ts";
import { selectsOwn } from "./shared/spread.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unmatched-topology-spread",
  summary: "A topology spread constraint does not select the pods that it stands on.",
  why: `A constraint counts the pods that its \`labelSelector\` selects. Where these are not the workload's own, as after a copy from another file or a renamed label, its pods are
placed by where others run, and may all share one node. Without a selector it counts nothing at all. Nothing reports it: the pods run, just not apart.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/#topologyspreadconstraints-field",
  ],
  fix: "review",
  keys: ["topologySpreadConstraints"],
  examples: [{ bad: example("web"), good: example("api") }],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      if (!whole || pod.labels.size === 0) continue;
      for (const item of itemsOf(pod.get("topologySpreadConstraints"))) {
        const constraint = asMap(item);
        const key = entryAt(constraint, "topologyKey");
        const selector = entryAt(constraint, "labelSelector");
        if (constraint === undefined || selectsOwn(selector?.value, pod) !== false) continue;
        const at = selector?.keySpan ?? key?.keySpan;
        if (at === undefined) continue;
        const nothing = selector === undefined || isNull(selector.value);
        const shown = scalarText(getPath(constraint, "topologyKey")) ?? "topology";
        yield {
          at,
          message: nothing
            ? `Without a \`labelSelector\` this constraint counts no pods, so nothing is spread by \`${shown}\`: give it the labels of these pods.`
            : `This \`labelSelector\` does not select the pods it stands on, so they are not spread by \`${shown}\`: give it their own labels.`,
          fixes: () => {
            const own = podSelector(resource);
            if (own === undefined) return [];
            return reviewed(
              "Select the workload's own pods (they spread as they are replaced)",
              setPath(model.document, constraint, ["labelSelector"], own),
            );
          },
        };
      }
    }
  },
});

function example(app: string): string {
  return deploymentWith({
    pod: [
      "topologySpreadConstraints:",
      "  - maxSkew: 1",
      "    topologyKey: topology.kubernetes.io/zone",
      "    whenUnsatisfiable: ScheduleAnyway",
      "    labelSelector:",
      "      matchLabels:",
      `        app: ${app}`,
    ],
  });
}
