import { mayBeOne } from "../workspace/manifest-scopes.ts";
import { isRemoteEntry } from "../languages/kustomize/kustomization.ts";
import type { KubernetesModel, Resource } from "../languages/kubernetes/model.ts";
import { referencesOf } from "../languages/kubernetes/references.ts";
import { insideQuotes } from "../languages/scalar-place.ts";
import { getPath, itemsOf } from "../languages/yaml/path.ts";
import type { YamlScalar } from "../languages/yaml/node.ts";
import { folderOf, joinPath } from "../text/path.ts";
import { shift, type Span } from "../text/span.ts";
import { type Labels, type ObjectReference, selects } from "../workspace/index.ts";
import { definitionsOf, documentsOf, type FilePlace, type Surroundings } from "./definition.ts";
import { isNamed, type ManifestSymbol, mountNodes, probePortNodes, selectorOf } from "./manifest-symbols.ts";

/** Where a symbol is mentioned; with `declared`, also where it is written. */
export async function mentionsOf(
  symbol: ManifestSymbol,
  around: Surroundings,
  declared: boolean,
): Promise<readonly FilePlace[]> {
  const own = declared ? await definitionsOf(symbol, around) : [];
  const mentions = await mentionsIn(symbol, around);
  const seen = new Set<string>();
  return [...own, ...mentions].filter(({ path, span }) => {
    const key = `${path}:${span.start}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

async function mentionsIn(symbol: ManifestSymbol, around: Surroundings): Promise<readonly FilePlace[]> {
  switch (symbol.type) {
    case "object":
    case "key":
      return everywhere(around, (model) => objectMentions(model, symbol.object, symbol, around));
    case "volume": {
      const { resource, base, name } = symbol;
      const nodes = resource.pod === undefined ? [] : mountNodes(resource.pod);
      return nodes
        .filter(({ text }) => text === name)
        .map(({ span }) => ({ path: around.workspace.path, span: shift(span, base) }));
    }
    case "port": {
      const { of, name, namespace } = symbol;
      if (!("pod" in of)) return everywhere(around, (model) => namedBySelector(model, name, of.selector));
      const probes = probePortNodes(of.pod)
        .filter(({ text }) => text === name)
        .map(({ span }) => ({ path: around.workspace.path, span: shift(span, of.base) }));
      const labels = Object.fromEntries(of.pod.labels);
      return [...probes, ...(await everywhere(around, (model) => namedByServices(model, name, labels, namespace)))];
    }
    case "selector":
      return [];
    case "pods":
      return everywhere(around, (model) => selectionsOf(model, symbol.labels, symbol.namespace));
    case "file": {
      const target = joinPath(folderOf(around.workspace.path), symbol.written);
      return everywhere(around, ({ kustomization }, path) =>
        (kustomization?.entries ?? []).flatMap(({ written, span }) =>
          !isRemoteEntry(written) && joinPath(folderOf(path), written) === target ? [span] : [],
        ),
      );
    }
    default:
      return symbol satisfies never;
  }
}

/** Asks every document of every manifest; places of the answers count from the document's start. */
async function everywhere(
  around: Surroundings,
  find: (model: KubernetesModel, path: string) => readonly Span[],
): Promise<readonly FilePlace[]> {
  const places: FilePlace[] = [];
  for (const path of around.manifests) {
    for (const { model, base } of documentsOf(await around.open(path))) {
      for (const span of find(model, path)) places.push({ path, span: shift(span, base) });
    }
  }
  return places;
}

function objectMentions(
  model: KubernetesModel,
  object: ObjectReference,
  symbol: Extract<ManifestSymbol, { type: "object" | "key" }>,
  { workspace }: Surroundings,
): readonly Span[] {
  const names = new Set([
    object.name,
    ...workspace
      .manifests()
      .lookUp(object)
      .found.flatMap((one) => one.names),
  ]);
  const at = (node: YamlScalar): Span => insideQuotes(model.document.text, node);
  return model.resources.flatMap((resource) =>
    referencesOf(resource).flatMap((reference) => {
      if (reference.kind !== object.kind || !names.has(reference.name)) return [];
      if (!mayBeOne(reference.group, object.group) || !mayBeOne(reference.namespace, object.namespace)) return [];
      if (symbol.type === "object") return [at(reference.node)];
      return reference.keys.flatMap(({ name, node }) => (name === symbol.key ? [at(node)] : []));
    }),
  );
}

function namedByServices(
  model: KubernetesModel,
  name: string,
  labels: Labels,
  namespace: string | undefined,
): readonly Span[] {
  return model.resources
    .filter((resource) => resource.resourceKind === "Service" && mayBeOne(resource.namespace, namespace))
    .filter((resource) => selects(selectorOf(resource)?.value, labels))
    .flatMap((resource) => targetPorts(model, resource, name));
}

function namedBySelector(model: KubernetesModel, name: string, selector: unknown): readonly Span[] {
  const wanted = JSON.stringify(selector);
  return model.resources
    .filter((resource) => resource.resourceKind === "Service" && JSON.stringify(selectorOf(resource)?.value) === wanted)
    .flatMap((resource) => targetPorts(model, resource, name));
}

function targetPorts({ document }: KubernetesModel, resource: Resource, name: string): readonly Span[] {
  return itemsOf(resource.get("spec", "ports"))
    .map((port) => getPath(port, "targetPort"))
    .filter(isNamed)
    .flatMap((node) => (node.text === name ? [insideQuotes(document.text, node)] : []));
}

function selectionsOf(model: KubernetesModel, labels: Labels, namespace: string | undefined): readonly Span[] {
  return model.resources
    .filter((resource) => mayBeOne(resource.namespace, namespace))
    .flatMap((resource) => {
      const selector = selectorOf(resource);
      return selector !== undefined && selects(selector.value, labels) ? [selector.at] : [];
    });
}
