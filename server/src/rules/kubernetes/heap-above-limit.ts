import { defineRule, type Fix, type Problem } from "../../engine/rule.ts";
import type { KubernetesModel } from "../../languages/kubernetes/model.ts";
import { bytesText, quantityOf, toNumber, UNIT } from "../../languages/kubernetes/quantity.ts";
import { replaceScalar } from "../../languages/yaml/edit.ts";
import type { YamlNode } from "../../languages/yaml/node.ts";
import { isUnknown, itemsOf } from "../../languages/yaml/path.ts";
import { replace } from "../../text/edit.ts";
import type { Span } from "../../text/span.ts";
import { reviewed } from "../shared/edit-fixes.ts";
import { heapOptions } from "../shared/heap-sizes.ts";
import { memoryForHeap } from "../shared/usual-memory.ts";
import { jobWith } from "./shared/example.ts";
import { amountOf, limitOf } from "./shared/resources.ts";
import { containersOf, nameOf, type Placed } from "./shared/workloads.ts";

const withHeap = (request: string, limit: string): string =>
  jobWith({
    resources: [
      "resources:",
      "  requests:",
      "    cpu: 100m",
      `    memory: ${request}`,
      "  limits:",
      `    memory: ${limit}`,
    ],
    container: ["env:", "  - name: JAVA_TOOL_OPTIONS", "    value: -Xmx1g"],
  });

export default defineRule("kubernetes", {
  slug: "heap-above-limit",
  summary: "A runtime is allowed a heap as large as the memory limit of its container, or larger.",
  why: `The runtime collects garbage in earnest only when its heap is nearly full. Where the heap may grow to the container's limit or beyond, that never happens: the kernel kills the
process first (\`OOMKilled\`), without a stack trace or a heap dump, and the pod restarts under load. A JVM needs a quarter to a half of its heap again for threads, code, metadata and
buffers; Node.js needs some as well. Go's \`GOMEMLIMIT\` at or above the limit does nothing.

Give the heap some three quarters of the limit, or raise the limit.`,
  category: "resources",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#exceed-the-memory-limit",
    "https://docs.oracle.com/en/java/javase/21/docs/specs/man/java.html",
  ],
  fix: "review",
  examples: [{ bad: withHeap("1Gi", "1Gi"), good: withHeap("1Gi", "1536Mi") }],
  keys: ["env", "args", "command"],
  *check(model) {
    for (const placed of containersOf(model)) {
      const { pod, container } = placed;
      const limit = limitOf(model, pod, container, "memory");
      const allowed = amountOf(limit);
      // Amounts that cannot be meant are another rule's.
      if (limit === undefined || allowed === undefined || allowed < 2n ** 20n * UNIT) continue;
      for (const heap of heapsOf(model, placed)) {
        if (heap.bytes >= toNumber(allowed)) yield problem(model, placed, heap, limit, toNumber(allowed));
      }
    }
  },
});

interface Heap {
  readonly runtime: "JVM" | "Node.js" | "Go";
  /** As written, and where. */
  readonly option: string;
  readonly at: Span;
  readonly bytes: number;
}

function* heapsOf({ document: { text } }: KubernetesModel, { container }: Placed): Iterable<Heap> {
  const words = ["command", "args"].flatMap((key) => itemsOf(container.get(key)));
  const values = container.env.flatMap(({ map }) => map.get("value")?.value ?? []);
  for (const node of [...words, ...values]) {
    if (node.type !== "scalar" || isUnknown(node, "kubernetes")) continue;
    for (const { runtime, option, index, bytes } of heapOptions(text.slice(node.span.start, node.span.end))) {
      const start = node.span.start + index;
      if (bytes !== undefined) yield { runtime, option, at: { start, end: start + option.length }, bytes };
    }
  }
  for (const { name, value, valueSpan } of container.env) {
    const bytes = name === "GOMEMLIMIT" && value !== undefined ? goBytes(value) : undefined;
    if (bytes !== undefined && valueSpan !== undefined)
      yield { runtime: "Go", option: value ?? "", at: valueSpan, bytes };
  }
}

/** Source: https://pkg.go.dev/runtime#hdr-Environment_Variables */
function goBytes(text: string): number | undefined {
  const [, digits, unit = ""] = /^(\d+)(?:([KMGT])i)?B?$/.exec(text) ?? [];
  return digits === undefined ? undefined : Number(digits) * 1024 ** ["", "K", "M", "G", "T"].indexOf(unit);
}

function problem(model: KubernetesModel, placed: Placed, heap: Heap, limit: YamlNode, allowed: number): Problem {
  const written = limit.type === "scalar" ? limit.text : "";
  const what =
    heap.runtime === "Go" ? `tells Go to stay below \`${heap.option}\`` : `gives its heap \`${heap.option}\``;
  return {
    at: heap.at,
    message: `${nameOf(placed.container)} ${what} and may take \`${written}\` of memory in all, so it is killed before it collects garbage: leave it room.`,
    related: [{ at: limit.span, message: "The memory limit" }],
    fixes: () => fixesFor(model, placed, heap, limit, allowed),
  };
}

function fixesFor(
  model: KubernetesModel,
  { container }: Placed,
  heap: Heap,
  limit: YamlNode,
  allowed: number,
): readonly Fix[] {
  const raised = bytesText(memoryForHeap(heap.bytes) * 2 ** 20);
  const request = amountOf(container.get("resources", "requests", "memory"));
  const fits = request === undefined || request <= (quantityOf(raised) ?? 0n);
  const own = container.get("resources", "limits", "memory");
  const lowered = loweredOption(heap, allowed);
  return [
    ...(own?.type === "scalar" && own === limit && fits
      ? reviewed(
          `Raise the memory limit to \`${raised}\` (the node must have it)`,
          replaceScalar(model.document, own, raised),
        )
      : []),
    ...(lowered === undefined
      ? []
      : reviewed(`Lower it to \`${lowered}\` (the program may need more)`, [replace(heap.at, lowered)])),
  ];
}

/** The same option with three quarters of what the container may take; for Go, which counts nearly everything, nine tenths. */
function loweredOption({ runtime, option }: Heap, allowed: number): string | undefined {
  const mebibytes = Math.floor((allowed * (runtime === "Go" ? 0.9 : 0.75)) / 2 ** 20);
  if (mebibytes < 16) return undefined;
  if (runtime === "Go") return `${mebibytes}MiB`;
  return option.replace(/\d+[kmgt]?$/i, runtime === "JVM" ? `${mebibytes}m` : String(mebibytes));
}
