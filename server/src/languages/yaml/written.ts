import type { YamlEntry, YamlNode } from "./node.ts";

/** The entries of all maps in a node, in the order written, each once: what comes by aliases or merges stands where it was written. */
export function* writtenEntries(node: YamlNode | undefined): Generator<YamlEntry, void, undefined> {
  if (node === undefined || node.type === "scalar" || node.alias !== undefined) return;
  if (node.type === "seq") {
    for (const item of node.items) yield* writtenEntries(item);
    return;
  }
  for (const entry of node.entries) {
    if (entry.merged !== undefined) continue;
    yield entry;
    yield* writtenEntries(entry.value);
  }
  for (const { value } of node.merges ?? []) yield* writtenEntries(value);
}
