import type { Fix } from "../../../engine/rule.ts";
import type { KubernetesModel, PodTemplate, Resource } from "../../../languages/kubernetes/model.ts";
import { setPath, type YamlRecord } from "../../../languages/yaml/edit.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { entriesOf, entryAt, getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";
import { selects } from "../../../workspace/label-selector.ts";
import { plainValue } from "../../../workspace/plain-value.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { podSelector } from "./generated-object.ts";

/** Whether the labels of a pod template are all known: each is a text that no template fills in. */
export function hasKnownLabels(pod: PodTemplate): boolean {
  return entriesOf(getPath(pod.metadata, "labels")).length === pod.labels.size;
}

/** Whether a label selector fits the pods themselves; `"unknown"` where a template or variable has a say. */
export function selectsOwn(selector: YamlNode | undefined, pod: PodTemplate): boolean | "unknown" {
  if (!hasKnownLabels(pod) || mentionsUnknown(selector)) return "unknown";
  return selector !== undefined && !isNull(selector) && selects(plainValue(selector), Object.fromEntries(pod.labels));
}

function mentionsUnknown(node: YamlNode | undefined): boolean {
  if (node?.type === "scalar") return isUnknown(node, "kubernetes");
  if (node?.type === "seq") return node.items.some(mentionsUnknown);
  return entriesOf(node).some(({ value }) => mentionsUnknown(value));
}

/** What keeps the pods of a workload apart: constraints on their spread, terms that keep them from each other, or terms about other pods alone. */
export type Spread =
  | { readonly by: "constraints" | "affinity" }
  /** `at`: what is there instead, the selector of other pods or an affinity of another kind; the pod's `spec` key where there is nothing. */
  | { readonly by: "nothing"; readonly others: boolean; readonly at: Span };

/** Reads it from the pod template; what a template or variable decides counts as done. */
export function spreadOf(resource: Resource, pod: PodTemplate): Spread {
  const constraints = pod.get("topologySpreadConstraints");
  if (constraints !== undefined && (constraints.type !== "seq" || constraints.items.length > 0)) {
    return { by: "constraints" };
  }
  const affinity = pod.entry("affinity");
  const apart = pod.get("affinity", "podAntiAffinity");
  if (apart?.type === "scalar" || pod.get("affinity")?.type === "scalar") return { by: "affinity" };
  const terms = [
    ...itemsOf(getPath(apart, "requiredDuringSchedulingIgnoredDuringExecution")),
    ...itemsOf(getPath(apart, "preferredDuringSchedulingIgnoredDuringExecution")).map((item) =>
      getPath(item, "podAffinityTerm"),
    ),
  ];
  if (terms.some((term) => keepsApart(resource, pod, term))) return { by: "affinity" };
  const [term] = terms;
  const selector = entriesOf(getPath(term, "labelSelector"))[0] ?? entryAt(term, "labelSelector");
  const at = (selector ?? affinity ?? pod.specEntry).keySpan;
  return { by: "nothing", others: terms.length > 0, at };
}

/** Whether a term is about the pods themselves, in their own namespace. */
function keepsApart(resource: Resource, pod: PodTemplate, term: YamlNode | undefined): boolean {
  const namespaces = itemsOf(getPath(term, "namespaces"));
  const own = namespaces.some((item) => isUnknown(item, "kubernetes") || scalarText(item) === resource.namespace);
  const elsewhere =
    namespaces.length > 0 && resource.namespace !== undefined && !own && isNull(getPath(term, "namespaceSelector"));
  return !elsewhere && selectsOwn(getPath(term, "labelSelector"), pod) !== false;
}

/**
 * Spreads the pods over nodes and zones, softly: as many nodes as there are, and no pod waits for one. Both keys, since constraints of one's own take the place
 * of those that the scheduler has by default. Source: https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function spreadFixes(model: KubernetesModel, resource: Resource, pod: PodTemplate): readonly Fix[] {
  const labelSelector = podSelector(resource);
  if (labelSelector === undefined) return [];
  const constraint = (topologyKey: string): YamlRecord => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: "ScheduleAnyway",
    labelSelector,
  });
  return reviewed(
    "Spread the pods over nodes and zones where that is possible (they move as they are replaced)",
    setPath(
      model.document,
      pod.spec,
      ["topologySpreadConstraints"],
      [constraint("kubernetes.io/hostname"), constraint("topology.kubernetes.io/zone")],
      { position: { before: ["affinity", "securityContext", "initContainers", "containers"] } },
    ),
  );
}
