import { type FieldType, fieldType, requiredOf, shapeOfKind } from "../../knowledge/kubernetes-fields/index.ts";
import { nameOf } from "../../text/path.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { entriesOf, getPath, isNull, itemsOf } from "../yaml/path.ts";
import type { PodTemplate } from "./model.ts";
import { isBuiltIn } from "./pod.ts";

/**
 * Whether an object is a Kustomize patch: it says only what is to change, and nothing is missing in it. Told by a `$patch` directive, by
 * what the API server would ask for and is not there, and, where that alone leaves it open, by the file's path.
 */
export function isPatch(
  object: { readonly apiVersion: string; readonly kind: string; readonly map: YamlMap },
  pod: PodTemplate | undefined,
  path: string,
): boolean {
  if (hasDirective(object.map, pod)) return true;
  const missing = missingParts(object, pod);
  // Of other kinds only the path can tell that what is not there was left out on purpose.
  if (missing.size === 0 && isPatchPath(path)) return pod === undefined && lacksFields(object);
  if (missing.size === 0) return false;
  if (isPatchPath(path)) return true;
  // Any other kind that says which pods are its own says all that a patch leaves out.
  const selects = !selecting.has(object.kind) && !isNull(getPath(object.map, "spec", "selector"));
  return !selects && isPlainPatch(object.kind, missing);
}

/**
 * One part that is not there is an oversight, or being typed; what ties a workload to its pods or its schedule and the rest of a part
 * besides are left out on purpose. Nobody patches a Pod that has no controller, so there only the lack of everything tells.
 */
function isPlainPatch(kind: string, missing: ReadonlySet<Part>): boolean {
  const bare = missing.has("containers") || missing.has("image");
  if (selecting.has(kind)) return missing.has("selector") && (bare || missing.has("labels"));
  if (kind === "CronJob") return missing.has("schedule") && bare;
  return kind === "Pod" ? missing.has("containers") : bare;
}

type Part = "containers" | "image" | "name" | "selector" | "labels" | "schedule" | "ports";

function missingParts(
  { apiVersion, kind, map }: { readonly apiVersion: string; readonly kind: string; readonly map: YamlMap },
  pod: PodTemplate | undefined,
): ReadonlySet<Part> {
  const missing = new Set<Part>();
  if (apiVersion === "v1" && kind === "Service") {
    if (isNull(getPath(map, "spec", "ports")) && isNull(getPath(map, "spec", "externalName"))) missing.add("ports");
    return missing;
  }
  const own = isBuiltIn(apiVersion, kind);
  if (!own && pod === undefined) return missing;
  const containers = pod?.containers.filter(({ role }) => role !== "ephemeral") ?? [];
  if (!containers.some(({ role }) => role === "main")) missing.add("containers");
  if (containers.some((container) => container.get("image") === undefined)) missing.add("image");
  if (containers.some((container) => container.get("name") === undefined)) missing.add("name");
  if (own && selecting.has(kind)) {
    if (isNull(getPath(map, "spec", "selector"))) missing.add("selector");
    if (isNull(getPath(map, "spec", "template", "metadata", "labels"))) missing.add("labels");
  }
  if (kind === "CronJob" && isNull(getPath(map, "spec", "schedule"))) missing.add("schedule");
  return missing;
}

/** Whether an object of another built-in kind lacks a field that the API server asks for, at any depth. */
function lacksFields({
  apiVersion,
  kind,
  map,
}: {
  readonly apiVersion: string;
  readonly kind: string;
  readonly map: YamlMap;
}): boolean {
  const shape = shapeOfKind(apiVersion, kind);
  return shape !== undefined && lacks(map, { type: "shape", shape });
}

function lacks(node: YamlNode | undefined, type: FieldType): boolean {
  if (type.type === "list") return itemsOf(node).some((item) => lacks(item, type.of));
  if (type.type !== "shape" || (node !== undefined && node.type !== "map")) return false;
  if (requiredOf(type.shape).some((name) => isNull(getPath(node, name)))) return true;
  return entriesOf(node).some(({ key, value }) => {
    const inner = fieldType(type.shape, key);
    return inner !== undefined && !isNull(value) && lacks(value, inner);
  });
}

const selecting: ReadonlySet<string> = new Set([
  "ReplicationController",
  "ReplicaSet",
  "Deployment",
  "StatefulSet",
  "DaemonSet",
]);

/** `$patch: delete`, `$setElementOrder/containers`, … at the places where people write them. */
function hasDirective(map: YamlMap, pod: PodTemplate | undefined): boolean {
  const spec = getPath(map, "spec");
  const lists = ["containers", "initContainers", "volumes"].map((key) => getPath(pod?.spec, key));
  const places: readonly (YamlNode | undefined)[] = [
    map,
    getPath(map, "metadata"),
    spec,
    getPath(spec, "template"),
    pod?.spec,
    ...lists.flatMap(itemsOf),
    ...itemsOf(getPath(spec, "ports")),
  ];
  return places.some((place) => entriesOf(place).some(({ key }) => directive.test(key)));
}

const directive = /^\$(?:patch$|retainKeys$|deleteFromPrimitiveList\/|setElementOrder\/)/;

function isPatchPath(path: string): boolean {
  return /(?:^|[._-])patch(?:es)?(?:[._-]|$)/i.test(nameOf(path)) || /(?:^|\/)(?:patch(?:es)?|overlays?)\//i.test(path);
}
