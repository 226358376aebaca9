import type { KubernetesModel, Resource } from "../../../languages/kubernetes/model.ts";
import { appendDocument, appendItem, type YamlRecord, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { YamlNode } from "../../../languages/yaml/node.ts";
import { asMap, entriesOf, getPath, isNull, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";
import { plainValue } from "../../../workspace/plain-value.ts";

/** An object to be written beside a workload: a disruption budget, a service account, a network policy. */
export interface GeneratedObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** The workload's own where left out. */
  readonly name?: string;
  /** What stands behind `metadata`: `{ spec: … }`. */
  readonly body: YamlRecord;
  /** It belongs to the whole namespace, so that the workload's labels would be out of place. */
  readonly ofNamespace?: boolean;
}

/**
 * Writes an object behind the document of the workload that it is made for: as a document of its own, or as an item where the workload is one of a
 * `List`. It gets the workload's namespace and labels, as they are written there. `undefined` where the workload has no name, and in JSON but for lists.
 */
export function appendObject(
  model: KubernetesModel,
  resource: Resource,
  { apiVersion, kind, name, body, ofNamespace = false }: GeneratedObject,
): readonly TextEdit[] | undefined {
  const own = name ?? scalarText(getPath(resource.map, "metadata", "name"));
  if (own === undefined) return undefined;
  const namespace = scalarText(getPath(resource.map, "metadata", "namespace"));
  const labels = ofNamespace ? undefined : recordOf(getPath(resource.map, "metadata", "labels"));
  const metadata: YamlRecord = {
    name: own,
    ...(namespace === undefined ? {} : { namespace }),
    ...(labels === undefined ? {} : { labels }),
  };
  const object: YamlRecord = { apiVersion, kind, metadata, ...body };
  const { root } = model.document;
  if (root === resource.map) return appendDocument(model.document, object);
  // An item of a list is a unit of its own, whose root is a list of one.
  const items = root?.type === "seq" ? root : getPath(root, "items");
  return items?.type === "seq" && items.items.includes(resource.map)
    ? appendItem(model.document, items, object)
    : undefined;
}

/**
 * A label selector for the pods of a workload: its own, else the labels of its pods. `undefined` where it has neither, which would select
 * every pod of the namespace.
 */
export function podSelector(resource: Resource): YamlRecord | undefined {
  const selector = asMap(resource.get("spec", "selector"));
  const labels = recordOf(getPath(selector, "matchLabels"));
  const expressions = itemsOf(getPath(selector, "matchExpressions"));
  if (labels !== undefined || expressions.length > 0) {
    return {
      ...(labels === undefined ? {} : { matchLabels: labels }),
      ...(expressions.length === 0 ? {} : { matchExpressions: expressions.map(plainValue) }),
    };
  }
  // A ReplicationController's selector is a plain map of labels, as the API of a Service has it.
  const matchLabels = resource.resourceKind === "ReplicationController" ? recordOf(selector) : undefined;
  const own = matchLabels ?? recordOf(getPath(resource.pod?.metadata, "labels"));
  return own === undefined ? undefined : { matchLabels: own };
}

function recordOf(node: YamlNode | undefined): YamlRecord | undefined {
  const entries = entriesOf(node).filter(({ value }) => !isNull(value));
  if (entries.length === 0) return undefined;
  return Object.fromEntries(entries.map(({ key, value }): readonly [string, YamlValue] => [key, plainValue(value)]));
}
