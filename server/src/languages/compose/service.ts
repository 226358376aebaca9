import type { Descriptions } from "../image/description.ts";
import { imageUseOf } from "../image/use.ts";
import { type Once, onceFor } from "../once.ts";
import { insideQuotes } from "../scalar-place.ts";
import type { YamlEntry, YamlMap, YamlNode } from "../yaml/node.ts";
import { entriesOf, entryAt, getPath, isNull, isUnknown, itemsOf, scalarText } from "../yaml/path.ts";
import { type Extended, extend } from "./extends.ts";
import type { ComposeMount, ComposeService } from "./model.ts";
import { mountOf } from "./mounts.ts";
import { portOf } from "./ports.ts";
import { variablesOf } from "./variables.ts";

/** Reads one entry of `services`; `undefined` where it is no map, or taken away by `!reset`. `text` is the document's; `resets`: it has a `!reset` somewhere. */
export function serviceOf(
  text: string,
  services: YamlNode,
  entry: YamlEntry,
  path: string,
  resets: boolean,
  descriptions: Descriptions,
): ComposeService | undefined {
  const own = entry.value;
  if (own.type !== "map" || own.tag === "!reset") return undefined;
  const extended = extend(services, own, path, resets);
  const { map } = extended;
  const build = buildOf(text, map);
  const imageUse = imageUseOf(text, getPath(map, "image"), {
    role: "service",
    owner: entry.key,
    built: build !== undefined,
    dialect: "compose",
    descriptions,
  });
  let once: Once<ComposeService> | undefined;
  const service: ComposeService = {
    name: entry.key,
    get once() {
      return (once ??= onceFor(service));
    },
    keySpan: entry.keySpan,
    map: own,
    get: (...keys) => present(getPath(map, ...keys)),
    entry: (...keys) => entryAt(map, ...keys),
    open: extended.open,
    base: extended.base,
    image: imageUse?.reference,
    imageUse,
    build,
    environment: layered(
      extended,
      "environment",
      (node) => variablesOf(text, node),
      ({ name }) => name,
    ),
    ports: itemsOf(getPath(map, "ports")).flatMap((item) => portOf(item) ?? []),
    mounts: mountsOf(extended),
    dependsOn: layered(extended, "depends_on", dependenciesOf, ({ service }) => service),
    profiles: itemsOf(getPath(map, "profiles")).flatMap((item) => scalarText(item) ?? []),
  };
  return service;
}

/** A null is a key that somebody has not finished. */
function present(node: YamlNode | undefined): YamlNode | undefined {
  return isNull(node) ? undefined : node;
}

function buildOf(text: string, map: YamlMap): ComposeService["build"] {
  const entry = map.get("build");
  const node = entry?.value;
  if (entry === undefined || node === undefined || isNull(node) || node.type === "seq") return undefined;
  if (node.type === "scalar") {
    return {
      context: known(node),
      dockerfile: undefined,
      target: undefined,
      span: insideQuotes(text, node),
    };
  }
  const context = getPath(node, "context");
  return {
    // The folder of the file, where only an inline Dockerfile or further keys are given.
    context: isNull(context) ? "." : known(context),
    dockerfile: known(getPath(node, "dockerfile")),
    target: known(getPath(node, "target")),
    span: entry.keySpan,
  };
}

function known(node: YamlNode | undefined): string | undefined {
  return isUnknown(node) ? undefined : scalarText(node);
}

/** What a key holds in the service and those it extends, put together by name: the nearest wins. */
function layered<T>(
  { chain }: Extended,
  key: string,
  read: (node: YamlNode | undefined) => readonly T[],
  nameOf: (item: T) => string,
): readonly T[] {
  const found = new Map<string, T>();
  for (const map of [...chain].reverse()) {
    const node = getPath(map, key);
    if (node?.tag === "!reset" || node?.tag === "!override") found.clear();
    if (node?.tag === "!reset") continue;
    for (const item of read(node)) found.set(nameOf(item), item);
  }
  return [...found.values()];
}

/** Of two mounts on one target the later one holds; those without a known target all do. */
function mountsOf(extended: Extended): readonly ComposeMount[] {
  const mounts = itemsOf(getPath(extended.map, "volumes")).flatMap((item) => mountOf(item) ?? []);
  if (extended.chain.length === 1) return mounts;
  return mounts.filter(
    ({ target }, index) => target === undefined || !mounts.slice(index + 1).some((later) => later.target === target),
  );
}

function dependenciesOf(node: YamlNode | undefined): ComposeService["dependsOn"] {
  if (node?.type === "seq") {
    return node.items.flatMap((item) => {
      const service = scalarText(item);
      return service === undefined ? [] : [{ service, condition: undefined, span: item.span, node: item }];
    });
  }
  return entriesOf(node).map(({ key, keySpan, value }) => ({
    service: key,
    condition: scalarText(getPath(value, "condition")),
    span: keySpan,
    node: value,
  }));
}
