import type { YamlNode } from "../../../server/src/languages/yaml/node.ts";

/** A node as plain data. */
export function plain(node: YamlNode | undefined): unknown {
  if (node === undefined) return null;
  if (node.type === "scalar") return node.value;
  if (node.type === "seq") return node.items.map((item) => plain(item));
  return Object.fromEntries(node.entries.map(({ key, value }) => [key, plain(value)]));
}
