import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel, PodTemplate, Resource } from "../../languages/kubernetes/model.ts";
import { removeItem } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { plainValue } from "../../workspace/plain-value.ts";
import { safe } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { workloadsOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "duplicate-name",
  summary:
    "Two containers, volumes, ports or mounts of one object have the same name or path, so that Kubernetes refuses it.",
  why: `Within a pod the names of containers (init containers among them), of volumes, of a container's ports and the paths of its mounts have to differ, and so have the names of a
Service's ports. The API server refuses the object with \`Duplicate value\`; tools that merge by name silently keep one of the two before it gets there.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kube-score:Container Ports Check", "kube-score:container-ports-check"],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/"],
  fix: "safe",
  examples: [
    {
      bad: jobWith({
        container: ["volumeMounts:", "  - name: tmp", "    mountPath: /tmp", "  - name: tmp", "    mountPath: /tmp"],
        podEnd: ["volumes:", "  - name: tmp", "    emptyDir: {}"],
      }),
      good: jobWith({
        container: ["volumeMounts:", "  - name: tmp", "    mountPath: /tmp"],
        podEnd: ["volumes:", "  - name: tmp", "    emptyDir: {}"],
      }),
    },
  ],
  *check(model) {
    // Two branches of a template may set the same thing.
    if (model.templated) return;
    for (const { pod } of workloadsOf(model)) yield* inPod(model, pod);
    for (const resource of model.resources) yield* inService(model, resource);
  },
});

function* inPod(model: KubernetesModel, pod: PodTemplate): Iterable<Problem> {
  const lists = ["initContainers", "containers", "ephemeralContainers"].map((key) => pod.get(key));
  yield* repeated(model, lists, "name", (name) => `a container is named \`${name}\` already`);
  yield* repeated(model, [pod.get("volumes")], "name", (name) => `a volume is named \`${name}\` already`);
  for (const container of pod.containers) {
    yield* repeated(model, [container.get("ports")], "name", (name) => `a port is named \`${name}\` already`);
    yield* repeated(
      model,
      [container.get("volumeMounts")],
      "mountPath",
      (path) => `something is mounted at \`${path}\` already`,
    );
  }
}

function* inService(model: KubernetesModel, resource: Resource): Iterable<Problem> {
  if (resource.apiVersion !== "v1" || resource.resourceKind !== "Service") return;
  yield* repeated(model, [resource.get("spec", "ports")], "name", (name) => `a port is named \`${name}\` already`);
}

function* repeated(
  model: KubernetesModel,
  lists: readonly (YamlNode | undefined)[],
  key: string,
  words: (value: string) => string,
): Iterable<Problem> {
  const first = new Map<string, YamlNode>();
  for (const list of lists) {
    const items = itemsOf(list);
    for (const [index, item] of items.entries()) {
      const node = getPath(item, key);
      const value = scalarText(node);
      if (node === undefined || value === undefined || value === "" || isUnknown(node, "kubernetes")) continue;
      if (getPath(item, "$patch") !== undefined) continue;
      const before = first.get(value);
      if (before === undefined) {
        first.set(value, item);
        continue;
      }
      const place = getPath(before, key);
      yield {
        at: item.alias ?? node.alias ?? node.span,
        message: `Here ${words(value)}, so Kubernetes refuses the object: choose another one, or remove one of the two.`,
        ...(place === undefined ? {} : { related: [{ at: place.span, message: "The first one" }] }),
        fixes: () =>
          list?.type === "seq" && JSON.stringify(plainValue(before)) === JSON.stringify(plainValue(item))
            ? safe("Remove the second one, which says the same", removeItem(model.document, list, index))
            : [],
      };
    }
  }
}
