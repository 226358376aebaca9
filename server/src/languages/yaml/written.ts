import type { YamlEntry, YamlNode } from "./node.ts";

/** The entries of all maps in a node, in the order written, each once: what comes by aliases or merges stands where it was written. */
export function writtenEntries(node: YamlNode | undefined): readonly YamlEntry[] {
  const found: YamlEntry[] = [];
  collect(node, found);
  return found;
}

function collect(node: YamlNode | undefined, found: YamlEntry[]): void {
  if (node === undefined || node.type === "scalar" || node.alias !== undefined) return;
  if (node.type === "seq") {
    for (const item of node.items) collect(item, found);
    return;
  }
  for (const entry of node.entries) {
    if (entry.merged !== undefined) continue;
    found.push(entry);
    collect(entry.value, found);
  }
  for (const { value } of node.merges ?? []) collect(value, found);
}
