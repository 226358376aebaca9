import type { YamlEntry, YamlMap, YamlNode } from "../yaml/node.ts";

/** Lists that the later one replaces; the others are joined. Source: https://docs.docker.com/reference/compose-file/merge/ */
const replacedLists: ReadonlySet<string> = new Set(["command", "entrypoint", "test"]);

/**
 * A service on top of the one it extends, as Compose puts them together: maps key by key, lists one after the other, anything else
 * replaced; `!reset` takes away, `!override` replaces as a whole. Values keep the places where they were written.
 */
export function mergeOnto(base: YamlMap, own: YamlMap): YamlMap {
  const merged = new Map<string, YamlEntry>();
  for (const entry of base.entries) merged.set(entry.key, entry);
  for (const entry of own.entries) {
    const below = merged.get(entry.key);
    if (entry.value.tag === "!reset") merged.delete(entry.key);
    else if (below === undefined) merged.set(entry.key, entry);
    else merged.set(entry.key, { ...entry, value: mergeValues(entry.key, below.value, entry.value) });
  }
  return mapOf(own, merged);
}

/** The map without what is tagged `!reset`, at any depth; the map itself where nothing is. */
export function withoutResets(map: YamlMap): YamlMap {
  const kept = new Map<string, YamlEntry>();
  let changed = false;
  for (const entry of map.entries) {
    if (entry.value.tag === "!reset") {
      changed = true;
      continue;
    }
    const value = entry.value.type === "map" ? withoutResets(entry.value) : entry.value;
    if (value !== entry.value) changed = true;
    kept.set(entry.key, value === entry.value ? entry : { ...entry, value });
  }
  return changed ? mapOf(map, kept) : map;
}

function mergeValues(key: string, base: YamlNode, own: YamlNode): YamlNode {
  if (own.tag === "!override") return own;
  if (own.type === "scalar" && own.value === null) return base;
  if (own.type === "map" && base.type === "map") return mergeOnto(base, own);
  if (own.type === "seq" && base.type === "seq" && !replacedLists.has(key)) {
    return { ...own, items: [...base.items, ...own.items] };
  }
  return own;
}

function mapOf(like: YamlMap, entries: ReadonlyMap<string, YamlEntry>): YamlMap {
  return { ...like, entries: [...entries.values()], get: (key) => entries.get(key) };
}
