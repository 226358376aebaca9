import { defineRule } from "../../engine/rule.ts";
import { removePath, replaceScalar } from "../../languages/yaml/edit.ts";
import { asScalar, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { isAppsKind, replicasOf, titleOf } from "./shared/availability.ts";
import { statefulSetWith } from "./shared/availability-example.ts";

export default defineRule("kubernetes", {
  slug: "held-back-update",
  summary: "A StatefulSet or DaemonSet does not update its pods by itself.",
  why: `Under \`updateStrategy: OnDelete\` a pod gets the new version when somebody deletes it, and a \`partition\` holds back all pods whose number is below it. Both are meant for
people who update a database member by member. Left in a file they mean that a release, and a security fix with it, reaches pods by chance: whichever node
is drained next.

Leave it where an operator or a runbook deletes the pods in the right order.`,
  category: "availability",
  severity: "info",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#update-strategies"],
  fix: "review",
  keys: ["updateStrategy"],
  examples: [
    {
      bad: statefulSetWith({ spec: ["serviceName: api", "updateStrategy:", "  type: OnDelete"] }),
      good: statefulSetWith({ spec: ["serviceName: api", "updateStrategy:", "  type: RollingUpdate"] }),
    },
  ],
  *check(model) {
    for (const resource of model.resources) {
      if (!isAppsKind(resource, "StatefulSet", "DaemonSet")) continue;
      const type = asScalar(resource.get("spec", "updateStrategy", "type"));
      if (scalarText(type) === "OnDelete" && type !== undefined) {
        yield {
          at: type.span,
          message: `Pods of ${titleOf(resource, "within")} get a new version only when somebody deletes them: use \`RollingUpdate\`, unless they are updated by hand.`,
          fixes: () =>
            resource.get("spec", "updateStrategy", "rollingUpdate") === undefined
              ? reviewed(
                  "Update pods one after another (they restart by themselves at the next change)",
                  replaceScalar(model.document, type, "RollingUpdate"),
                )
              : [],
        };
        continue;
      }
      const partition = resource.entry("spec", "updateStrategy", "rollingUpdate", "partition");
      const held = partition?.value.type === "scalar" ? partition.value.value : undefined;
      const replicas = replicasOf(resource) ?? (resource.partial ? undefined : 1);
      if (partition === undefined || typeof held !== "number" || held === 0) continue;
      if (replicas === undefined || held < replicas) continue;
      yield {
        at: partition.keySpan,
        message: `\`partition: ${held}\` holds back all ${replicas === 1 ? "" : `${replicas} `}pods of ${titleOf(resource, "within")}, so no update reaches them: lower it when the update is wanted.`,
        fixes: () =>
          reviewed(
            "Remove `partition` (all pods are updated at the next change)",
            removePath(model.document, resource.map, ["spec", "updateStrategy", "rollingUpdate", "partition"]),
          ),
      };
    }
  },
});
