import type { KustomizationEntry } from "../languages/kustomize/kustomization.ts";
import { clusterScoped } from "../knowledge/cluster-scoped.ts";
import { closestOf } from "../text/closest.ts";
import { folderOf, joinPath } from "../text/path.ts";
import { shift, type Span } from "../text/span.ts";
import type { FileFacts } from "./facts.ts";
import { type Kustomizations, kustomizationsOf } from "./kustomizations.ts";
import { type Nameable, nameableFrom, targetState } from "./manifest-files.ts";
import type { Labels } from "./label-selector.ts";
import type { ObjectFacts } from "./manifest-facts.ts";
import {
  anyNamespace,
  anyWorkload,
  indexed,
  labelKey,
  nameKey,
  type ObjectIndex,
  openWorkload,
  type SelectingKind,
  selectionKeys,
} from "./manifest-index.ts";
import {
  type ManifestScope,
  namespaceOf,
  type Overlaid,
  overlaidOn,
  resultingNamespace,
  scopeOf,
} from "./manifest-scopes.ts";
import type { WorkloadFacts } from "./workload-facts.ts";

/**
 * What a rule may ask of the objects around the manifest it checks. *Siblings* are those that are applied together with it, as far as places tell: all that
 * its kustomization brings together (with the overlays above it and the bases below), else the templates of its chart, else the files of its folder; its own
 * objects are among them. Lists are in the order of the files and must not be changed.
 */
export interface ManifestView {
  /** Siblings of a kind; of any group where none is given. */
  siblings(kind: string, group?: string): readonly PlacedObject[];
  /** Objects of a kind in every known file of the workspace. */
  everywhere(kind: string, group?: string): readonly PlacedObject[];
  /**
   * Siblings that make pods, bare Pods among them. With labels (see `wantedLabels`): those whose pods may have all of them, and so all that a selector which wants
   * them can select. Asking so is cheaper, and the answer is kept while other workloads change.
   */
  workloads(labels?: Labels): readonly PlacedWorkload[];
  /** The same of every known file. */
  allWorkloads(labels?: Labels): readonly PlacedWorkload[];
  /** Services, disruption budgets or policies of every known file that may select pods with these labels; those that want other ones are left out. */
  selecting(kind: SelectingKind, labels: Labels, group?: string): readonly PlacedObject[];
  /** An object by its name: a sibling, else one of elsewhere. Whole objects come before patches. */
  find(reference: ObjectReference): PlacedObject | undefined;
  lookUp(reference: ObjectReference): LookUp;
  /**
   * The namespace that something of this file comes to stand in, `written` being what it says itself; `undefined` where that is open. References need not be
   * asked for: where a kustomization sets the namespace, those that are written do not count in `find` and `lookUp`.
   */
  namespaceOf(written: string | undefined): string | undefined;
  /** Objects may be made beside it that nobody sees: by a template, an operator, a remote resource, or an overlay that is not here. */
  readonly open: boolean;
  /** Whether something is where an entry of this kustomization says; `unknown` where nobody looked. */
  target(entry: Pick<KustomizationEntry, "written" | "as">): "there" | "missing" | "unknown";
  /** What this kustomization could name, as it would write it: manifests in and below its folder, and other folders with a kustomization. */
  nameable(): readonly Nameable[];
  /**
   * The namespace of the objects of this very file: where those that name one, two at least, all name the same and are twice as many as those that name none.
   * What lives in no namespace does not count.
   */
  readonly usualNamespace: string | undefined;
  /** A kustomization applies the file as patches to the objects of others: nothing is missing in it. */
  readonly patch: boolean;
}

/** What one object says of another one. A namespace that is left out, here or there, fits any. */
export interface ObjectReference {
  /** Any group where left out; the empty text for the core one. */
  readonly group?: string | undefined;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** What became of looking for an object. */
export interface LookUp {
  /** Siblings of that name; where there are none, those of other places. */
  readonly found: readonly PlacedObject[];
  /** Those that were found are siblings. */
  readonly beside: boolean;
  /** Those whose names are most like it, for "did you mean"; siblings alone, where there are any. */
  readonly near: readonly PlacedObject[];
  /**
   * How sure it is that nothing is there, where nothing was found. `here`: others of its kind are siblings, and all of these are known. `elsewhere`: none
   * are, so that it may well come from somewhere else. `unknown`: something beside it may make it.
   */
  readonly missing: "here" | "elsewhere" | "unknown";
}

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
  /** Every name that others may call it by: its own, and with the prefixes and suffixes of kustomizations. */
  readonly names: readonly string[];
}

/** A workload or a bare Pod. */
export interface PlacedWorkload extends PlacedObject {
  readonly workload: WorkloadFacts;
}

