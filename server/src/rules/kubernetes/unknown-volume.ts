import { defineRule } from "../../engine/rule.ts";
import { insideQuotes } from "../../languages/scalar-place.ts";
import { setPath } from "../../languages/yaml/edit.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { closestOf } from "../../text/closest.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { renamed } from "./shared/missing-target.ts";
import { volumeNames } from "./shared/volumes.ts";
import { containersOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "unknown-volume",
  summary: "A container mounts a volume that its pod does not have.",
  why: `Every mount names one of the pod's \`volumes\`, or of a StatefulSet's \`volumeClaimTemplates\`. Where the name is another one, the API server refuses the
whole object: \`volumeMounts[0].name: Not found\`.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: ["https://kubernetes.io/docs/concepts/storage/volumes/"],
  fix: "review",
  keys: ["volumeMounts", "volumeDevices"],
  examples: [{ bad: example("cahce"), good: example("cache") }],
  *check(model) {
    for (const { resource, pod, container, whole } of containersOf(model)) {
      if (!whole) continue;
      const names = volumeNames(resource, pod);
      if (names === undefined) continue;
      for (const key of ["volumeMounts", "volumeDevices"]) {
        for (const mount of itemsOf(container.get(key))) {
          const node = getPath(mount, "name");
          const name = scalarText(node);
          if (node?.type !== "scalar" || name === undefined || isUnknown(node, "kubernetes") || names.has(name))
            continue;
          const meant = closestOf(name, names);
          yield {
            at: insideQuotes(model.document.text, node),
            message: `The pod has no volume \`${name}\`, so Kubernetes refuses it: ${meant === undefined ? "add it to `volumes`." : `did you mean \`${meant}\`?`}`,
            fixes: () => {
              const volumes = pod.get("volumes");
              const volume = { name, emptyDir: {} };
              const added =
                key === "volumeMounts" && volumes?.type !== "scalar"
                  ? volumes === undefined
                    ? setPath(model.document, pod.spec, ["volumes"], [volume])
                    : setPath(model.document, pod.spec, ["volumes", itemsOf(volumes).length], volume)
                  : undefined;
              return [
                ...(meant === undefined ? [] : renamed(model, node, meant)),
                ...reviewed(`Add an \`emptyDir\` volume \`${name}\` (what is written there goes with the pod)`, added),
              ];
            },
          };
        }
      }
    }
  },
});

function example(name: string): string {
  return jobWith({
    container: ["volumeMounts:", `  - name: ${name}`, "    mountPath: /cache"],
    podEnd: ["volumes:", "  - name: cache", "    emptyDir: {}"],
  });
}
