import { defineRule } from "../../engine/rule.ts";
import { isBuiltIn } from "../../languages/kubernetes/pod.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { removePath } from "../../languages/yaml/edit.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { editFixes } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { mountedNames, volumeNames } from "./shared/volumes.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unused-volume",
  summary: "A pod has a volume that none of its containers mounts.",
  why: `A volume that nobody mounts is made, attached and waited for all the same: a Secret that is gone keeps the pod from starting, a claim ties it to a
node or a zone. More often it shows that a mount was forgotten, or taken out by half.

An injector may add a container that mounts it; leave it then.`,
  category: "correctness",
  severity: "hint",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/"],
  fix: "safe",
  keys: ["volumes"],
  examples: [{ bad: example(), good: jobWith({}) }],
  *check(model) {
    for (const { resource, pod, whole } of workloadsOf(model)) {
      const volumes = itemsOf(pod.get("volumes"));
      if (!whole || volumes.length === 0 || !isBuiltIn(resource.apiVersion, resource.resourceKind)) continue;
      const mounted = mountedNames(pod);
      const known = volumeNames(resource, pod);
      // A mount whose name is mistaken may be meant for it: that is told by itself.
      if (known === undefined || ![...mounted].every((name) => known.has(name))) continue;
      for (const [index, volume] of volumes.entries()) {
        const node = getPath(volume, "name");
        const name = scalarText(node);
        if (node?.type !== "scalar" || name === undefined || isUnknown(node, "kubernetes") || mounted.has(name))
          continue;
        const safety = getPath(volume, "emptyDir") === undefined ? "review" : "safe";
        yield {
          at: insideQuotes(model.document.text, node),
          message: `No container mounts the volume \`${name}\`: mount it, or take it out.`,
          tag: "unnecessary",
          fixes: () =>
            editFixes(
              `Remove the volume \`${name}\`${safety === "safe" ? "" : " (an injected container may mount it)"}`,
              safety,
              removePath(model.document, pod.spec, ["volumes", index]),
            ),
        };
      }
    }
  },
});

function example(): string {
  return jobWith({ podEnd: ["volumes:", "  - name: cache", "    emptyDir: {}"] });
}
