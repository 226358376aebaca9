import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import type { YamlMap, YamlNode } from "../../../languages/yaml/node.ts";
import { getPath, isNull, isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";

/** A Service as it is written. */
export interface WrittenService {
  readonly resource: Resource;
  /** Something can be missing in it: it is no patch and no template. */
  readonly whole: boolean;
  /** `ClusterIP` where none is written; `undefined` where a template decides. */
  readonly type: string | undefined;
  readonly ports: readonly WrittenPort[];
}

/** An item of `spec.ports`. Numbers are `undefined` where they are not written, unknown or no numbers. */
export interface WrittenPort {
  readonly map: YamlMap;
  readonly name: string | undefined;
  readonly port: number | undefined;
  readonly nodePort: number | undefined;
  /** `TCP` where none is written. */
  readonly protocol: string;
  get(key: string): YamlNode | undefined;
}

/** The Services of a document. */
export function servicesOf(model: KubernetesModel): readonly WrittenService[] {
  return model.resources.flatMap((resource) => {
    if (resource.resourceKind !== "Service" || resource.apiVersion !== "v1") return [];
    const type = resource.get("spec", "type");
    return {
      resource,
      whole: !model.templated && !resource.partial,
      type: type === undefined ? "ClusterIP" : isUnknown(type, "kubernetes") ? undefined : scalarText(type),
      ports: itemsOf(resource.get("spec", "ports")).flatMap((item) => (item.type === "map" ? [portOf(item)] : [])),
    };
  });
}

function portOf(map: YamlMap): WrittenPort {
  const get = (key: string): YamlNode | undefined => {
    const node = getPath(map, key);
    return isNull(node) ? undefined : node;
  };
  const name = get("name");
  return {
    map,
    name: isUnknown(name, "kubernetes") ? undefined : scalarText(name),
    port: numberOf(get("port")),
    nodePort: numberOf(get("nodePort")),
    protocol: scalarText(get("protocol")) ?? "TCP",
    get,
  };
}

function numberOf(node: YamlNode | undefined): number | undefined {
  return node?.type === "scalar" && typeof node.value === "number" ? node.value : undefined;
}

/** An object by its name, to begin a message with: "`web`", or "This Service" where it has none. */
export function nameOfObject(resource: Resource): string {
  return resource.name === undefined ? `This ${resource.resourceKind}` : `\`${resource.name}\``;
}
