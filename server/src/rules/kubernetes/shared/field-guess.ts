import { groupOf } from "../../../languages/kubernetes/api-group.ts";
import { deprecatedApi } from "../../../knowledge/deprecated-apis.ts";
import {
  type FieldType,
  fieldType,
  fieldsOf,
  knownVersions,
  meantBy,
  shapeOfKind,
} from "../../../knowledge/kubernetes-fields/index.ts";
import type { FieldRecord } from "../../../languages/kubernetes/fields.ts";
import type { YamlEntry } from "../../../languages/yaml/node.ts";
import { getPath, itemsOf } from "../../../languages/yaml/path.ts";
import { closestOf } from "../../../text/closest.ts";

/** What was most likely meant by a field that its map does not have. */
export type FieldGuess =
  /** Another field of the same map. */
  | { readonly type: "name"; readonly name: string }
  /** Another field of the same map, which is there already. */
  | { readonly type: "taken"; readonly name: string }
  /** The field of a map around it. */
  | { readonly type: "outside"; readonly record: FieldRecord }
  /** The field of a map below `record`, which is the map itself or one around it; an index stands for the only item of a list. */
  | { readonly type: "beside"; readonly record: FieldRecord; readonly path: readonly (string | 0)[] }
  /** A field further down says the same today; `path` ends with its name. */
  | { readonly type: "instead"; readonly path: readonly string[] }
  /** A setting of each container, written for the pod. */
  | { readonly type: "containers" }
  /** Another version of the same kind has it. */
  | { readonly type: "version"; readonly apiVersion: string };

/** What a field that `record` does not have was meant for; `undefined` where there is no telling. */
export function guessField({ key, value }: YamlEntry, record: FieldRecord): FieldGuess | undefined {
  const { map, shape } = record;
  const isFree = (name: string): boolean => map.get(name) === undefined;
  const other = meantBy(shape, key);
  if (other?.includes(".") === true) {
    const path = other.split(".");
    const isNumber = path.at(-1) === "number" && value.type === "scalar" && typeof value.value !== "number";
    return { type: "instead", path: isNumber ? [...path.slice(0, -1), "name"] : path };
  }
  if (other !== undefined) return { type: isFree(other) ? "name" : "taken", name: other };
  const free = fieldsOf(shape).filter(isFree);
  const same = fieldsOf(shape).find((name) => simplified(name) === simplified(key));
  if (same !== undefined) return { type: isFree(same) ? "name" : "taken", name: same };
  if (shape === "LabelSelector" && value.type === "scalar") {
    const near = closestOf(key, free);
    return near === undefined ? { type: "beside", record, path: ["matchLabels"] } : { type: "name", name: near };
  }
  if (shape === "PodSecurityContext" && hasField("SecurityContext", key)) return { type: "containers" };
  // Of these there is one in every other map, so that having one says nothing about where it belongs.
  if (!/^(?:name|value|type|key|kind|apiVersion|namespace|path|mode|items|status)$/.test(key)) {
    const place = elsewhere(key, record);
    if (place !== undefined) return place;
  }
  const near = closestOf(key, free);
  if (near !== undefined) return { type: "name", name: near };
  const apiVersion = otherVersion(key, record);
  return apiVersion === undefined ? undefined : { type: "version", apiVersion };
}

/** A version of the kind that is still served and has the field at the same place. */
function otherVersion(key: string, { entry, around, resource }: FieldRecord): string | undefined {
  const { apiVersion, resourceKind } = resource;
  const group = groupOf(apiVersion);
  const path = [...around.map((one) => one.entry?.key), entry?.key].flatMap((step) => step ?? []);
  return knownVersions().find((version) => {
    const isSame = groupOf(version) === group && version !== apiVersion;
    if (!isSame || deprecatedApi(version, resourceKind) !== undefined) return false;
    let shape = shapeOfKind(version, resourceKind);
    for (const step of path) {
      const type = shape === undefined ? undefined : fieldType(shape, step);
      shape = type === undefined ? undefined : shapeIn(type)?.shape;
    }
    return shape !== undefined && hasField(shape, key);
  });
}

/** Names that differ in nothing but case, `-` and `_`, or in being one or many. */
function simplified(name: string): string {
  return name.toLowerCase().replace(/[-_]|s$/g, "");
}

/** The nearest map that has the field: around, then within, then within what is around. */
function elsewhere(key: string, record: FieldRecord): FieldGuess | undefined {
  const outer = record.around.find(({ shape, map }) => hasField(shape, key) && map.get(key) === undefined);
  if (outer !== undefined) return { type: "outside", record: outer };
  for (const level of [record, ...record.around.slice(0, 2)]) {
    const path = within(key, level);
    if (path !== undefined) return { type: "beside", record: level, path };
  }
  return undefined;
}

/** The only place at most two maps down that has the field; a list of several items is no such place, since it would have to be one of them. */
function within(key: string, { shape, map }: FieldRecord): readonly (string | 0)[] | undefined {
  const first = placesIn(shape).filter((place) => isOpen(map, place));
  const near = first.filter((place) => hasField(place.shape, key));
  if (near.length > 0) return near.length === 1 ? near[0]?.path : undefined;
  const further = first
    .flatMap((one) => placesIn(one.shape).map((two) => ({ ...two, path: [...one.path, ...two.path] })))
    .filter((two) => hasField(two.shape, key) && isOpen(map, two));
  return further.length === 1 ? further[0]?.path : undefined;
}

interface Place {
  readonly shape: string;
  readonly path: readonly (string | 0)[];
  /** What it is in has one of several such maps, so that a field of this one is no hint that this one is meant. */
  readonly chosen: boolean;
}

const choices: ReadonlySet<string> = new Set(["Volume", "PersistentVolumeSpec"]);

function placesIn(shape: string): readonly Place[] {
  return fieldsOf(shape).flatMap((field) => {
    const type = fieldType(shape, field);
    const inner = type === undefined ? undefined : shapeIn(type);
    return inner === undefined
      ? []
      : [{ shape: inner.shape, path: inner.list ? [field, 0 as const] : [field], chosen: choices.has(shape) }];
  });
}

function shapeIn(type: FieldType): { readonly shape: string; readonly list: boolean } | undefined {
  if (type.type === "shape") return { shape: type.shape, list: false };
  return type.type === "list" && type.of.type === "shape" ? { shape: type.of.shape, list: true } : undefined;
}

/** Whether the way is written already, its last map aside, and its lists have one item. */
function isOpen(map: FieldRecord["map"], { path, chosen }: Place): boolean {
  const last = path.findLastIndex((step) => step !== 0);
  const holder = getPath(map, ...path.slice(0, last));
  const value = getPath(holder, ...path.slice(last, last + 1));
  if (holder?.type !== "map" || !areSingle(map, path.slice(0, last))) return false;
  if (value === undefined) return last === path.length - 1 && !chosen;
  return last === path.length - 1 ? value.type === "map" : value.type === "seq" && value.items.length === 1;
}

function areSingle(map: FieldRecord["map"], path: readonly (string | 0)[]): boolean {
  return path.every((step, index) => step !== 0 || itemsOf(getPath(map, ...path.slice(0, index))).length === 1);
}

function hasField(shape: string, key: string): boolean {
  return fieldType(shape, key) !== undefined;
}
