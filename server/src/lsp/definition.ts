import { mayBeOne } from "../workspace/manifest-scopes.ts";
import { isOfKind, type ParsedFile } from "../languages/index.ts";
import type { KubernetesModel, PodTemplate } from "../languages/kubernetes/model.ts";
import { folderOf, joinPath } from "../text/path.ts";
import { shift, type Span } from "../text/span.ts";
import {
  kustomizationNames,
  type ManifestView,
  type ObjectReference,
  selects,
  type WorkspaceView,
} from "../workspace/index.ts";
import { dataEntries, identityOf, type ManifestSymbol, portNodes, volumeNodes } from "./manifest-symbols.ts";

/** A place in a file; offsets in the whole of it. */
export interface FilePlace {
  readonly path: string;
  readonly span: Span;
}

/** What navigation needs to know. */
export interface Surroundings {
  readonly workspace: WorkspaceView;
  /** A manifest as it stands in the editor, else as it is stored; `undefined` where it is none, or not there. */
  open(path: string): Promise<ParsedFile | undefined>;
  /** The manifests that are known. */
  readonly manifests: readonly string[];
}

/** Where what a symbol stands for is written. */
export async function definitionsOf(symbol: ManifestSymbol, around: Surroundings): Promise<readonly FilePlace[]> {
  const { workspace } = around;
  const manifests = workspace.manifests();
  switch (symbol.type) {
    case "object":
      return manifests.lookUp(symbol.object).found.map(({ path, span }) => ({ path, span }));
    case "key":
      return keyPlaces(symbol.object, symbol.key, manifests, around);
    case "volume": {
      const { resource, base, name } = symbol;
      const nodes = resource.pod === undefined ? [] : volumeNodes(resource, resource.pod);
      return nodes
        .filter(({ text }) => text === name)
        .map(({ span }) => ({ path: workspace.path, span: shift(span, base) }));
    }
    case "port":
      return portPlaces(symbol, manifests, around);
    case "selector":
      return manifests
        .allWorkloads()
        .filter((one) => selects(symbol.selector, one.workload.labels) && mayBeOne(one.namespace, symbol.namespace))
        .map(({ path, labelsSpan }) => ({ path, span: labelsSpan }));
    case "pods":
      return [];
    case "file": {
      const target = joinPath(folderOf(workspace.path), symbol.written);
      const candidates = [target, ...kustomizationNames.map((name) => joinPath(target, name))];
      for (const path of candidates) {
        if ((await around.open(path)) !== undefined) return [{ path, span: { start: 0, end: 0 } }];
      }
      return [];
    }
    default:
      return symbol satisfies never;
  }
}

/** The documents of a file with their places; none where it is no manifest. */
export function documentsOf(
  parsed: ParsedFile | undefined,
): readonly { readonly model: KubernetesModel; readonly base: number }[] {
  return parsed !== undefined && isOfKind(parsed, "kubernetes") ? parsed.units : [];
}

async function keyPlaces(
  object: ObjectReference,
  key: string,
  manifests: ManifestView,
  around: Surroundings,
): Promise<readonly FilePlace[]> {
  const places: FilePlace[] = [];
  for (const found of manifests.lookUp(object).found) {
    for (const { model, base } of documentsOf(await around.open(found.path))) {
      for (const resource of model.resources) {
        const identity = identityOf(resource);
        if (identity?.name !== found.name || identity?.kind !== found.kind) continue;
        for (const entry of dataEntries(resource)) {
          if (entry.key === key) places.push({ path: found.path, span: shift(entry.keySpan, base) });
        }
      }
      if (model.kustomization?.generated.some(({ name, keys }) => name === found.name && keys.includes(key)) === true) {
        places.push({ path: found.path, span: found.span });
      }
    }
  }
  return places;
}

async function portPlaces(
  { name, of, namespace }: Extract<ManifestSymbol, { type: "port" }>,
  manifests: ManifestView,
  around: Surroundings,
): Promise<readonly FilePlace[]> {
  const inPod = (pod: PodTemplate, path: string, base: number): readonly FilePlace[] =>
    portNodes(pod)
      .filter(({ text }) => text === name)
      .map(({ span }) => ({ path, span: shift(span, base) }));
  if ("pod" in of) return inPod(of.pod, around.workspace.path, of.base);
  const selected = manifests
    .allWorkloads()
    .filter((one) => selects(of.selector, one.workload.labels) && mayBeOne(one.namespace, namespace));
  const places: FilePlace[] = [];
  for (const path of new Set(selected.map((one) => one.path))) {
    const names = new Set(selected.flatMap((one) => (one.path === path ? [`${one.kind}/${one.name}`] : [])));
    for (const { model, base } of documentsOf(await around.open(path))) {
      for (const resource of model.resources) {
        if (resource.pod === undefined || !names.has(`${resource.resourceKind}/${resource.name}`)) continue;
        places.push(...inPod(resource.pod, path, base));
      }
    }
  }
  return places;
}
