import { folderOf, joinPath } from "../text/path.ts";
import { shift, type Span } from "../text/span.ts";
import type { FileFacts } from "./facts.ts";
import type { Kustomizations } from "./kustomizations.ts";
import type { ManifestFacts, ObjectFacts } from "./manifest-facts.ts";
import { type IndexKeys, indexKeys } from "./manifest-index.ts";
import { namespaceOf, type Overlaid, overlaidOn } from "./manifest-scopes.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

/**
 * An object and its place, with what its kustomizations make of it: their namespace and labels, the number of replicas they set, and `partial` where they
 * take its file for patches.
 */
export interface PlacedObject extends ObjectFacts {
  /** As in `WorkspaceView.path`. */
  readonly path: string;
  /** Of its name, in that whole file; of its `kind` where it has no name. */
  readonly span: Span;
  /** Of its labels, of a workload those of its pods; as `span` where there are none. */
  readonly labelsSpan: Span;
  /** Every name that others may call it by: its own, with the prefixes and suffixes of kustomizations, and of a Namespace the one that they set. */
  readonly names: readonly string[];
  /** What an index finds it by. */
  readonly found: IndexKeys;
}

/** A workload or a bare Pod. */
export interface PlacedWorkload extends PlacedObject {
  readonly workload: WorkloadFacts;
}

const none: readonly PlacedObject[] = [];

/** The objects of one document, and what they were made of. */
export interface PlacedDocument {
  readonly facts: ManifestFacts;
  readonly objects: readonly PlacedObject[];
}

/** Documents that were placed before, by their files; each stays as it is where the same facts stand, as long as the kustomizations do. */
export type PlacedDocuments = Map<string, readonly PlacedDocument[]>;

/** The objects of a file as they stand in the workspace, and the Secrets that operators make of them. */
export function placedObjects(
  path: string,
  files: ReadonlyMap<string, FileFacts>,
  kustomizations: Kustomizations,
  onPlace: (path: string) => void,
  placed: PlacedDocuments,
): readonly PlacedObject[] {
  const documents = files.get(path)?.kubernetes?.documents ?? [];
  if (documents.length === 0) return none;
  let around: { readonly overlaid: Overlaid; readonly patch: boolean } | undefined;
  const before = placed.get(path) ?? [];
  const now = documents.map((facts, document): PlacedDocument => {
    const known = before[document];
    if (known?.facts === facts) return known;
    around ??= { overlaid: overlaidOn(path, kustomizations), patch: kustomizations.isPatch(path) };
    return { facts, objects: placedDocument(facts, { path, document, files, onPlace, ...around }) };
  });
  placed.set(path, now);
  return now.flatMap(({ objects }) => objects);
}

function placedDocument(
  { objects, kustomization }: ManifestFacts,
  about: {
    readonly path: string;
    readonly document: number;
    readonly files: ReadonlyMap<string, FileFacts>;
    readonly onPlace: (path: string) => void;
    readonly overlaid: Overlaid;
    readonly patch: boolean;
  },
): readonly PlacedObject[] {
  const { path, document, files, onPlace, overlaid, patch } = about;
  return objects.flatMap((facts, index) => {
    const placeOf = (what: "name" | "labels"): Span => {
      onPlace(path);
      const places = files.get(path)?.kubernetesPlaces;
      const span = places?.documents[document]?.objects[index]?.[what] ?? { start: 0, end: 0 };
      return shift(span, places?.bases[document] ?? 0);
    };
    const environments = kustomization?.environments[index] ?? [];
    const keys = facts.keys === undefined ? undefined : withEnvironments(facts.keys, environments, path, files);
    const one = placedObject(facts, { path, placeOf, overlaid, patch, keys });
    const made = (facts.secrets ?? []).map((name) => ({
      ...placedObject(
        {
          group: "",
          version: "v1",
          kind: "Secret",
          name,
          namespace: facts.namespace,
          labels: {},
          partial: false,
          operated: false,
        },
        { path, placeOf, overlaid, patch: false, keys: undefined },
      ),
    }));
    return made.length === 0 ? [one] : [one, ...made];
  });
}

function placedObject(
  facts: ObjectFacts,
  about: {
    readonly path: string;
    readonly placeOf: (what: "name" | "labels") => Span;
    readonly overlaid: Overlaid;
    readonly patch: boolean;
    readonly keys: readonly string[] | undefined;
  },
): PlacedObject {
  const { path, placeOf, overlaid, patch } = about;
  const { keys: _keys, workload, ...rest } = facts;
  const { name } = facts;
  const names = name === undefined ? [] : overlaid.names.map(({ prefix, suffix }) => `${prefix}${name}${suffix}`);
  // Whatever a Namespace is called, Kustomize names it after the namespace that it sets.
  if (facts.kind === "Namespace" && facts.group === "") {
    names.push(...overlaid.namespaces.filter((one) => !names.includes(one)));
  }
  const pods = workload === undefined ? undefined : overlaidWorkload(workload, name, overlaid);
  return {
    ...rest,
    ...(about.keys === undefined ? {} : { keys: about.keys }),
    ...(pods === undefined ? {} : { workload: pods }),
    found: indexKeys(facts, names, pods),
    namespace: namespaceOf(facts, overlaid),
    partial: facts.partial || patch,
    path,
    names,
    get span() {
      return placeOf("name");
    },
    get labelsSpan() {
      return placeOf("labels");
    },
  };
}

function overlaidWorkload(workload: WorkloadFacts, name: string | undefined, overlaid: Overlaid): WorkloadFacts {
  const replicas = name === undefined ? undefined : overlaid.replicas.get(name);
  const more = Object.keys(overlaid.labels).length > 0;
  if (replicas === undefined && !more) return workload;
  return {
    ...workload,
    ...(replicas === undefined ? {} : { replicas }),
    labels: { ...workload.labels, ...overlaid.labels },
    open: workload.open || overlaid.contradicting,
  };
}

/** The keys of a generated object with those that files of variables add; `undefined` where such a file was not read. */
function withEnvironments(
  keys: readonly string[],
  environments: readonly string[],
  path: string,
  files: ReadonlyMap<string, FileFacts>,
): readonly string[] | undefined {
  const all = [...keys];
  for (const written of environments) {
    const environment = files.get(joinPath(folderOf(path), written))?.beside?.environment;
    if (environment === undefined) return undefined;
    all.push(...environment.map(([name]) => name));
  }
  return all;
}
