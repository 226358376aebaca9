import { folderOf, joinPath, nameOf } from "../text/path.ts";
import { type ComposeProject, composeProject } from "./compose-project.ts";
import {
  type ComposeIndex,
  familyName,
  mainNames,
  overrideNames,
  type PlacedService,
  referred,
} from "./compose-relations.ts";
import type { ComposeFacts, FileFacts } from "./facts.ts";
import type { AskedFile } from "./workspace.ts";

/** The Compose files of a workspace and how they belong together, as they are at one time. */
export interface ComposeFiles extends ComposeIndex {
  project(path: string): ComposeProject;
  /** Compose files whose answers depend on a file that is none of ours, or is not there. */
  askers(path: string): readonly string[];
}

/** Lazy: a workspace without questions pays nothing. */
export function composeFilesOf(files: ReadonlyMap<string, FileFacts>): ComposeFiles {
  let families: ReadonlyMap<string, readonly string[]> | undefined;
  let referrers: ReadonlyMap<string, readonly string[]> | undefined;
  let askers: ReadonlyMap<string, readonly string[]> | undefined;
  const projects = new Map<string, ComposeProject>();
  const grouped = (keysOf: (path: string, compose: ComposeFacts) => readonly string[]) => {
    const groups = new Map<string, string[]>();
    for (const { path, compose } of files.values()) {
      if (compose === undefined) continue;
      for (const key of keysOf(path, compose)) {
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [path]);
        else group.push(path);
      }
    }
    return groups;
  };
  const services = new Map<string, ReadonlyMap<string, PlacedService>>();
  const servicesOf = (path: string): ReadonlyMap<string, PlacedService> => {
    const known = services.get(path);
    if (known !== undefined) return known;
    const { compose, composePlaces } = files.get(path) ?? {};
    const found = (compose?.services ?? []).map(
      (service, index) => [service.name, { service, places: composePlaces?.services[index] ?? [] }] as const,
    );
    const byName = new Map(found);
    services.set(path, byName);
    return byName;
  };
  const index: ComposeIndex = {
    facts: (path) => files.get(path),
    service: (path, name) => servicesOf(path).get(name),
    family(folder) {
      families ??= grouped((path) => (familyName(path) === undefined ? [] : [folderOf(path)]));
      return families.get(folder) ?? [];
    },
    referrers(path) {
      referrers ??= grouped((_path, compose) => referred(compose));
      return referrers.get(path) ?? [];
    },
  };
  return {
    ...index,
    project(path) {
      const known = projects.get(path);
      if (known !== undefined) return known;
      const project = composeProject(path, index);
      projects.set(path, project);
      return project;
    },
    askers(path) {
      askers ??= grouped((_path, { asks, services }) => [
        ...asks.environment,
        ...asks.names,
        ...services.flatMap(({ build }) => build?.dockerfile ?? []),
      ]);
      return askers.get(path) ?? [];
    },
  };
}

/** Whether a file of this name belongs to the project of its folder: `compose.yaml`, its override, and variants such as `compose.prod.yaml`. */
export function isProjectName(name: string): boolean {
  return familyName(name) !== undefined;
}

/** What a Compose file names, and the files beside it that Compose reads by itself. */
export function askedByCompose({ path }: FileFacts, compose: ComposeFacts): readonly AskedFile[] {
  const folder = folderOf(path);
  const found = new Map<string, AskedFile["as"]>();
  const add = (as: AskedFile["as"], paths: readonly string[]): void => {
    for (const other of paths) if (other !== path && !found.has(other)) found.set(other, as);
  };
  add("compose", referred(compose));
  if (isProjectName(nameOf(path))) {
    add(
      "compose",
      [...mainNames, ...overrideNames].map((name) => joinPath(folder, name)),
    );
  }
  add(
    "dockerfile",
    compose.services.flatMap(({ build }) => build?.dockerfile ?? []),
  );
  add("beside", compose.asks.environment);
  add("named", compose.asks.names);
  return [...found].map(([other, as]) => ({ path: other, as }));
}