/** The manifests of a workspace at one time, indexed as far as somebody asks. */
export interface Manifests {
  readonly kustomizations: Kustomizations;
  /** `asked` is told of each kind that an answer depends on, `placed` of each file whose places one holds. */
  view(path: string, notes?: ViewNotes): ManifestView;
}

/** Who wants to know what a view was asked. */
export interface ViewNotes {
  /** A kind, or {@link anyWorkload}. */
  asked(kind: string): void;
  placed(path: string): void;
}

function ofGroup(objects: readonly PlacedObject[], group: string | undefined): readonly PlacedObject[] {
  return group === undefined ? objects : objects.filter((one) => one.group === group);
}

function usualNamespaceOf(objects: readonly PlacedObject[]): string | undefined {
  const own = objects.filter(({ kind, partial }) => !partial && !clusterScoped.has(kind));
  const named = own.flatMap(({ namespace }) => namespace ?? []);
  const [first] = named;
  if (named.length < 2 || (own.length - named.length) * 2 > named.length) return undefined;
  return named.every((one) => one === first) ? first : undefined;
}

function hasLabels(has: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => Object.hasOwn(has, name) && has[name] === value);
}

/** Reads nothing before it is asked; places are read as they are when a rule wants them, so that they need not be indexed anew when texts move. */
export function manifestsOf(files: ReadonlyMap<string, FileFacts>): Manifests {
  let known: Kustomizations | undefined;
  const kustomizations = (): Kustomizations => (known ??= kustomizationsOf(files));
  const placed = new Map<string, readonly PlacedObject[]>();
  const scopes = new Map<string, ManifestScope>();
  const indexes = new Map<string, ObjectIndex>();
  const opens = new Map<string, boolean>();
  const usualNamespaces = new Map<string, { readonly namespace: string | undefined }>();
  /** Who asked last: what is then read of the objects in the answer is noted for him. An object for each who asks would cost more than the answers. */
  let reader: ViewNotes | undefined;
  const notePlace = (path: string): void => reader?.placed(path);
  let relabelled: boolean | undefined;
  const relabels = (): boolean =>
    (relabelled ??= [...files.values()].some(({ kubernetes }) =>
      kubernetes?.documents.some(({ kustomization }) => Object.keys(kustomization?.labels ?? {}).length > 0),
    ));

  const objectsOf = (path: string): readonly PlacedObject[] => {
    let objects = placed.get(path);
    if (objects === undefined) {
      objects = placedObjects(path, files, kustomizations(), notePlace);
      placed.set(path, objects);
    }
    return objects;
  };
  const scopeAt = (path: string): ManifestScope => {
    let scope = scopes.get(path);
    if (scope === undefined) {
      scope = scopeOf(path, files, kustomizations());
      scopes.set(path, scope);
    }
    return scope;
  };
  const indexOf = (key: string, paths: () => readonly string[]): ObjectIndex => {
    let index = indexes.get(key);
    if (index === undefined) {
      index = indexed(paths().flatMap(objectsOf));
      indexes.set(key, index);
    }
    return index;
  };
  const everything = (): ObjectIndex => indexOf("", () => [...files.keys()]);
  const isOpen = (scope: ManifestScope): boolean => {
    let open = opens.get(scope.key);
    if (open === undefined) {
      open =
        scope.incomplete ||
        scope.files.some((path) => files.get(path)?.kubernetes?.documents.some(({ templated }) => templated) === true);
      open ||= leavesOpen(scope.files.flatMap(objectsOf));
      opens.set(scope.key, open);
    }
    return open;
  };

  return {
    get kustomizations() {
      return kustomizations();
    },
    view(path, notes) {
      const beside = (): ObjectIndex => {
        const scope = scopeAt(path);
        return indexOf(scope.key, () => scope.files);
      };
      const isOpenAround = (): boolean => files.get(path)?.kubernetes === undefined || isOpen(scopeAt(path));
      const asked = (kind: string): void => {
        reader = notes;
        notes?.asked(kind);
      };
      /** What was found changes with these objects alone; what was not may come with any of its kind. */
      const askedByName = ({ kind, name }: ObjectReference, found: readonly PlacedObject[]): void => {
        if (found.length === 0) asked(kind);
        else for (const one of new Set([name, ...found.map(({ name: own }) => own ?? name)])) asked(nameKey(kind, one));
      };
      let overlaid: Overlaid | undefined;
      const overlay = (): Overlaid => (overlaid ??= overlaidOn(path, kustomizations()));
      const wanted = ({ namespace }: ObjectReference): string | undefined =>
        overlay().namespace === undefined ? namespace : undefined;
      const matching = (index: ObjectIndex, reference: ObjectReference) =>
        index
          .named(reference.kind, reference.name)
          .filter(
            ({ group, namespace }) =>
              (reference.group === undefined || group === reference.group) && fits(namespace, wanted(reference)),
          );
      const workloadsIn = (index: () => ObjectIndex, labels: Labels = {}): readonly PlacedWorkload[] => {
        const [pair] = Object.entries(labels);
        if (pair === undefined) {
          asked(anyWorkload);
          return index().workloads;
        }
        asked(openWorkload);
        // Where a kustomization adds labels, workloads have others than their files say.
        asked(relabels() ? anyWorkload : labelKey(anyWorkload, pair));
        const known = index().labelled(pair);
        return known.filter(({ workload }) => workload.open || hasLabels(workload.labels, labels));
      };
      return {
        siblings(kind, group) {
          asked(kind);
          return ofGroup(beside().ofKind(kind), group);
        },
        everywhere(kind, group) {
          asked(kind);
          return ofGroup(everything().ofKind(kind), group);
        },
        workloads: (labels) => workloadsIn(beside, labels),
        allWorkloads: (labels) => workloadsIn(everything, labels),
        selecting(kind, labels, group) {
          for (const key of selectionKeys(kind, labels)) asked(key);
          return ofGroup(everything().selecting(kind, labels), group);
        },
        find(reference) {
          const all = [...matching(beside(), reference), ...matching(everything(), reference)];
          const found = all.find(({ partial }) => !partial) ?? all[0];
          askedByName(reference, all);
          return found;
        },
        lookUp(reference) {
          const { kind, group, name } = reference;
          const namespace = wanted(reference);
          const here = matching(beside(), reference);
          const found = here.length > 0 ? here : matching(everything(), reference);
          askedByName(reference, found);
          const others = (index: ObjectIndex): readonly PlacedObject[] =>
            index
              .ofKind(kind)
              .filter((one) => (group === undefined || one.group === group) && fits(one.namespace, namespace));
          let near: readonly PlacedObject[] | undefined;
          return {
            found,
            beside: here.length > 0,
            get near() {
              return (near ??= nearest(name, others(beside())) ?? nearest(name, others(everything())) ?? []);
            },
            get missing() {
              if (isOpenAround()) return "unknown";
              return others(beside()).some(({ partial }) => !partial) ? "here" : "elsewhere";
            },
          };
        },
        namespaceOf: (written) => resultingNamespace(written, overlay()),
        get open() {
          return isOpenAround();
        },
        target: (entry) => targetState(folderOf(path), entry, files),
        nameable: () => nameableFrom(path, files, kustomizations()),
        get usualNamespace() {
          asked(anyNamespace);
          let usual = usualNamespaces.get(path);
          if (usual === undefined) {
            usual = { namespace: usualNamespaceOf(objectsOf(path)) };
            usualNamespaces.set(path, usual);
          }
          return usual.namespace;
        },
        get patch() {
          return kustomizations().isPatch(path);
        },
      };
    },
  };
}

