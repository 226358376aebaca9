import { defineRule, type Fix } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { removePath, renameKey, setPath } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { entriesOf, isNull, isUnknown, scalarText } from "../../languages/yaml/path.ts";
import { joined } from "../shared/joined-edits.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { jobWith } from "./shared/example.ts";
import { amountOf, isLasting } from "./shared/resources.ts";
import { containersOf, nameOf, type Placed } from "./shared/workloads.ts";

export default defineRule("kubernetes", {
  slug: "throttling-cpu-limit",
  summary: "A container has a CPU limit, which slows it down even where its node is idle.",
  why: `**Against a limit:** the kernel counts CPU time in slices of a tenth of a second. A container that used up its share of a slice, which a program with many threads does in a few
milliseconds, stands still for the rest of it, however idle the node is. Requests alone share a busy node fairly, and what is idle goes to whoever needs it.

**For one:** speed is the same on a quiet node and on a busy one, tenants get what they pay for, and the class \`Guaranteed\` needs limits equal to requests; a container whose CPU
limit is its request is left alone here.

This is the opposite of \`missing-cpu-limit\`. Both are off unless you ask for one of them.`,
  category: "resources",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run",
  ],
  fix: "review",
  examples: [
    {
      bad: jobWith({
        resources: [
          "resources:",
          "  requests:",
          "    cpu: 100m",
          "    memory: 128Mi",
          "  limits:",
          "    cpu: 500m",
          "    memory: 128Mi",
        ],
      }),
      good: jobWith({}),
    },
  ],
  keys: ["limits"],
  *check(model) {
    for (const placed of containersOf(model)) {
      const { container } = placed;
      const entry = container.entry("resources", "limits", "cpu");
      if (!isLasting(container) || entry === undefined || isNull(entry.value)) continue;
      if (isUnknown(entry.value, "kubernetes") || isEqual(placed)) continue;
      yield {
        at: entry.keySpan,
        message: `${nameOf(container)} is slowed down at \`${scalarText(entry.value) ?? ""}\` even on an idle node: leave \`limits.cpu\` out and keep the request.`,
        fixes: () => fixesFor(model, placed),
      };
    }
  },
});

/** Somebody wants the same speed everywhere, or limits equal to requests for the class. */
function isEqual({ container }: Placed): boolean {
  const equal = (amount: "cpu" | "memory"): "written" | "implied" | undefined => {
    const limit = amountOf(container.get("resources", "limits", amount));
    const request: YamlNode | undefined = container.get("resources", "requests", amount);
    if (limit === undefined) return undefined;
    if (request === undefined) return "implied";
    return amountOf(request) === limit ? "written" : undefined;
  };
  return equal("cpu") === "written" || (equal("cpu") === "implied" && equal("memory") !== undefined);
}

/** Where only the limit is there, it was the request as well, and stays that. */
function fixesFor({ document }: KubernetesModel, { container }: Placed): readonly Fix[] {
  const limit = scalarText(container.get("resources", "limits", "cpu"));
  if (container.get("resources", "requests", "cpu") !== undefined) {
    return reviewed(
      "Remove the CPU limit (it may use every CPU of its node that is idle)",
      removePath(document, container.map, ["resources", "limits", "cpu"]),
      // Whoever asks for that rule, too, wants a limit, which would come back.
    ).map((fix) => ({ ...fix, after: ["kubernetes/unequal-cpu-request"] }));
  }
  if (limit === undefined) return [];
  const title = `Request \`${limit}\` instead of limiting it (it may use every CPU of its node that is idle)`;
  const limits = container.entry("resources", "limits");
  const isAlone = entriesOf(limits?.value).length === 1 && container.entry("resources", "requests") === undefined;
  const edits =
    limits !== undefined && isAlone
      ? renameKey(document, limits, "requests")
      : joined(document.text, [
          removePath(document, container.map, ["resources", "limits", "cpu"]),
          setPath(document, container.map, ["resources", "requests", "cpu"], limit),
        ]);
  return reviewed(title, edits);
}
