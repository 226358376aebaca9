import type { KubernetesModel } from "../languages/kubernetes/model.ts";
import type { YamlEntry } from "../languages/yaml/node.ts";
import { givenByNamespace } from "../rules/kubernetes/shared/limit-ranges.ts";
import { type Qos, type QosClass, qosOf } from "../rules/kubernetes/shared/qos.ts";
import { type Workload, workloadsOf } from "../rules/kubernetes/shared/workloads.ts";
import { contains, type Span } from "../text/span.ts";
import type { WorkspaceView } from "../workspace/workspace.ts";

/** What is said of a place, in Markdown. */
export interface QosHover {
  /** The key that was asked about, in the document. */
  readonly at: Span;
  readonly markdown: string;
}

/**
 * The quality-of-service class of the pods of a workload, and what keeps them from a better one, where an offset of the document lies on its `kind`, on
 * `containers` or on a `resources` key. `undefined` anywhere else, and where the class is not known: in patches and templates, and where a LimitRange beside it
 * fills in what is missing.
 */
export function qosHover(model: KubernetesModel, offset: number, workspace: WorkspaceView): QosHover | undefined {
  const place: Span = { start: offset, end: offset };
  for (const workload of workloadsOf(model)) {
    const at = workload.whole ? keyAt(workload, place) : undefined;
    if (at === undefined) continue;
    const qos = qosOf(model, workload.pod);
    if (qos === undefined || (qos.class !== "Guaranteed" && isFilledIn(workload, workspace))) return undefined;
    return { at, markdown: describe(qos) };
  }
  return undefined;
}

function keyAt({ resource, pod }: Workload, place: Span): Span | undefined {
  const { kindEntry } = resource;
  const holders = [...pod.containers.filter(({ role }) => role !== "ephemeral"), pod];
  const keys: readonly (YamlEntry | undefined)[] = [
    kindEntry,
    pod.containersEntry,
    ...holders.map((holder) => holder.entry("resources")),
  ];
  if (contains(kindEntry.value.span, place)) return kindEntry.value.span;
  return keys.find((entry) => entry !== undefined && contains(entry.keySpan, place))?.keySpan;
}

function isFilledIn({ resource }: Workload, workspace: WorkspaceView): boolean {
  const given = givenByNamespace(workspace, resource.namespace);
  return (["limits", "requests"] as const).some((bound) => given(bound, "cpu") || given(bound, "memory"));
}

/** So many reasons are read. */
const most = 4;

function describe({ class: name, short }: Qos): string {
  const more = short.length > most ? [`and ${short.length - most} more`] : [];
  const reasons = short.length === 0 ? [] : [`Not \`Guaranteed\`: ${[...short.slice(0, most), ...more].join("; ")}.`];
  return [`Quality of service: **${name}**. ${means[name]}`, ...reasons].join("\n\n");
}

const means: Readonly<Record<QosClass, string>> = {
  Guaranteed:
    "Every container has limits of CPU and memory, and requests as much. When its node runs short of memory it is among the last to go.",
  Burstable:
    "When its node runs short of memory it goes after `BestEffort` pods, the sooner the more it uses beyond what it requests.",
  BestEffort:
    "No container requests or limits CPU or memory, so it is the first to go when its node runs short of memory, and gets the CPU that others leave.",
};