function fits(one: string | undefined, other: string | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function nearest(name: string, objects: readonly PlacedObject[]): readonly PlacedObject[] | undefined {
  const names = new Set(objects.flatMap((one) => one.name ?? []));
  const closest = closestOf(name, names);
  return closest === undefined ? undefined : objects.filter((one) => one.name === closest);
}

/** Whether there may be more objects than these: an operator makes some, or a patch is meant for one that is not here. */
function leavesOpen(objects: readonly PlacedObject[]): boolean {
  const whole = new Set(
    objects.flatMap(({ kind, names, partial }) => (partial ? [] : names.map((name) => `${kind}/${name}`))),
  );
  return objects.some(
    ({ operated, partial, kind, name }) =>
      operated || (partial && (name === undefined || !whole.has(`${kind}/${name}`))),
  );
}

const none: readonly PlacedObject[] = [];

/** The objects of a file as they stand in the workspace, and the Secrets that operators make of them. */
function placedObjects(
  path: string,
  files: ReadonlyMap<string, FileFacts>,
  kustomizations: Kustomizations,
  onPlace: (path: string) => void,
): readonly PlacedObject[] {
  const documents = files.get(path)?.kubernetes?.documents ?? [];
  if (documents.length === 0) return none;
  const overlaid = overlaidOn(path, kustomizations);
  const patch = kustomizations.isPatch(path);
  return documents.flatMap(({ objects, kustomization }, document) =>
    objects.flatMap((facts, index) => {
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
    }),
  );
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
  return {
    ...rest,
    ...(about.keys === undefined ? {} : { keys: about.keys }),
    ...(workload === undefined ? {} : { workload: overlaidWorkload(workload, name, overlaid) }),
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
