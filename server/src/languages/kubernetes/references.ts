import { groupOf } from "./api-group.ts";
import { objectReferences, podReferences, type ReferencePath } from "../../knowledge/kubernetes-references.ts";
import type { YamlMap, YamlNode, YamlScalar } from "../yaml/node.ts";
import { booleanOf, getPath, isUnknown, itemsOf, scalarText } from "../yaml/path.ts";
import type { Resource } from "./model.ts";

/** A name that an object is mentioned by in another one. Places count from the start of the document. */
export interface Reference {
  readonly kind: string;
  /** The empty text for the core group; `undefined` where it is not said. */
  readonly group: string | undefined;
  readonly name: string;
  /** The scalar that holds the name. */
  readonly node: YamlScalar;
  /** Where the other object must be: in this one's own namespace, as written, unless another one is named. */
  readonly namespace: string | undefined;
  /** Keys of the other object's data that are mentioned with it. */
  readonly keys: readonly { readonly name: string; readonly node: YamlScalar }[];
  /** `optional: true`: it may be missing. */
  readonly optional: boolean;
  /** The row of the table, which tells by identity where the name stands. */
  readonly at: ReferencePath;
  /** The map that the name is an entry of. */
  readonly holder: YamlMap;
}

/** What an object and its pods name; what a template or variable decides is left out. */
export function referencesOf(resource: Resource): readonly Reference[] {
  const own = objectReferences[resource.resourceKind] ?? [];
  const pod = resource.pod?.spec;
  return [
    ...own.flatMap((at) => referencesAt(resource.map, at, resource.namespace)),
    ...(pod === undefined ? [] : podReferences.flatMap((at) => referencesAt(pod, at, resource.namespace))),
  ];
}

function referencesAt(root: YamlMap, at: ReferencePath, ownNamespace: string | undefined): readonly Reference[] {
  return nodesAt(root, at.path).flatMap((holder) => {
    if (holder.type !== "map") return [];
    const node = getPath(holder, at.name);
    const name = known(node);
    const kind = at.kind ?? known(getPath(holder, "kind")) ?? at.otherwise;
    if (node?.type !== "scalar" || name === undefined || kind === undefined) return [];
    const namespace = at.crosses === true ? known(getPath(holder, "namespace")) : undefined;
    return [
      {
        kind,
        group: at.group ?? groupIn(holder),
        name,
        node,
        namespace: namespace ?? ownNamespace,
        keys: at.keys === undefined ? [] : keysAt(holder, at.keys),
        optional: booleanOf(getPath(holder, "optional")) === true,
        at,
        holder,
      },
    ];
  });
}

function groupIn(holder: YamlMap): string | undefined {
  const group = known(getPath(holder, "group")) ?? known(getPath(holder, "apiGroup"));
  if (group !== undefined) return group;
  const version = known(getPath(holder, "apiVersion"));
  return version === undefined ? undefined : groupOf(version);
}

function keysAt(holder: YamlMap, path: readonly string[]): Reference["keys"] {
  return nodesAt(holder, path).flatMap((node) => {
    const name = known(node);
    return node.type === "scalar" && name !== undefined ? [{ name, node }] : [];
  });
}

function nodesAt(root: YamlNode, path: readonly string[]): readonly YamlNode[] {
  let nodes: readonly YamlNode[] = [root];
  for (const step of path) {
    nodes = nodes.flatMap((node) => (step === "*" ? itemsOf(node) : (getPath(node, step) ?? [])));
    if (nodes.length === 0) break;
  }
  return nodes;
}

function known(node: YamlNode | undefined): string | undefined {
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}
