import { defineRule } from "../../engine/rule.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { asMap, entryAt, getPath, isNull, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unbounded-empty-dir",
  summary: "An `emptyDir` has no size limit.",
  why: `An \`emptyDir\` lies on the node's own disk, which all pods, images and logs share. A log that is never rotated, or an upload that is never removed, fills it, and the kubelet then evicts
pods until there is room again, not only the one at fault. \`sizeLimit\` makes it evict just that one. One in memory counts against the memory limits of the containers, and is as
large as these allow.

A limit that is too small evicts a pod that did no harm, and most such folders hold a few kilobytes: hence off unless asked for.`,
  category: "storage",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/#emptydir"],
  fix: "review",
  keys: ["emptyDir"],
  examples: [{ bad: example("emptyDir: {}"), good: example("emptyDir:", "  sizeLimit: 500Mi") }],
  *check(model) {
    for (const { pod, whole } of workloadsOf(model)) {
      if (!whole) continue;
      for (const item of itemsOf(pod.get("volumes"))) {
        const volume = asMap(item);
        const entry = entryAt(volume, "emptyDir");
        if (volume === undefined || entry === undefined) continue;
        if (entry.value.type === "scalar" && !isNull(entry.value)) continue;
        if (!isNull(getPath(entry.value, "sizeLimit"))) continue;
        const inMemory = scalarText(getPath(entry.value, "medium")) === "Memory";
        yield {
          at: entry.keySpan,
          message: inMemory
            ? "Nothing but the memory limits bounds this folder in memory: set `sizeLimit`."
            : "Nothing bounds what this folder takes of the node's disk: set `sizeLimit`.",
          fixes: () =>
            reviewed(
              `Allow it ${inMemory ? "64Mi" : "500Mi"} (a pod that writes more is evicted: look at what it takes first)`,
              setPath(model.document, volume, ["emptyDir", "sizeLimit"], inMemory ? "64Mi" : "500Mi"),
            ),
        };
      }
    }
  },
});

function example(...lines: readonly string[]): string {
  return jobWith({
    container: ["volumeMounts:", "  - name: tmp", "    mountPath: /tmp"],
    podEnd: ["volumes:", "  - name: tmp", ...lines.map((line) => `    ${line}`)],
  });
}
