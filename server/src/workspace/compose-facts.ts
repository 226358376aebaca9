import { roleOf } from "../languages/compose/dialect.ts";
import type { ComposeModel, ComposeService } from "../languages/compose/model.ts";
import { oneOrMany } from "../languages/compose/short-syntax.ts";
import { entriesOf, getPath, isNull, isUnknown, isUnknownText, itemsOf, scalarText } from "../languages/yaml/path.ts";
import type { YamlNode } from "../languages/yaml/node.ts";
import { folderOf, joinPath, nameOf, writtenPath } from "../text/path.ts";
import { shift, type Span } from "../text/span.ts";
import { familyName } from "./compose-relations.ts";
import { type FlatValue, flattener } from "./compose-values.ts";
import type { ComposeFacts, ComposeInclude, ComposePart, ComposePlaces, ComposeServiceFacts } from "./facts.ts";

/** A document of a Compose file; `base` is where it starts in the file. */
interface Unit {
  readonly base: number;
  readonly model: ComposeModel;
}

/** What a Compose file tells the others, and where it says so. Linear in the size of the file. */
export function composeFacts(
  units: readonly Unit[],
  path: string,
): { readonly compose: ComposeFacts; readonly composePlaces: ComposePlaces } {
  const folder = folderOf(path);
  const flatten = flattener();
  const services = units.flatMap(({ base, model }) =>
    model.services.map((service) => {
      const flat = flatten(service.get(), base);
      return { facts: serviceFacts(service, path, flat), places: flat.places };
    }),
  );
  const declared = {
    services: units.flatMap(({ base, model }) =>
      model.services.map(({ name, keySpan }) => ({ name, at: shift(keySpan, base) })),
    ),
    networks: declaredIn(units, "networks"),
    volumes: declaredIn(units, "volumes"),
    secrets: declaredIn(units, "secrets"),
    configs: declaredIn(units, "configs"),
    models: declaredIn(units, "models"),
  };
  const includes = units.flatMap(({ model }) => includesOf(model, folder));
  return {
    compose: {
      services: services.map(({ facts }) => facts),
      declared: eachPart(declared, ({ name }) => name),
      includes: includes.flatMap((include) => include ?? []),
      remote: includes.includes(undefined),
      asks: asksOf(units, folder),
    },
    composePlaces: {
      declared: eachPart(declared, ({ at }) => at),
      services: services.map(({ places }) => places),
    },
  };
}

interface Declared {
  readonly name: string;
  readonly at: Span;
}

function eachPart<T>(
  declared: Readonly<Record<ComposePart, readonly Declared[]>>,
  read: (one: Declared) => T,
): Readonly<Record<ComposePart, readonly T[]>> {
  return {
    services: declared.services.map(read),
    networks: declared.networks.map(read),
    volumes: declared.volumes.map(read),
    secrets: declared.secrets.map(read),
    configs: declared.configs.map(read),
    models: declared.models.map(read),
  };
}

function declaredIn(units: readonly Unit[], part: ComposePart): readonly Declared[] {
  return units.flatMap(({ base, model }) =>
    entriesOf(getPath(model.root, part)).map(({ key, keySpan }) => ({ name: key, at: shift(keySpan, base) })),
  );
}

function serviceFacts(service: ComposeService, path: string, { value, tags }: FlatValue): ComposeServiceFacts {
  const { base } = service;
  const folder = folderOf(path);
  return {
    name: service.name,
    image: service.image?.text,
    healthcheck: hasHealthcheck(service),
    build: buildFacts(service, path),
    value,
    tags,
    base: base === undefined ? undefined : { file: fileOf(folder, base.file), service: base.service },
    open: service.open,
  };
}

function hasHealthcheck(service: ComposeService): boolean {
  const test = service.get("healthcheck", "test");
  if (isNull(test)) return false;
  const [first] = oneOrMany(test);
  return !(first?.type === "scalar" && first.text.toUpperCase() === "NONE") && !isDisabled(service);
}

function isDisabled(service: ComposeService): boolean {
  const disable = service.get("healthcheck", "disable");
  return disable?.type === "scalar" && disable.value === true;
}

