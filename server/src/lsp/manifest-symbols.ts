import { podSelectors } from "../knowledge/kubernetes-references.ts";
import type { ParsedFile, Unit } from "../languages/index.ts";
import type { Container, KubernetesModel, PodTemplate, Resource } from "../languages/kubernetes/model.ts";
import { referencesOf } from "../languages/kubernetes/references.ts";
import { insideQuotes } from "../languages/scalar-place.ts";
import type { YamlEntry, YamlNode, YamlScalar } from "../languages/yaml/node.ts";
import { entriesOf, getPath, isUnknown, itemsOf, scalarText } from "../languages/yaml/path.ts";
import { contains, shift, type Span } from "../text/span.ts";
import type { Labels, ObjectReference, PlainValue } from "../workspace/index.ts";
import { plainValue } from "../workspace/plain-value.ts";

/** What a word of a manifest stands for, whether it is said there or mentioned. */
export type ManifestSymbol =
  | { readonly type: "object"; readonly object: ObjectReference }
  /** A key of the data of a ConfigMap or Secret. */
  | { readonly type: "key"; readonly object: ObjectReference; readonly key: string }
  /** A volume of this very pod. */
  | { readonly type: "volume"; readonly name: string; readonly resource: Resource; readonly base: number }
  /** The name of a container's port, asked for by a selector or within a pod. */
  | {
      readonly type: "port";
      readonly name: string;
      readonly of: { readonly selector: PlainValue } | { readonly pod: PodTemplate; readonly base: number };
      readonly namespace: string | undefined;
    }
  | { readonly type: "selector"; readonly selector: PlainValue; readonly namespace: string | undefined }
  /** The labels of pods. */
  | { readonly type: "pods"; readonly labels: Labels; readonly namespace: string | undefined }
  /** What an entry of a kustomization leads to, as written. */
  | { readonly type: "file"; readonly written: string };

/** A mention and what it stands for; places count in the file. */
export interface SymbolAt {
  readonly symbol: ManifestSymbol;
  readonly at: Span;
}

/** What stands at an offset of a manifest; `undefined` in any other file, and where a template or variable decides. */
export function symbolAt({ kind, units }: ParsedFile, offset: number): SymbolAt | undefined {
  if (kind !== "kubernetes") return undefined;
  const unit = units.findLast(({ base }) => base <= offset);
  if (unit === undefined || !isManifest(unit)) return undefined;
  const { model, base } = unit;
  const place = { start: offset - base, end: offset - base };
  for (const { symbol, at } of symbolsIn(model, base)) {
    if (contains(at, place)) return { symbol, at: shift(at, base) };
  }
  return undefined;
}

function isManifest(unit: Unit): unit is Unit<"kubernetes"> {
  return "resources" in unit.model;
}

function* symbolsIn(model: KubernetesModel, base: number): Iterable<SymbolAt> {
  const { document, kustomization, resources } = model;
  for (const { written, span } of kustomization?.entries ?? []) yield { symbol: { type: "file", written }, at: span };
  for (const { kind, name, namespace, span } of kustomization?.generated ?? []) {
    yield { symbol: { type: "object", object: { group: "", kind, name, namespace } }, at: span };
  }
  const nameAt = (node: YamlScalar): Span => insideQuotes(document.text, node);
  for (const resource of resources) {
    for (const reference of referencesOf(resource)) {
      const { group, kind, name, namespace, node, keys } = reference;
      const object = { group, kind, name, namespace };
      yield { symbol: { type: "object", object }, at: nameAt(node) };
      for (const key of keys) yield { symbol: { type: "key", object, key: key.name }, at: nameAt(key.node) };
    }
    yield* ownSymbols(resource, nameAt);
    if (resource.pod !== undefined) yield* podSymbols(resource, resource.pod, base, nameAt);
  }
}

function* ownSymbols(resource: Resource, nameAt: (node: YamlScalar) => Span): Iterable<SymbolAt> {
  const { namespace } = resource;
  const object = identityOf(resource);
  const name = resource.get("metadata", "name");
  if (object !== undefined && name?.type === "scalar") yield { symbol: { type: "object", object }, at: nameAt(name) };
  if (object !== undefined) {
    for (const { key, keySpan } of dataEntries(resource)) yield { symbol: { type: "key", object, key }, at: keySpan };
  }
  const selector = selectorOf(resource);
  if (resource.resourceKind === "Service" && selector !== undefined) {
    for (const port of itemsOf(resource.get("spec", "ports"))) {
      const node = getPath(port, "targetPort");
      const of = { selector: selector.value };
      if (isNamed(node)) yield { symbol: { type: "port", name: node.text, of, namespace }, at: nameAt(node) };
    }
  }
  if (selector !== undefined) {
    yield { symbol: { type: "selector", selector: selector.value, namespace }, at: selector.at };
  }
}

