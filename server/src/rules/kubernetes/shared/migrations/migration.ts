import type { Resource } from "../../../../languages/kubernetes/model.ts";
import type { YamlDocument, YamlMap, YamlNode } from "../../../../languages/yaml/node.ts";
import type { TextEdit } from "../../../../text/edit.ts";

/** What changes in the body of an object when its `apiVersion` does. */
export interface Migrated {
  /** Each a change of its own; `undefined` among them where one cannot be made, and the whole then is not. */
  readonly changes: readonly (readonly TextEdit[] | undefined)[];
  /** What a person should look at, for the fix's title. Without it the API server itself would read both versions as the same. */
  readonly caution?: string;
}

/** Brings the body of an object up to the replacement of its version; `undefined` where that is not known to come out right. */
export type Migration = (document: YamlDocument, resource: Resource) => Migrated | undefined;

/** Nothing of the body changes. */
export const unchanged: Migrated = { changes: [] };

/**
 * Changes maps of which several may be one, by anchor and alias: where it is written it is changed once, and an alias of it goes along. `undefined` for an
 * alias of something that is none of these.
 */
export function eachWritten(
  nodes: readonly YamlNode[],
  change: (map: YamlMap) => readonly TextEdit[] | undefined,
): readonly (readonly TextEdit[] | undefined)[] {
  const written = new Set(nodes.flatMap(({ alias, span }) => (alias === undefined ? [span.start] : [])));
  return nodes.map((node) => {
    if (node.alias !== undefined) return written.has(node.span.start) ? [] : undefined;
    return node.type === "map" ? change(node) : undefined;
  });
}
