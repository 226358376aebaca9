import { defineRule, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removeItem } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { getPath, isUnknown, itemsOf, scalarText } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { containersOf } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "duplicate-port",
  summary: "A port with the same protocol is listed twice in one container or one Service.",
  why: `A Service with the same port twice is refused by the API server. In a container the list is taken, with a warning; tools that merge it by port number then keep one of
the two entries and drop the other one's name, and a Service or probe that goes by that name finds nothing.

One port with two protocols, as DNS has, is no mistake.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["kube-score:Container Ports Check", "kube-score:container-ports-check"],
  references: ["https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports"],
  fix: "review",
  keys: ["ports"],
  examples: [
    {
      bad: jobWith({ container: ["ports:", "  - containerPort: 9100", "  - containerPort: 9100"] }),
      good: jobWith({ container: ["ports:", "  - containerPort: 9100"] }),
    },
  ],
  *check(model) {
    // Two branches of a template may set the same thing.
    if (model.templated) return;
    for (const { container } of containersOf(model)) {
      yield* repeated(model, container.get("ports"), ["containerPort", "hostPort", "hostIP"], undefined);
    }
    for (const resource of model.resources) {
      if (resource.apiVersion === "v1" && resource.resourceKind === "Service") {
        yield* repeated(model, resource.get("spec", "ports"), ["port"], "error");
      }
    }
  },
});

function* repeated(
  model: KubernetesModel,
  list: YamlNode | undefined,
  keys: readonly [string, ...string[]],
  severity: "error" | undefined,
): Iterable<Problem> {
  const items = itemsOf(list);
  if (items.length < 2) return;
  const seen = new Map<string, YamlNode>();
  for (const [index, item] of items.entries()) {
    const node = getPath(item, keys[0]);
    const port = scalarText(node);
    if (node === undefined || port === undefined || isUnknown(node, "kubernetes")) continue;
    const protocol = scalarText(getPath(item, "protocol")) ?? "TCP";
    const id = [...keys.map((key) => scalarText(getPath(item, key)) ?? ""), protocol].join(" ");
    const before = seen.get(id);
    if (before === undefined) {
      seen.set(id, node);
      continue;
    }
    yield {
      at: item.alias ?? node.alias ?? node.span,
      message: `Port ${port} is listed twice for ${protocol}: remove one of the two.`,
      related: [{ at: before.span, message: "The first one" }],
      ...(severity === undefined ? {} : { severity }),
      fixes: () => {
        // What goes by the second one's name would find nothing any more.
        const isNamed = getPath(item, "name") !== undefined;
        return list?.type !== "seq" || isNamed
          ? []
          : reviewed("Remove the second one", removeItem(model.document, list, index));
      },
    };
  }
}