/**
 * What a service builds, `path` being that of its file; `undefined` as well where the context is a repository, is not known or left to another layer
 * of the file, or the Dockerfile stands in the Compose file itself.
 */
export function buildFacts(service: ComposeService, path: string): ComposeServiceFacts["build"] {
  const { build } = service;
  if (build?.context === undefined || isRemote(build.context) || /^service:/i.test(build.context)) return undefined;
  if (service.get("build", "dockerfile_inline") !== undefined) return undefined;
  // A Dockerfile that is named, though not in a way that can be known.
  if (build.dockerfile === undefined && service.get("build", "dockerfile") !== undefined) return undefined;
  // An override that adds to `build` says nothing of where that is.
  const written = service.get("build");
  if (written?.type === "map" && written.get("context") === undefined && isLayer(path)) return undefined;
  const context = writtenPath(folderOf(path), build.context);
  return {
    context,
    dockerfile: writtenPath(context, build.dockerfile ?? "Dockerfile"),
    target: build.target,
  };
}

/** Whether the file is made to be read on top of another one. */
function isLayer(path: string): boolean {
  return roleOf(path) === "override" || (familyName(path) ?? "main") !== "main";
}

/** A repository, an image or another thing of the network. */
function isRemote(path: string): boolean {
  return /^(?:[a-z][a-z0-9+.-]+:(?:\/\/|[^\\/])|git@|github\.com\/)/i.test(path);
}

/** The path of a file that is named in a Compose file of a folder; `undefined` where that is not known, or it is none of this machine's project. */
export function fileOf(folder: string, written: string): string | undefined {
  return written === "" || written.startsWith("~") || isUnknownText(written) || isRemote(written)
    ? undefined
    : writtenPath(folder, written);
}

/** The entries of `include`; `undefined` stands for one that cannot be read. */
function includesOf(model: ComposeModel, folder: string): readonly (ComposeInclude | undefined)[] {
  const include = getPath(model.root, "include");
  if (isNull(include)) return [];
  if (include?.type !== "seq") return [undefined];
  return include.items.map((item) => {
    const written = item.type === "map" ? item.get("path")?.value : item;
    const paths = pathsOf(written, folder);
    const environment = pathsOf(getPath(item, "env_file"), folder).flatMap((path) => path ?? []);
    return paths.length === 0 || paths.includes(undefined)
      ? undefined
      : { paths: paths.flatMap((path) => path ?? []), environment };
  });
}

/** A path or a list of them. */
function pathsOf(node: YamlNode | undefined, folder: string): readonly (string | undefined)[] {
  const items = isNull(node) ? [] : oneOrMany(node);
  return items.map((item) => {
    const written = scalarText(item);
    return written === undefined ? undefined : fileOf(folder, written);
  });
}

function asksOf(units: readonly Unit[], folder: string): ComposeFacts["asks"] {
  const environment = new Set([joinPath(folder, ".env")]);
  const names = new Set([joinPath(folder, ".gitignore")]);
  const add = (to: Set<string>, node: YamlNode | undefined): void => {
    const written = scalarText(node);
    const path = written === undefined || isUnknown(node) ? undefined : fileOf(folder, written);
    if (path !== undefined) to.add(path);
  };
  for (const { model } of units) {
    for (const service of model.services) {
      const files = service.get("env_file");
      for (const item of oneOrMany(files)) {
        add(environment, item?.type === "map" ? item.get("path")?.value : item);
      }
      for (const { type, source, known } of service.mounts) {
        if (type !== "bind" || !known || source === undefined || !/\.\w+$/.test(nameOf(source))) continue;
        const path = fileOf(folder, source);
        if (path !== undefined) names.add(path);
      }
    }
    for (const part of [model.secrets, model.configs]) {
      for (const { value } of part.values()) add(names, getPath(value, "file"));
    }
    for (const item of itemsOf(getPath(model.root, "include"))) {
      const files = getPath(item, "env_file");
      for (const file of oneOrMany(files)) add(environment, file);
    }
  }
  return { environment: [...environment], names: [...names].filter((path) => !environment.has(path)) };
}
