import { roleOf } from "../languages/compose/dialect.ts";
import { folderOf, nameOf } from "../text/path.ts";
import type { Span } from "../text/span.ts";
import { isList, isRecord, valueAt } from "./compose-values.ts";
import type { ComposeFacts, ComposePart, ComposeServiceFacts, ComposeValue, FileFacts } from "./facts.ts";

/** The Compose files that are one application with the one asked for: what Compose reads by itself, and what may be given to it as well. */
export interface ComposeProject {
  /**
   * What another file of the project declares: one that this file includes, or that is read together with it, or may be. The most certain place first.
   */
  declared(part: ComposePart, name: string): ComposePlace | undefined;
  /** Every include and base of this file could be read, and it shows no sign of being a part of something else, so what is not found is not there. */
  readonly complete: boolean;
  /**
   * What the other files set at a path of a service: those that are merged with this file (main and override, a variant such as `compose.prod.yaml` and
   * the main file beside it, the files of one include), and the base that the service extends in another file. A list of `NAME=value` is read like a map.
   */
  elsewhere(service: string, ...path: readonly string[]): readonly ComposeValueAt[];
  /** Whether a service of another file of the project uses what is declared under this name. */
  uses(part: Exclude<ComposePart, "services">, name: string): boolean;
  /** The other files whose services start together with this file's, and that come before this one: what an override is on top of, what it includes. */
  readonly below: readonly ComposeFileAt[];
  /**
   * What a service extends in another file, once all that this extends in turn is known too; `missing` where some of it is certainly not there, `undefined`
   * where the service extends nothing elsewhere, or that is not known.
   */
  base(service: string): ComposePlace | { readonly missing: "file" | "service"; readonly path: string } | undefined;
}

/** A place in another Compose file; `path` as in `WorkspaceView.path`, offsets in the whole file. */
export interface ComposePlace {
  readonly path: string;
  readonly span: Span;
}

/** A value of another file with its place. */
export interface ComposeValueAt extends ComposePlace {
  readonly value: ComposeValue;
  /** `!reset` or `!override`, or another one. */
  readonly tag: string | undefined;
  /** The two files are surely read together; else they may be. */
  readonly certain: boolean;
}

/** Another file of the project and what its services are. */
export interface ComposeFileAt {
  readonly path: string;
  /** Their names. */
  readonly services: readonly string[];
  /** What that file itself, or the bases of the service, says at a path of a service. */
  value(service: string, ...path: readonly string[]): ComposeValueAt | undefined;
}

/** The facts of files by path, with what refers to what. */
export interface ComposeIndex {
  facts(path: string): FileFacts | undefined;
  /** Files of one project by their names, in a folder. */
  family(folder: string): readonly string[];
  /** Files that include or extend this one. */
  referrers(path: string): readonly string[];
}

/** `main`: read when nobody says which; `override`: on top of it; `variant`: `compose.prod.yaml` and the like, read when somebody says so. */
type FamilyName = "main" | "override" | "variant";

/** What a file's name says of its part in the project of its folder; `undefined` for the name of no such file. */
export function familyName(path: string): FamilyName | undefined {
  const match = /^(?:docker-)?compose(?:([._-])(.+))?\.ya?ml$/i.exec(nameOf(path));
  if (match === null) return undefined;
  if (match[2] === undefined) return "main";
  return match[1] === "." && match[2].toLowerCase() === "override" ? "override" : "variant";
}

/** The names that Compose looks for by itself; of several the first one counts. Source: `cli.DefaultFileNames` of compose-go. */
export const mainNames: readonly string[] = [
  "compose.yaml",
  "compose.yml",
  "docker-compose.yml",
  "docker-compose.yaml",
];

/** What Compose reads on top of the main file, whichever of its names that has. Source: `cli.DefaultOverrideFileNames` of compose-go. */
export const overrideNames: readonly string[] = [
  "compose.override.yml",
  "compose.override.yaml",
  "docker-compose.override.yml",
  "docker-compose.override.yaml",
];

