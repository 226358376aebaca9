import type { YamlValue } from "../../../languages/yaml/edit.ts";
import type { YamlDocument, YamlNode } from "../../../languages/yaml/node.ts";

/**
 * A node as a value that can be written elsewhere in the same document; `undefined` where something would be lost: a comment, an anchor, an alias, a tag, or
 * the style of a text over several lines.
 */
export function movable(document: YamlDocument, node: YamlNode): YamlValue | undefined {
  const { span } = node;
  if (document.comments.some((comment) => comment.span.start >= span.start && comment.span.end <= span.end)) {
    return undefined;
  }
  return plain(node);
}

function plain(node: YamlNode): YamlValue | undefined {
  if (node.alias !== undefined || node.anchor !== undefined || node.tag !== undefined) return undefined;
  if (node.type === "scalar") {
    // A number stays as it is written: `0644` is octal to Kubernetes.
    if (node.text.includes("\n") || (typeof node.value === "number" && String(node.value) !== node.text))
      return undefined;
    return node.value;
  }
  if (node.type === "seq") {
    const items = node.items.map(plain);
    return items.some((item) => item === undefined)
      ? undefined
      : items.flatMap((item) => (item === undefined ? [] : [item]));
  }
  const record: { [key: string]: YamlValue } = {};
  for (const { key, value, merged } of node.entries) {
    const written = merged === undefined ? plain(value) : undefined;
    if (written === undefined) return undefined;
    record[key] = written;
  }
  return record;
}
