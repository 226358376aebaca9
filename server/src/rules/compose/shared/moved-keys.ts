import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { removeEntry, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { YamlDocument, YamlMap } from "../../../languages/yaml/node.ts";
import { type TextEdit, replace } from "../../../text/edit.ts";
import { span } from "../../../text/span.ts";
import { joined } from "../../shared/joined-edits.ts";

/**
 * A key of a service is taken away, and its meaning said at another path of the service; where something is said there already, that holds.
 * `undefined` where it cannot be done in the service alone.
 */
export function moved(
  { document }: ComposeModel,
  service: ComposeService,
  key: string,
  path: readonly string[],
  value: YamlValue,
): readonly TextEdit[] | undefined {
  const gone = withoutKey(document, service.map, key);
  if (service.get(...path) !== undefined) return gone;
  return joined(document.text, [gone, setPath(document, service.map, path, value)]);
}

/** Takes a key and its value away, and leaves the comment that stands behind it on its line. `undefined` where a comment would go with it. */
export function withoutKey(document: YamlDocument, map: YamlMap, key: string): readonly TextEdit[] | undefined {
  const entry = map.get(key);
  if (entry === undefined || entry.merged !== undefined || map.alias !== undefined) return undefined;
  const { start } = entry.keySpan;
  const end = lineEnd(document.text, Math.max(entry.keySpan.end, entry.colon ?? 0, endOf(entry.value)));
  const comments = document.comments.filter((comment) => comment.span.start > start && comment.span.start < end);
  const [comment] = comments;
  if (comment === undefined) return removeEntry(document, map, key);
  const isLine = lineEnd(document.text, start) === end && !map.flow && map.entries.length > 1;
  return comments.length === 1 && isLine ? [replace(span(start, comment.span.start), "")] : undefined;
}

function endOf(value: { readonly span: { readonly end: number }; readonly alias?: { readonly end: number } }): number {
  return value.alias?.end ?? value.span.end;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}
