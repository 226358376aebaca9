import { closestOf } from "../../../text/closest.ts";
import { type ComposeKeys, type KeyType, keyIn, serviceKeys } from "../../../knowledge/compose-keys/index.ts";
import { otherHealthNames, otherServiceNames } from "../../../knowledge/compose-keys/other-names.ts";
import { type KeyRecord, alternativesOf } from "../../../languages/compose/keys.ts";
import type { YamlEntry } from "../../../languages/yaml/node.ts";
import { recordWords } from "./key-words.ts";

/** What was most likely meant by a key that nothing knows. */
export type KeyGuess =
  /** Another key of the same map. */
  | { readonly type: "name"; readonly name: string }
  /** The key of a map around it; `of` is that map in words. */
  | { readonly type: "outside"; readonly of: string; readonly record: KeyRecord }
  /** The key of a map within this one. */
  | { readonly type: "inside"; readonly path: readonly string[] }
  /** A service, written beside `services`. */
  | { readonly type: "service" }
  /** The key of a service, written at the top level. */
  | { readonly type: "of-service" }
  /** A top-level part that was indented below `services`. */
  | { readonly type: "indented"; readonly part: string }
  /** A text with a colon, such as `data: /var/lib`, that a blank turned into a map. */
  | { readonly type: "blank" };

/** `around` are the maps around that of the entry, from the inside out. */
export function guessKey(entry: YamlEntry, record: KeyRecord, around: readonly KeyRecord[]): KeyGuess | undefined {
  const { key, value } = entry;
  if (record.item && value.type === "scalar" && /^[./~\d$]|\//.test(key)) return { type: "blank" };
  const [top, part] = record.path;
  if (
    top === "services" &&
    record.path.length === 2 &&
    part !== undefined &&
    /^(?:networks|volumes|secrets|configs)$/.test(part)
  ) {
    return { type: "indented", part };
  }
  if (record.path.length === 0 && keyIn(serviceKeys, key) !== undefined) return { type: "of-service" };
  const isFree = (name: string): boolean => record.map.get(name) === undefined;
  const other = otherName(key, record);
  if (other !== undefined && !other.includes(".")) return isFree(other) ? { type: "name", name: other } : undefined;
  if (other !== undefined) {
    const path = other.split(".").slice(0, -1);
    return { type: "inside", path };
  }
  const outer = around.find(({ keys, map }) => keyIn(keys, key) !== undefined && map.get(key) === undefined);
  if (outer !== undefined) {
    return {
      type: "outside",
      of: recordWords(outer) === "a service" ? "the service" : recordWords(outer),
      record: outer,
    };
  }
  const inner = insideOf(key, record.keys);
  if (inner !== undefined) return { type: "inside", path: inner };
  const near = closestOf(key, Object.keys(record.keys).filter(isFree));
  if (near !== undefined) return { type: "name", name: near };
  if (record.path.length === 0) {
    const isService = value.type === "map" && value.entries.some(({ key: own }) => own === "image" || own === "build");
    if (isService) return { type: "service" };
  }
  return undefined;
}

function otherName(key: string, { path, keys }: KeyRecord): string | undefined {
  const names = keys === serviceKeys ? otherServiceNames : path.at(-1) === "healthcheck" ? otherHealthNames : undefined;
  return names?.get(key);
}

/** The one map within, at most two levels down, that has the key: the nearest, if it is the only one so near. */
function insideOf(name: string, keys: ComposeKeys): readonly string[] | undefined {
  const first = recordsIn(keys);
  const near = first.filter((one) => keyIn(one.keys, name) !== undefined);
  const found =
    near.length > 0
      ? near
      : first
          .flatMap((one) => recordsIn(one.keys).map((two) => ({ ...two, path: [...one.path, ...two.path] })))
          .filter((two) => keyIn(two.keys, name) !== undefined);
  return found.length === 1 ? found[0]?.path : undefined;
}

function recordsIn(keys: ComposeKeys): readonly { readonly path: readonly string[]; readonly keys: ComposeKeys }[] {
  return Object.entries(keys).flatMap(([name, { type }]) =>
    alternativesOf(type).flatMap((one: KeyType) => (one.kind === "record" ? [{ path: [name], keys: one.keys }] : [])),
  );
}
