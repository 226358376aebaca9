import { type Descriptions, noDescriptions } from "../image/description.ts";
import type { ImageUse } from "../image/reference.ts";
import { imageUseOf } from "../image/use.ts";
import type { YamlDocument, YamlEntry, YamlMap } from "../yaml/node.ts";
import { entriesOf, getPath, isNull } from "../yaml/path.ts";
import { type Once, onceFor } from "../once.ts";
import { type ComposeDialect, dialectOf, roleOf } from "./dialect.ts";
import { type InterpolatedScalar, interpolatedScalars } from "./interpolation.ts";
import { type KeyProblem, keyProblems } from "./keys.ts";
import type { ComposeModel, ComposeService } from "./model.ts";
import { serviceOf } from "./service.ts";

/** Reads a Compose file. Values of a wrong type are left out; what is wrong with the YAML is in `problems`. `path` is the file's; `dialect` is told by it and by the keys where nobody says; `descriptions`: what registries said of images. */
export function parseCompose(
  document: YamlDocument,
  path: string,
  dialect?: ComposeDialect,
  descriptions: Descriptions = noDescriptions,
): ComposeModel {
  const root = document.root?.type === "map" ? document.root : emptyMap;
  const node = getPath(root, "services");
  const resets = document.text.includes("!reset");
  const services =
    node === undefined
      ? []
      : entriesOf(node)
          // Extensions hold pieces that others merge.
          .filter(({ key }) => !key.startsWith("x-"))
          .flatMap((entry) => serviceOf(document.text, node, entry, path, resets, descriptions) ?? []);
  const byName = new Map(services.map((service) => [service.name, service]));
  const read = dialect ?? dialectOf(root, path);
  const role = roleOf(path);
  let interpolated: readonly InterpolatedScalar[] | undefined;
  let misfits: readonly KeyProblem[] | undefined;
  let once: Once<ComposeModel> | undefined;
  const model: ComposeModel = {
    document,
    root,
    problems: document.problems,
    dialect: read,
    role,
    services,
    volumes: partsOf(root, "volumes"),
    networks: partsOf(root, "networks"),
    secrets: partsOf(root, "secrets"),
    configs: partsOf(root, "configs"),
    includes: !isNull(getPath(root, "include")),
    images: imagesOf(document.text, services, descriptions),
    descriptions,
    get interpolated() {
      return (interpolated ??= interpolatedScalars(document, root, read));
    },
    get keyProblems() {
      return (misfits ??= keyProblems({ document, dialect: read, role }));
    },
    service: (name) => byName.get(name),
    get once() {
      return (once ??= onceFor(model));
    },
  };
  return model;
}

const emptyMap: YamlMap = {
  type: "map",
  span: { start: 0, end: 0 },
  flow: false,
  entries: [],
  get: () => undefined,
};

function partsOf(root: YamlMap, key: string): ReadonlyMap<string, YamlEntry> {
  return new Map(entriesOf(getPath(root, key)).map((entry) => [entry.key, entry]));
}

/** Each written image once: a service that extends another one, or merges an anchor, names the same text again. */
function imagesOf(text: string, services: readonly ComposeService[], descriptions: Descriptions): readonly ImageUse[] {
  const found = new Map<number, ImageUse>();
  for (const service of services) {
    if (service.imageUse !== undefined) keep(found, service.imageUse);
    for (const mount of service.mounts) {
      if (mount.type !== "image") continue;
      const use = { role: "volume", owner: service.name, built: false, dialect: "compose", descriptions } as const;
      const volume = imageUseOf(text, getPath(mount.node, "source"), use);
      if (volume !== undefined) keep(found, volume);
    }
  }
  return [...found.values()];
}

/** A place that one service pulls from and another builds is one that is pulled from. */
function keep(found: Map<number, ImageUse>, use: ImageUse): void {
  const known = found.get(use.span.start);
  if (known === undefined || (known.built && !use.built)) found.set(use.span.start, use);
}
