import { newestKubernetes } from "../../knowledge/deprecated-apis.ts";
import { type Descriptions, noDescriptions } from "../image/description.ts";
import type { ImageUse } from "../image/reference.ts";
import { imageUseOf } from "../image/use.ts";
import { kustomizationOf } from "../kustomize/kustomization.ts";
import { type Once, onceFor } from "../once.ts";
import type { YamlDocument, YamlMap, YamlNode } from "../yaml/node.ts";
import { entryAt, getPath, isNull, itemsOf } from "../yaml/path.ts";
import { annotationsOf, labelsOf, metadataText } from "./metadata.ts";
import type { KubernetesModel, Resource } from "./model.ts";
import { isPatch } from "./partial.ts";
import { podOf } from "./pod.ts";

export interface ManifestOptions {
  /** Another document of the same file is a template, so that this one is a part of its output. */
  readonly templated?: boolean;
  /** As in `KubernetesModel.release`; the newest one where left out. */
  readonly release?: string;
  /** See `KubernetesModel.patch`. */
  readonly patch?: boolean;
  /** What registries said of images. */
  readonly descriptions?: Descriptions;
}

/** Reads one document of a manifest, or a part of one that is a `List`. What is no object of Kubernetes gives no resources. `path` is the file's. */
export function parseManifest(document: YamlDocument, path: string, options: ManifestOptions = {}): KubernetesModel {
  const templated = isTemplated(document, path, options);
  const kustomization = kustomizationOf(document, path);
  const objects = kustomization === undefined ? objectsOf(document) : [];
  const { patch = false, descriptions = noDescriptions } = options;
  const resources = objects.flatMap(
    (map) => resourceOf(document.text, map, { path, templated, patch, descriptions }) ?? [],
  );
  let once: Once<KubernetesModel> | undefined;
  const model: KubernetesModel = {
    document,
    problems: templated ? [] : document.problems,
    templated,
    patch,
    release: options.release ?? newestKubernetes,
    kustomization,
    resources,
    images: resources.flatMap(({ pod }) => (pod === undefined ? [] : imagesOf(document.text, pod, descriptions))),
    descriptions,
    get once() {
      return (once ??= onceFor(model));
    },
  };
  return model;
}

/** Whether a model made for a document would be a template's. */
export function isTemplated(document: YamlDocument, path: string, options: ManifestOptions = {}): boolean {
  if (document.templated || options.templated === true) return true;
  // In a chart an expression in quotes is one too; elsewhere it may be meant for Argo or Prometheus.
  return /(?:^|\/)templates\//.test(path) && document.text.includes("{{");
}

/** The objects of a document; of a part of a `List` its items, and none of what stands around them. */
function objectsOf({ root, part }: YamlDocument): readonly YamlMap[] {
  if (part !== true) return objectsIn(root);
  return root?.type === "seq" ? root.items.flatMap(objectsIn) : [];
}

/** A `List`, of any kind, stands for its items. */
function objectsIn(node: YamlNode | undefined): readonly YamlMap[] {
  if (node?.type !== "map") return [];
  const kind = textAt(node, "kind");
  const items = node.get("items")?.value;
  if (kind?.endsWith("List") !== true || items?.type !== "seq") return [node];
  return items.items.flatMap(objectsIn);
}

function resourceOf(
  text: string,
  map: YamlMap,
  {
    path,
    templated,
    patch,
    descriptions,
  }: {
    readonly path: string;
    readonly templated: boolean;
    readonly patch: boolean;
    readonly descriptions: Descriptions;
  },
): Resource | undefined {
  const apiVersionEntry = map.get("apiVersion");
  const kindEntry = map.get("kind");
  const apiVersion = textAt(map, "apiVersion");
  const kind = textAt(map, "kind");
  if (apiVersionEntry === undefined || kindEntry === undefined) return undefined;
  if (apiVersion === undefined || kind === undefined) return undefined;
  const pod = podOf(text, apiVersion, kind, map, descriptions);
  const metadata = getPath(map, "metadata");
  const fragment = templated || isPatch({ apiVersion, kind, map }, pod, path);
  return {
    apiVersion,
    apiVersionEntry,
    resourceKind: kind,
    kindEntry,
    name: metadataText(map, "name"),
    namespace: metadataText(map, "namespace"),
    map,
    labels: labelsOf(metadata),
    annotations: annotationsOf(metadata),
    partial: patch || fragment,
    fragment,
    pod,
    get(...keys) {
      const node = getPath(map, ...keys);
      return isNull(node) ? undefined : node;
    },
    entry: (...keys) => entryAt(map, ...keys),
  };
}

/** The text of a key that must be a string. */
function textAt(map: YamlMap, key: string): string | undefined {
  const node = map.get(key)?.value;
  return node?.type === "scalar" && typeof node.value === "string" && node.value !== "" ? node.value : undefined;
}

function imagesOf(text: string, pod: NonNullable<Resource["pod"]>, descriptions: Descriptions): readonly ImageUse[] {
  const containers = pod.containers.flatMap(({ imageUse }) => imageUse ?? []);
  const volumes = itemsOf(getPath(pod.spec, "volumes")).flatMap((volume) => {
    const use = { role: "volume", owner: undefined, built: false, dialect: "kubernetes", descriptions } as const;
    return imageUseOf(text, getPath(volume, "image", "reference"), use) ?? [];
  });
  return [...containers, ...volumes];
}
