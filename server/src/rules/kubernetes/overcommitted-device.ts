import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Container, KubernetesModel } from "../../languages/kubernetes/model.ts";
import { UNIT } from "../../languages/kubernetes/quantity.ts";
import { replaceScalar, setPath } from "../../languages/yaml/edit.ts";
import type { YamlScalar } from "../../languages/yaml/node.ts";
import { entriesOf, isNull, isUnknown } from "../../languages/yaml/path.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { amountOf, resourcesUnknown } from "./shared/resources.ts";
import { containersOf, nameOf } from "./shared/workloads.ts";

const withGpu = (limit: readonly string[]): string =>
  jobWith({
    resources: [
      "resources:",
      "  requests:",
      "    cpu: 100m",
      "    memory: 128Mi",
      "    nvidia.com/gpu: 1",
      "  limits:",
      "    memory: 128Mi",
      ...limit,
    ],
  });

export default defineRule("kubernetes", {
  slug: "overcommitted-device",
  summary: "A container requests devices or huge pages otherwise than it limits them, which Kubernetes refuses.",
  why: `A GPU, or any other device that a plugin offers, belongs to one container at a time, and so do huge pages. Kubernetes takes a limit alone, or a request and a limit that are the same; a request without a
limit, a different one, or a half of a device makes it refuse the pod. In a Deployment that shows late: no pod of the new version ever comes to be.`,
  category: "correctness",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/tasks/manage-gpus/scheduling-gpus/",
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#extended-resources",
  ],
  fix: "review",
  examples: [{ bad: withGpu([]), good: withGpu(['    nvidia.com/gpu: "1"']) }],
  keys: ["resources"],
  *check(model) {
    for (const { container, whole } of containersOf(model)) {
      if (resourcesUnknown(container)) continue;
      for (const { key, keySpan, value: request } of entriesOf(container.get("resources", "requests"))) {
        if (!isDevice(key) || request.type !== "scalar" || isNull(request) || isUnknown(request, "kubernetes"))
          continue;
        const limit = container.get("resources", "limits", key);
        const [asked, allowed] = [amountOf(request), amountOf(limit)];
        if (asked === undefined || (limit !== undefined && allowed === undefined) || (limit === undefined && !whole))
          continue;
        // One above the limit is another rule's.
        if (allowed !== undefined && asked >= allowed && isWhole(key, asked)) continue;
        yield {
          at: isWhole(key, asked) ? keySpan : request.span,
          message: `${nameOf(container)} ${what(key, request.text, limit?.type === "scalar" ? limit.text : undefined, isWhole(key, asked))}`,
          fixes: () => (isWhole(key, asked) ? fixesFor(model, container, key, request) : []),
        };
      }
    }
  },
});

/** A resource named after its maker: what `kubernetes.io` names are its own, and can be shared. */
function isDevice(name: string): boolean {
  return name.startsWith("hugepages-") || (name.includes("/") && !/(?:^|\.)kubernetes\.io\//.test(name));
}

function isWhole(name: string, amount: bigint): boolean {
  return name.startsWith("hugepages-") || amount % UNIT === 0n;
}

function what(name: string, request: string, limit: string | undefined, whole: boolean): string {
  if (!whole) return `requests \`${request}\` of \`${name}\`, which comes whole only: write a whole number.`;
  return limit === undefined
    ? `requests \`${name}\` without a limit, which Kubernetes refuses: set \`limits\` to the same.`
    : `requests \`${request}\` of \`${name}\` and is limited to \`${limit}\`, which must be the same: set both to one number.`;
}

function fixesFor(
  { document }: KubernetesModel,
  container: Container,
  name: string,
  request: YamlScalar,
): readonly Fix[] {
  const limit = container.get("resources", "limits", name);
  if (limit?.type === "scalar") {
    return reviewed(`Request \`${limit.text}\`, as much as the limit`, replaceScalar(document, request, limit.text));
  }
  return reviewed(
    `Limit \`${name}\` to \`${request.text}\`, as requested`,
    setPath(document, container.map, ["resources", "limits", name], request.text),
  );
}
