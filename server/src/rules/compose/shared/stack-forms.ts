import { flow, setPath } from "../../../languages/yaml/edit.ts";
import type { YamlDocument, YamlMap } from "../../../languages/yaml/node.ts";
import type { TextEdit } from "../../../text/edit.ts";

/** Writes a key of the map as a list of these texts. `undefined` where a comment within what is there would be lost. */
export function withItemsAs(
  document: YamlDocument,
  map: YamlMap,
  key: string,
  items: readonly string[],
): readonly TextEdit[] | undefined {
  const entry = map.get(key);
  if (entry === undefined || entry.merged !== undefined || map.alias !== undefined) return undefined;
  const { value } = entry;
  if (value.alias !== undefined || value.anchor !== undefined) return undefined;
  const { end } = value.span;
  const { start } = entry.keySpan;
  if (document.comments.some((comment) => comment.span.start > start && comment.span.start < end)) return undefined;
  const isFlow = value.type !== "scalar" && value.flow;
  return setPath(document, map, [key], isFlow ? flow([...items]) : items);
}