function* podSymbols(
  resource: Resource,
  pod: PodTemplate,
  base: number,
  nameAt: (node: YamlScalar) => Span,
): Iterable<SymbolAt> {
  const { namespace } = resource;
  for (const node of [...volumeNodes(resource, pod), ...mountNodes(pod)]) {
    yield { symbol: { type: "volume", name: node.text, resource, base }, at: nameAt(node) };
  }
  for (const node of [...portNodes(pod), ...probePortNodes(pod)]) {
    yield { symbol: { type: "port", name: node.text, of: { pod, base }, namespace }, at: nameAt(node) };
  }
  const labels = entriesOf(pod.metadata).find(({ key }) => key === "labels");
  if (labels !== undefined) {
    const at = { start: labels.keySpan.start, end: labels.value.span.end };
    yield { symbol: { type: "pods", labels: Object.fromEntries(pod.labels), namespace }, at };
  }
}

/** What an object is called; `undefined` where that is not known. */
export function identityOf({ apiVersion, resourceKind, name, namespace }: Resource): ObjectReference | undefined {
  const group = apiVersion.slice(0, Math.max(0, apiVersion.indexOf("/")));
  return name === undefined ? undefined : { group, kind: resourceKind, name, namespace };
}

/** The entries of a ConfigMap's or Secret's data. */
export function dataEntries(resource: Resource): readonly YamlEntry[] {
  if (resource.resourceKind !== "ConfigMap" && resource.resourceKind !== "Secret") return [];
  return ["data", "binaryData", "stringData"].flatMap((key) => entriesOf(resource.get(key)));
}

/** What an object selects pods by, and where that stands, its key included. */
export function selectorOf(resource: Resource): { readonly value: PlainValue; readonly at: Span } | undefined {
  const path = podSelectors[resource.resourceKind];
  const entry = path === undefined ? undefined : resource.entry(...path);
  if (entry === undefined || entry.merged !== undefined || entry.value.type !== "map") return undefined;
  return { value: plainValue(entry.value), at: { start: entry.keySpan.start, end: entry.value.span.end } };
}

/** The names of a pod's volumes, and of a StatefulSet's claim templates. */
export function volumeNodes(resource: Resource, pod: PodTemplate): readonly YamlScalar[] {
  return named([
    ...itemsOf(pod.get("volumes")).map((volume) => getPath(volume, "name")),
    ...itemsOf(resource.get("spec", "volumeClaimTemplates")).map((template) => getPath(template, "metadata", "name")),
  ]);
}

/** The names by which containers mount them. */
export function mountNodes({ containers }: PodTemplate): readonly YamlScalar[] {
  return named(
    containers.flatMap((container) =>
      ["volumeMounts", "volumeDevices"].flatMap((key) =>
        itemsOf(container.get(key)).map((mount) => getPath(mount, "name")),
      ),
    ),
  );
}

/** The names of containers' ports. */
export function portNodes({ containers }: PodTemplate): readonly YamlScalar[] {
  return named(containers.flatMap(({ ports }) => ports.map(({ map }) => getPath(map, "name"))));
}

/** The names of ports that probes and hooks ask. */
export function probePortNodes({ containers }: PodTemplate): readonly YamlScalar[] {
  return containers.flatMap((container) => probedPorts(container).filter(isNamed));
}

function probedPorts(container: Container): readonly (YamlNode | undefined)[] {
  return [
    ["livenessProbe"],
    ["readinessProbe"],
    ["startupProbe"],
    ["lifecycle", "preStop"],
    ["lifecycle", "postStart"],
  ].flatMap((path) => ["httpGet", "tcpSocket"].map((key) => container.get(...path, key, "port")));
}

/** A text that is no number and that nothing else decides. */
export function isNamed(node: YamlNode | undefined): node is YamlScalar {
  const text = scalarText(node);
  return text !== undefined && !/^\d+$/.test(text) && !isUnknown(node, "kubernetes");
}

function named(nodes: readonly (YamlNode | undefined)[]): readonly YamlScalar[] {
  return nodes.filter(isNamed);
}
