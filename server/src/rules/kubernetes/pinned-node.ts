import { defineRule } from "../../engine/rule.ts";
import { removeEntry, removePath } from "../../languages/yaml/edit.ts";
import { asScalar, isNull, isUnknown, itemsOf, getPath, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { deploymentWith } from "./shared/availability-example.ts";
import { titleOf } from "./shared/availability.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "pinned-node",
  summary: "A workload is tied to one node by name.",
  why: `With \`nodeName\` a pod skips the scheduler: it is started on that very node whether or not there is room, taints and affinity are not looked at, and where the node is gone or was
given another name, it waits forever. A \`nodeSelector\` for one host name asks the scheduler, and is as lost without that node.

Say what the node has to have (\`nodeSelector\` or \`nodeAffinity\` by a label of a pool, a zone, a disk), not which one it is. A pod that needs what lies on one node's disk has
a reason, and is left alone where that shows.`,
  category: "availability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename"],
  fix: "review",
  keys: ["nodeName", "kubernetes.io/hostname"],
  examples: [{ bad: deploymentWith({ pod: ["nodeName: worker-3"] }), good: deploymentWith({}) }],
  *check(model) {
    for (const { resource, pod } of workloadsOf(model)) {
      const name = pod.entry("nodeName");
      const scalar = asScalar(name?.value);
      // What the cluster itself has written into a Pod says where it runs now.
      const dumped = resource.get("status") !== undefined || resource.get("metadata", "uid") !== undefined;
      if (name !== undefined && scalar !== undefined && isFixed(scalar) && !dumped) {
        yield {
          at: name.keySpan,
          message: `${titleOf(resource)} runs on \`${scalar.text}\` or nowhere, past the scheduler: remove \`nodeName\`, or select nodes by what they have.`,
          fixes: () =>
            reviewed(
              "Remove `nodeName` (the scheduler chooses a node, which may be another one)",
              removeEntry(model.document, pod.spec, "nodeName"),
            ),
        };
      }
      const host = pod.entry("nodeSelector", "kubernetes.io/hostname");
      const node = asScalar(host?.value);
      const local = itemsOf(pod.get("volumes")).some((volume) =>
        ["hostPath", "persistentVolumeClaim"].some((kind) => !isNull(getPath(volume, kind))),
      );
      if (
        host === undefined ||
        node === undefined ||
        !isFixed(node) ||
        local ||
        resource.get("spec", "volumeClaimTemplates") !== undefined
      )
        continue;
      yield {
        at: host.keySpan,
        message: `${titleOf(resource)} runs on \`${node.text}\` or nowhere: select nodes by what they have, not by their name.`,
        severity: "info",
        fixes: () =>
          reviewed(
            "Let it run on any node",
            removePath(model.document, pod.spec, ["nodeSelector", "kubernetes.io/hostname"]),
          ),
      };
    }
  },
});

function isFixed(node: Parameters<typeof scalarText>[0]): boolean {
  const text = scalarText(node);
  return text !== undefined && text !== "" && !isUnknown(node, "kubernetes");
}
