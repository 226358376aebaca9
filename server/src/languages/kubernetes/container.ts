import type { Span } from "../../text/span.ts";
import type { Descriptions } from "../image/description.ts";
import { imageUseOf } from "../image/use.ts";
import { insideQuotes } from "../scalar-place.ts";
import type { YamlMap, YamlNode } from "../yaml/node.ts";
import { entryAt, getPath, isNull, isUnknown, itemsOf, scalarText } from "../yaml/path.ts";
import type { Container } from "./model.ts";

/** The containers of a pod's spec: init containers (and sidecars among them) first, as they start. `text` is the document's. */
export function containersOf(text: string, spec: YamlMap, descriptions: Descriptions): readonly Container[] {
  const read = (key: string, roleOf: (item: YamlMap) => Container["role"]): readonly Container[] =>
    itemsOf(getPath(spec, key)).flatMap((item) =>
      item.type === "map" ? [containerOf(text, item, roleOf(item), descriptions)] : [],
    );
  return [
    ...read("initContainers", (item) => (scalarText(getPath(item, "restartPolicy")) === "Always" ? "sidecar" : "init")),
    ...read("containers", () => "main"),
    ...read("ephemeralContainers", () => "ephemeral"),
  ];
}

function containerOf(text: string, map: YamlMap, role: Container["role"], descriptions: Descriptions): Container {
  const name = known(getPath(map, "name"));
  const imageUse = imageUseOf(text, getPath(map, "image"), {
    role: "container",
    owner: name,
    built: false,
    dialect: "kubernetes",
    descriptions,
  });
  return {
    role,
    name,
    at: placeOf(map),
    map,
    image: imageUse?.reference,
    imageUse,
    env: itemsOf(getPath(map, "env")).flatMap((item) => variableOf(text, item) ?? []),
    ports: itemsOf(getPath(map, "ports")).flatMap((item) => portOf(item) ?? []),
    get: (...path) => present(getPath(map, ...path)),
    entry: (...path) => entryAt(map, ...path),
  };
}

/** Seen from where the container is listed: an alias there is the place, not the map it stands for. */
function placeOf(map: YamlMap): Span {
  const name = map.get("name");
  if (name !== undefined && name.merged === undefined) return name.keySpan;
  const own = map.entries.find((entry) => entry.merged === undefined);
  if (own !== undefined) return own.keySpan;
  return name?.merged ?? { start: map.span.start, end: Math.min(map.span.end, map.span.start + 1) };
}

function variableOf(text: string, item: YamlNode): Container["env"][number] | undefined {
  if (item.type !== "map") return undefined;
  const nameNode = getPath(item, "name");
  const name = scalarText(nameNode);
  if (nameNode?.type !== "scalar" || name === undefined) return undefined;
  const value = getPath(item, "value");
  const written = value?.type === "scalar" && !isNull(value) ? value : undefined;
  return {
    name,
    nameSpan: insideQuotes(text, nameNode),
    value: written === undefined ? undefined : known(written),
    valueSpan: written === undefined ? undefined : insideQuotes(text, written),
    map: item,
  };
}

function portOf(item: YamlNode): Container["ports"][number] | undefined {
  if (item.type !== "map") return undefined;
  const number = getPath(item, "containerPort");
  return {
    name: known(getPath(item, "name")),
    containerPort: number?.type === "scalar" && typeof number.value === "number" ? number.value : undefined,
    protocol: known(getPath(item, "protocol")) ?? "TCP",
    map: item,
  };
}

function known(node: YamlNode | undefined): string | undefined {
  return isUnknown(node, "kubernetes") ? undefined : scalarText(node);
}

function present(node: YamlNode | undefined): YamlNode | undefined {
  return isNull(node) ? undefined : node;
}
