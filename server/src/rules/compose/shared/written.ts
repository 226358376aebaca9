import type { ComposeModel } from "../../../languages/compose/model.ts";
import { removeItem, removePath, replaceScalar } from "../../../languages/yaml/edit.ts";
import type { YamlMap, YamlNode, YamlScalar } from "../../../languages/yaml/node.ts";
import { asMap, entriesOf, getPath, itemsOf } from "../../../languages/yaml/path.ts";
import type { TextEdit } from "../../../text/edit.ts";

/** Removes a key of services where it is written, be that a service that others extend or a fragment below `x-…` that others merge. */
export function removeWhereWritten(
  model: ComposeModel,
  path: readonly string[],
  value: YamlNode,
): readonly TextEdit[] | undefined {
  const owner = fragments(model).find((map) => isWrittenAt(getPath(map, ...path), value));
  return owner === undefined ? undefined : removePath(model.document, owner, path);
}

/** Removes an item of a list of services where it is written, and the list's key with its last one. */
export function removeItemWhereWritten(
  model: ComposeModel,
  path: readonly string[],
  item: YamlNode,
): readonly TextEdit[] | undefined {
  for (const map of fragments(model)) {
    const list = getPath(map, ...path);
    const index = itemsOf(list).findIndex((one) => isWrittenAt(one, item));
    if (list?.type !== "seq" || index < 0) continue;
    return list.items.length === 1 ? removePath(model.document, map, path) : removeItem(model.document, list, index);
  }
  return undefined;
}

/** Changes a value where it is written, for all that use it: what is wrong with it is wrong for each. */
export function replaceWhereWritten(
  model: ComposeModel,
  scalar: YamlScalar,
  value: string | number | boolean,
): readonly TextEdit[] | undefined {
  return replaceScalar(model.document, scalar, value, { intoAnchor: true });
}

/** The maps in which a part of a service may be written. */
function fragments(model: ComposeModel): readonly YamlMap[] {
  const extensions = entriesOf(model.root).filter(({ key }) => key.startsWith("x-"));
  return [...model.services.map(({ map }) => map), ...extensions.flatMap(({ value }) => asMap(value) ?? [])];
}

/** Whether a node stands in the very place of another one, and is not reached from elsewhere. */
function isWrittenAt(node: YamlNode | undefined, other: YamlNode): boolean {
  return (
    node !== undefined &&
    node.alias === undefined &&
    node.span.start === other.span.start &&
    node.span.end === other.span.end
  );
}
