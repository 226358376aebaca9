import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { entriesOf, getPath, isUnknown, scalarText } from "../yaml/path.ts";
import type { Resource } from "./model.ts";

/** `metadata.name` or another text of an object; `undefined` where it is missing or a template or variable decides it. */
export function metadataText(map: YamlMap, key: string): string | undefined {
  const node = getPath(map, "metadata", key);
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}

/** Labels whose values are text; a value that a template fills in is left out. */
export function labelsOf(metadata: YamlNode | undefined): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { key, value } of entriesOf(getPath(metadata, "labels"))) {
    const text = isUnknown(value, "kubernetes") ? undefined : scalarText(value);
    if (text !== undefined) labels.set(key, text);
  }
  return labels;
}

export function annotationsOf(metadata: YamlNode | undefined): Resource["annotations"] {
  return entriesOf(getPath(metadata, "annotations")).flatMap(({ key, keySpan, value }) => {
    const text = scalarText(value);
    const span = { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) };
    return text === undefined ? [] : [{ name: key, value: text, span }];
  });
}
