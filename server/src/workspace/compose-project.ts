import type { Span } from "../text/span.ts";
import {
  type ComposeIndex,
  deepest,
  filesBelow,
  isComplete,
  isPart,
  type Partner,
  partnersOf,
  relatedTo,
} from "./compose-relations.ts";
import { isList, isRecord, valueAt } from "./compose-values.ts";
import type { ComposeFacts, ComposePart, ComposeServiceFacts, ComposeValue } from "./facts.ts";

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

/** The project of a file. Nothing is looked at before it is asked for. */
export function composeProject(path: string, index: ComposeIndex): ComposeProject {
  let partners: readonly Partner[] | undefined;
  let related: readonly string[] | undefined;
  let complete: boolean | undefined;
  let below: readonly ComposeFileAt[] | undefined;
  const baseOf = (name: string): ComposeServiceFacts["base"] => index.service(path, name)?.service.base;
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
      const base = baseOf(name);
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
      const base = baseOf(name);
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
  const found = index.service(file, service)?.service;
  if (found === undefined) return { missing: "service", path: file };
  if (found.open) {
    const next = found.base === undefined ? undefined : baseAt(found.base, index, depth + 1);
    if (next === undefined || "missing" in next) return next;
  }
  return placeOf(file, "services", service, index);
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
  const placed = index.service(path, name);
  const here = `${path}\n${name}`;
  if (placed === undefined || seen.includes(here) || seen.length > deepest) return [];
  const { service, places } = placed;
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
