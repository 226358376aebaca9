import { defineRule } from "../../engine/rule.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAppsKind, titleOf } from "./shared/availability.ts";
import { statefulSetWith } from "./shared/availability-example.ts";

export default defineRule("kubernetes", {
  slug: "deleted-claims",
  summary: "A StatefulSet deletes the data of its pods when it is deleted or scaled down.",
  why: `By default the claims that a StatefulSet makes stay when the set goes, so that a mistaken \`kubectl delete\` or a rename in a chart costs an outage and not the data. With
\`persistentVolumeClaimRetentionPolicy\` set to \`Delete\` they go with it; under \`whenScaled\` already a smaller \`replicas\` deletes the data of the last pods.

That is what one wants for caches and for environments that live a day. Leave it there.`,
  category: "storage",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention",
  ],
  fix: "review",
  keys: ["persistentVolumeClaimRetentionPolicy"],
  examples: [{ bad: example("Delete"), good: example("Retain") }],
  *check(model) {
    for (const resource of model.resources) {
      if (!isAppsKind(resource, "StatefulSet")) continue;
      for (const key of ["whenDeleted", "whenScaled"] as const) {
        const node = asScalar(resource.get("spec", "persistentVolumeClaimRetentionPolicy", key));
        if (node?.text !== "Delete") continue;
        const event = key === "whenDeleted" ? "is deleted" : "is scaled down";
        yield {
          at: node.span,
          message: `The data of ${titleOf(resource, "within")} goes when it ${event}: set \`${key}: Retain\`, unless it may be lost.`,
          fixes: () =>
            reviewed(
              "Keep the claims (what is no longer needed has to be deleted by hand)",
              replaceScalar(model.document, node, "Retain"),
            ),
        };
      }
    }
  },
});

function example(policy: string): string {
  return statefulSetWith({
    spec: ["serviceName: api", "persistentVolumeClaimRetentionPolicy:", `  whenDeleted: ${policy}`],
    end: [
      "volumeClaimTemplates:",
      "  - metadata:",
      "      name: data",
      "    spec:",
      "      accessModes:",
      "        - ReadWriteOnce",
      "      resources:",
      "        requests:",
      "          storage: 10Gi",
    ],
  }).replace(
    "          securityContext:\n            allow",
    "          volumeMounts:\n            - name: data\n              mountPath: /data\n          securityContext:\n            allow",
  );
}
