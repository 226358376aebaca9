import { roleOf } from "../languages/compose/dialect.ts";
import { folderOf, nameOf } from "../text/path.ts";
import { isRecord } from "./compose-values.ts";
import type { ComposeFacts, ComposeServiceFacts, FileFacts } from "./facts.ts";

/** A service and where its parts stand. */
export interface PlacedService {
  readonly service: ComposeServiceFacts;
  readonly places: readonly number[];
}

/** The facts of files by path, with what refers to what. */
export interface ComposeIndex {
  facts(path: string): FileFacts | undefined;
  /** A service of a file, with its places: see `ComposePlaces.services`. */
  service(path: string, name: string): PlacedService | undefined;
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
export const deepest = 32;

/** A file that is merged with another one, surely or perhaps. */
export interface Partner {
  readonly path: string;
  readonly certain: boolean;
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

/** The files that are merged with this one, service by service. */
export function partnersOf(path: string, index: ComposeIndex): readonly Partner[] {
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
export function relatedTo(path: string, partners: readonly Partner[], index: ComposeIndex): readonly string[] {
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

/** The files whose services start together with this one's and come before it: what it includes, what it surely overrides, and what that includes. */
export function filesBelow(path: string, index: ComposeIndex): readonly string[] {
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

/** Whether the file, and all that it includes and extends, is known. `seen` holds the files that were looked at already. */
export function isComplete(path: string, index: ComposeIndex, seen: Set<string>): boolean {
  if (seen.has(path)) return true;
  seen.add(path);
  const compose = index.facts(path)?.compose;
  if (compose === undefined || compose.remote) return false;
  return referred(compose).every((other) => isComplete(other, index, seen));
}

/** Whether something that is not known must be read together with this file. */
export function isPart(path: string, index: ComposeIndex): boolean {
  const layered = layersOf(path, index).some(({ path: layer }) => familyName(layer) === "main");
  if (familyName(path) === "override") return !layered;
  return !layered && (index.facts(path)?.compose?.services.some(isPartial) ?? false);
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
  return (index.facts(path)?.compose?.services ?? []).some((service) => {
    const other = isPartial(service) ? index.service(main, service.name) : undefined;
    return other !== undefined && !isPartial(other.service);
  });
}

/** Without image, build, base or provider: something else must say what runs. */
function isPartial({ value, base, open }: ComposeServiceFacts): boolean {
  return (
    base === undefined && !open && isRecord(value) && ["image", "build", "provider"].every((key) => !(key in value))
  );
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
