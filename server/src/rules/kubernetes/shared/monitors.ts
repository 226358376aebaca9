import { mayBeOne } from "../../../workspace/manifest-scopes.ts";
import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { Span } from "../../../text/span.ts";
import { selects } from "../../../workspace/label-selector.ts";
import type { ManifestView, PlacedObject } from "../../../workspace/manifests.ts";
import { plainValue } from "../../../workspace/plain-value.ts";
import { takesAll } from "./selected-pods.ts";
import { isUnknownSelector } from "./selector-label.ts";

/** A ServiceMonitor or PodMonitor of the Prometheus Operator, as it is written. */
export interface WrittenMonitor {
  readonly resource: Resource;
  readonly whole: boolean;
  /** What it finds by labels. */
  readonly of: "Service" | "Pod";
  readonly selector: YamlNode | undefined;
  /** The `selector` key, or that of the namespaces. */
  readonly at: Span | undefined;
  /** Namespaces that it looks in; `"any"` for all of them, and where it is not known. */
  readonly namespaces: readonly (string | undefined)[] | "any";
  /** Items of `endpoints` or `podMetricsEndpoints`. */
  readonly endpoints: readonly YamlMap[];
}

/** The monitors of a document. */
export function monitorsOf(model: KubernetesModel): readonly WrittenMonitor[] {
  return model.resources.flatMap((resource) => {
    const { apiVersion, resourceKind } = resource;
    if (!apiVersion.startsWith("monitoring.coreos.com/")) return [];
    if (resourceKind !== "ServiceMonitor" && resourceKind !== "PodMonitor") return [];
    const endpoints = resource.get("spec", resourceKind === "PodMonitor" ? "podMetricsEndpoints" : "endpoints");
    return {
      resource,
      whole: !model.templated && !resource.partial,
      of: resourceKind === "PodMonitor" ? ("Pod" as const) : ("Service" as const),
      selector: resource.get("spec", "selector"),
      at: (resource.entry("spec", "selector") ?? resource.entry("spec", "namespaceSelector"))?.keySpan,
      namespaces: namespacesOf(resource),
      endpoints: itemsOf(endpoints).flatMap((item) => (item.type === "map" ? [item] : [])),
    };
  });
}

/** The namespace of the monitor itself, unless it says otherwise. */
function namespacesOf(resource: Resource): WrittenMonitor["namespaces"] {
  const selector = resource.get("spec", "namespaceSelector");
  const any = getPath(selector, "any");
  if (any?.type === "scalar" && any.value === true) return "any";
  const names = itemsOf(getPath(selector, "matchNames"));
  if (names.some((name) => isUnknownSelector(name))) return "any";
  return names.length === 0 ? [resource.namespace] : names.map((name) => scalarText(name));
}

/** Whether it looks for something, and for what is known. */
export function isSelecting({ selector, namespaces }: WrittenMonitor): boolean {
  if (isUnknownSelector(selector)) return false;
  const byNamespace = namespaces !== "any" && namespaces.some((name) => name !== undefined);
  return selector === undefined ? byNamespace : !takesAll(plainValue(selector)) || byNamespace;
}

/** Whether a monitor may look in the namespace of an object. */
export function looksIn(namespaces: WrittenMonitor["namespaces"], namespace: string | undefined): boolean {
  return namespaces === "any" || namespaces.some((name) => mayBeOne(name, namespace));
}

/** The Services that a monitor finds, and those that it might have found: in its namespaces, beside it. */
export function servicesFor(
  manifests: ManifestView,
  { selector, namespaces }: WrittenMonitor,
): { readonly found: readonly PlacedObject[]; readonly beside: readonly PlacedObject[] } {
  const wanted = selector === undefined ? {} : plainValue(selector);
  const isHere = ({ namespace }: PlacedObject): boolean => looksIn(namespaces, namespace);
  const all = manifests.everywhere("Service", "").filter(isHere);
  return {
    found: all.filter(({ labels, partial }) => partial || selects(wanted, labels)),
    beside: manifests.open ? [] : manifests.siblings("Service", "").filter((one) => isHere(one) && !one.partial),
  };
}