/** Files that include each other deeper than that are no longer followed. */
const deepest = 32;

interface Partner {
  readonly path: string;
  readonly certain: boolean;
}

export function composeProject(path: string, index: ComposeIndex): ComposeProject {
  let partners: readonly Partner[] | undefined;
  let related: readonly string[] | undefined;
  let complete: boolean | undefined;
  let below: readonly ComposeFileAt[] | undefined;
  const own = (): ComposeFacts | undefined => index.facts(path)?.compose;
  const mergedWith = (): readonly Partner[] => (partners ??= partnersOf(path, index));
  const others = (): readonly string[] => (related ??= relatedTo(path, mergedWith(), index));
  return {
    declared(part, name) {
      for (const other of others()) {
        const found = placeOf(other, part, name, index);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    get complete() {
      return (complete ??= isComplete(path, index, new Set()) && !isPart(path, index));
    },
    elsewhere(name, ...keys) {
      const found = mergedWith().flatMap(({ path: other, certain }) =>
        valuesIn(other, name, keys, index, []).map((value) => ({ ...value, certain: certain && value.certain })),
      );
      const base = serviceIn(own(), name)?.base;
      if (base?.file === undefined) return found;
      return [...found, ...valuesIn(base.file, base.service, keys, index, [`${path}\n${name}`])];
    },
    uses: (part, name) => others().some((other) => usesIn(index.facts(other)?.compose, part, name)),
    get below() {
      return (below ??= filesBelow(path, index).flatMap((other) => {
        const services = index.facts(other)?.compose?.declared.services;
        const value: ComposeFileAt["value"] = (name, ...keys) => valuesIn(other, name, keys, index, [])[0];
        return services === undefined ? [] : [{ path: other, services, value }];
      }));
    },
    base(name) {
      const base = serviceIn(own(), name)?.base;
      return base === undefined ? undefined : baseAt(base, index, 0);
    },
  };
}

/** The place of a base, if it and all that it extends in turn are known. */
function baseAt(
  { file, service }: NonNullable<ComposeServiceFacts["base"]>,
  index: ComposeIndex,
  depth: number,
): ReturnType<ComposeProject["base"]> {
  const facts = file === undefined ? undefined : index.facts(file);
  if (file === undefined || facts === undefined || depth > deepest) return undefined;
  if (facts.beside?.present === false) return { missing: "file", path: file };
  if (facts.compose === undefined) return undefined;
  const found = serviceIn(facts.compose, service);
  if (found === undefined) return { missing: "service", path: file };
  if (found.open) {
    const next = found.base === undefined ? undefined : baseAt(found.base, index, depth + 1);
    if (next === undefined || "missing" in next) return next;
  }
  return placeOf(file, "services", service, index);
}

/** All files whose answers may depend on what this one says, itself left out. */
export function connectedTo(path: string, index: ComposeIndex): readonly string[] {
  const seen = new Set([path]);
  for (const at of seen) {
    const facts = index.facts(at)?.compose;
    const family = familyName(at) === undefined ? [] : index.family(folderOf(at));
    for (const other of [...family, ...index.referrers(at), ...(facts === undefined ? [] : referred(facts))]) {
      seen.add(other);
    }
  }
  seen.delete(path);
  return [...seen];
}

/** The Compose files that a file names. */
export function referred({ includes, services }: ComposeFacts): readonly string[] {
  const paths = [...includes.flatMap((include) => include.paths), ...services.flatMap(({ base }) => base?.file ?? [])];
  return paths.length === 0 ? paths : [...new Set(paths)];
}

/** The file that Compose takes where nobody says which. */
function mainOf(folder: string, index: ComposeIndex): string | undefined {
  return index
    .family(folder)
    .filter((path) => familyName(path) === "main")
    .sort((a, b) => rankOf(a) - rankOf(b))[0];
}

function rankOf(path: string): number {
  const at = mainNames.indexOf(nameOf(path));
  return at < 0 ? mainNames.length : at;
}

/** The files of the folder that are, or may be, read together with this one as layers of one file. */
function layersOf(path: string, index: ComposeIndex): readonly Partner[] {
  const name = familyName(path);
  if (name === undefined) return [];
  const folder = folderOf(path);
  const family = index.family(folder).filter((other) => other !== path);
  if (family.length === 0) return [];
  const main = mainOf(folder, index);
  if (name === "main") {
    return family.flatMap((other): readonly Partner[] => {
      const kind = familyName(other);
      if (kind === "override") return main === path ? [{ path: other, certain: true }] : [];
      return kind === "variant" && roleOf(other) === "main"
        ? [{ path: other, certain: isLayerOn(other, path, index) }]
        : [];
    });
  }
  if (main === undefined) {
    return name === "variant"
      ? family.filter((other) => familyName(other) === "variant").map((other) => ({ path: other, certain: false }))
      : [];
  }
  return [{ path: main, certain: name === "override" || isLayerOn(path, main, index) }];
}

/** Whether a file cannot do without the other: one of its services has no image of its own, and that of the other file has. */
function isLayerOn(path: string, main: string, index: ComposeIndex): boolean {
  const below = index.facts(main)?.compose;
  return (index.facts(path)?.compose?.services ?? []).some((service) => {
    const other = serviceIn(below, service.name);
    return isPartial(service) && other !== undefined && !isPartial(other);
  });
}

/** Without image, build, base or provider: something else must say what runs. */
function isPartial({ value, base, open }: ComposeServiceFacts): boolean {
  return (
    base === undefined && !open && isRecord(value) && ["image", "build", "provider"].every((key) => !(key in value))
  );
}

/** The files that are merged with this one, service by service. */
function partnersOf(path: string, index: ComposeIndex): readonly Partner[] {
  const found = new Map<string, boolean>();
  const add = ({ path: other, certain }: Partner): void => {
    if (other !== path && index.facts(other)?.compose !== undefined)
      found.set(other, certain || (found.get(other) ?? false));
  };
  for (const layer of layersOf(path, index)) {
    add(layer);
    // An override may set what a service of an included file has.
    if (familyName(path) !== "main")
      for (const included of includedBy(layer.path, index)) add({ ...layer, path: included });
  }
  for (const includer of index.referrers(path)) {
    const groups = index.facts(includer)?.compose?.includes.filter(({ paths }) => paths.includes(path)) ?? [];
    for (const { paths } of groups) for (const other of paths) add({ path: other, certain: true });
    if (groups.length > 0 && familyName(includer) === "main") for (const layer of layersOf(includer, index)) add(layer);
  }
  return [...found].map(([other, certain]) => ({ path: other, certain }));
}

/** The other files whose names this one can use, or that can use its: the nearest first. */
function relatedTo(path: string, partners: readonly Partner[], index: ComposeIndex): readonly string[] {
  const found = new Set(partners.map((partner) => partner.path));
  for (const included of includedBy(path, index)) found.add(included);
  if (familyName(path) !== undefined) for (const other of index.family(folderOf(path))) found.add(other);
  const above = [path, ...partners.map((partner) => partner.path)];
  for (const at of above) {
    for (const includer of index.referrers(at)) {
      if (found.has(includer) || !includes(includer, at, index)) continue;
      found.add(includer);
      above.push(includer);
    }
  }
  for (const at of found) for (const included of includedBy(at, index)) found.add(included);
  found.delete(path);
  return [...found];
}

function includes(includer: string, path: string, index: ComposeIndex): boolean {
  return index.facts(includer)?.compose?.includes.some(({ paths }) => paths.includes(path)) ?? false;
}

/** The files that a file includes, and those that they include; a circle ends. */
function includedBy(path: string, index: ComposeIndex): readonly string[] {
  const found = new Set<string>();
  const visit = (at: string, depth: number): void => {
    for (const { paths } of index.facts(at)?.compose?.includes ?? []) {
      for (const included of paths) {
        if (found.has(included) || depth > deepest) continue;
        found.add(included);
        visit(included, depth + 1);
      }
    }
  };
  visit(path, 0);
  found.delete(path);
  return [...found];
}

function filesBelow(path: string, index: ComposeIndex): readonly string[] {
  const found = new Set(includedBy(path, index));
  if (familyName(path) !== "main") {
    for (const { path: layer, certain } of layersOf(path, index)) {
      if (!certain) continue;
      found.add(layer);
      for (const included of includedBy(layer, index)) found.add(included);
    }
  }
  found.delete(path);
  return [...found];
}

function isComplete(path: string, index: ComposeIndex, seen: Set<string>): boolean {
  if (seen.has(path)) return true;
  seen.add(path);
  const compose = index.facts(path)?.compose;
  if (compose === undefined || compose.remote) return false;
  if (compose.services.some(({ open, base }) => open && base?.file === undefined)) return false;
  return referred(compose).every((other) => isComplete(other, index, seen));
}

/** Whether something that is not known must be read together with this file. */
function isPart(path: string, index: ComposeIndex): boolean {
  const layered = layersOf(path, index).some(({ path: layer }) => familyName(layer) === "main");
  if (familyName(path) === "override") return !layered;
  return !layered && (index.facts(path)?.compose?.services.some(isPartial) ?? false);
}

function serviceIn(compose: ComposeFacts | undefined, name: string): ComposeServiceFacts | undefined {
  return compose?.services.find((service) => service.name === name);
}

function placeOf(path: string, part: ComposePart, name: string, index: ComposeIndex): ComposePlace | undefined {
  const facts = index.facts(path);
  const at = facts?.compose?.declared[part].indexOf(name) ?? -1;
  return at < 0 ? undefined : { path, span: facts?.composePlaces?.declared[part][at] ?? { start: 0, end: 0 } };
}

/** What a service of a file has at a path, or the nearest of the services of other files that it extends. */
function valuesIn(
  path: string,
  name: string,
  keys: readonly string[],
  index: ComposeIndex,
  seen: readonly string[],
): readonly ComposeValueAt[] {
  const facts = index.facts(path);
  const service = serviceIn(facts?.compose, name);
  const here = `${path}\n${name}`;
  if (facts?.compose === undefined || service === undefined || seen.includes(here) || seen.length > deepest) return [];
  const places = facts.composePlaces?.services[facts.compose.services.indexOf(service)] ?? [];
  const found = valueAt({ value: service.value, places, tags: service.tags }, keys);
  if (found !== undefined) return [{ ...found, path, certain: true }];
  const { base } = service;
  return base?.file === undefined ? [] : valuesIn(base.file, base.service, keys, index, [...seen, here]);
}

function usesIn(compose: ComposeFacts | undefined, part: Exclude<ComposePart, "services">, name: string): boolean {
  return (compose?.services ?? []).some(({ value }) => isRecord(value) && namesUsed(value, part).includes(name));
}

/** The names of a part that a service uses. */
function namesUsed(
  service: Readonly<Record<string, ComposeValue>>,
  part: Exclude<ComposePart, "services">,
): readonly string[] {
  const used = service[part];
  const names = isRecord(used) ? Object.keys(used) : [];
  const items = isList(used) ? used : [];
  const build = service["build"];
  const built = part === "secrets" && isRecord(build) && isList(build["secrets"]) ? build["secrets"] : [];
  return [...names, ...[...items, ...built].flatMap((item) => nameUsed(item, part) ?? [])];
}

function nameUsed(item: ComposeValue, part: ComposePart): string | undefined {
  const text = isRecord(item) ? (item["source"] ?? item["src"]) : item;
  if (typeof text !== "string") return undefined;
  return part === "volumes" ? text.split(":")[0] : text;
}
