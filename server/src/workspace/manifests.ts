import type { KustomizationEntry } from "../languages/kustomize/kustomization.ts";
import { closestOf } from "../text/closest.ts";
import { folderOf } from "../text/path.ts";
import type { FileFacts } from "./facts.ts";
import { type Kustomizations, kustomizationsOf } from "./kustomizations.ts";
import { type Nameable, nameableFrom, targetState } from "./manifest-files.ts";
import type { Labels } from "./label-selector.ts";
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
  chartOf,
  type ManifestScope,
  type Overlaid,
  overlaidOn,
  resultingNamespace,
  scopeOf,
  usualNamespaceOf,
  mayBeOne,
} from "./manifest-scopes.ts";
import { type PlacedDocuments, type PlacedObject, placedObjects, type PlacedWorkload } from "./placed-objects.ts";

export type { PlacedObject, PlacedWorkload } from "./placed-objects.ts";

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
  /**
   * What kustomizations around it, those that may still come to include it among them, can add to its objects where it is not written: a namespace, to
   * references too, and labels in selectors.
   */
  readonly adds: { readonly namespace: boolean; readonly selectors: boolean };
  /** Whether a kustomization gives another tag or a digest to this image, as it is written without its own. */
  retagged(image: string): boolean;
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

/** The manifests of a workspace at one time, indexed as far as somebody asks. */
export interface Manifests {
  readonly kustomizations: Kustomizations;
  /** `asked` is told of each kind that an answer depends on, `placed` of each file whose places one holds. */
  view(path: string, notes?: ViewNotes): ManifestView;
  /** See `ManifestView.open`. */
  openAround(path: string): boolean;
}

/** Who wants to know what a view was asked. */
export interface ViewNotes {
  /** A kind, or {@link anyWorkload}. */
  asked(kind: string): void;
  placed(path: string): void;
  /** The answer of `open`, which others rest on. */
  opened(open: boolean): void;
}

/**
 * What is known of manifests for as long as their layout stays (see `ManifestVersions`): which belong together, what kustomizations make of them, and so the
 * objects of documents that tell the same as before.
 */
export interface ManifestLayout {
  kustomizations?: Kustomizations;
  readonly scopes: Map<string, ManifestScope>;
  readonly placed: PlacedDocuments;
  /** Who asked last: what is then read of the objects in the answer is noted for him. An object for each who asks would cost more than the answers. */
  reader?: ViewNotes | undefined;
}

export function newLayout(): ManifestLayout {
  return { scopes: new Map(), placed: new Map() };
}

/** Reads nothing before it is asked; places are read as they are when a rule wants them, so that they need not be indexed anew when texts move. */
export function manifestsOf(files: ReadonlyMap<string, FileFacts>, layout: ManifestLayout = newLayout()): Manifests {
  const { scopes } = layout;
  const kustomizations = (): Kustomizations => (layout.kustomizations ??= kustomizationsOf(files));
  const placed = new Map<string, readonly PlacedObject[]>();
  const indexes = new Map<string, ObjectIndex>();
  const opens = new Map<string, boolean>();
  const usualNamespaces = new Map<string, { readonly namespace: string | undefined }>();
  const notePlace = (path: string): void => layout.reader?.placed(path);
  let relabelled: boolean | undefined;
  const relabels = (): boolean =>
    (relabelled ??= [...files.values()].some(({ kubernetes }) =>
      kubernetes?.documents.some(({ kustomization }) => Object.keys(kustomization?.labels ?? {}).length > 0),
    ));

  const objectsOf = (path: string): readonly PlacedObject[] => {
    let objects = placed.get(path);
    if (objects === undefined) {
      objects = placedObjects(path, files, kustomizations(), notePlace, layout.placed);
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
  let manifestPaths: readonly string[] | undefined;
  /** Whether a scope is all there is, as where one file is open: one index is enough then. */
  const isEverything = ({ files: own }: ManifestScope): boolean => {
    manifestPaths ??= [...files.values()].flatMap(({ kubernetes, path }) => (kubernetes === undefined ? [] : [path]));
    return own.length === manifestPaths.length && own.every((path, index) => path === manifestPaths?.[index]);
  };
  const isOpen = (scope: ManifestScope): boolean => {
    let open = opens.get(scope.key);
    if (open === undefined) {
      open =
        scope.incomplete ||
        scope.files.some(
          (path) => files.get(path)?.kubernetes?.documents.some(({ templated }) => templated) === true,
        ) ||
        leavesOpen(scope.files.map(objectsOf));
      opens.set(scope.key, open);
    }
    return open;
  };

  const openAround = (path: string): boolean => files.get(path)?.kubernetes === undefined || isOpen(scopeAt(path));

  return {
    get kustomizations() {
      return kustomizations();
    },
    openAround,
    view(path, notes) {
      const beside = (): ObjectIndex => {
        const scope = scopeAt(path);
        return isEverything(scope) ? everything() : indexOf(scope.key, () => scope.files);
      };
      const isOpenAround = (): boolean => {
        const open = openAround(path);
        notes?.opened(open);
        return open;
      };
      const asked = (kind: string): void => {
        layout.reader = notes;
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
          .filter(({ group, namespace }) => mayBeOne(group, reference.group) && mayBeOne(namespace, wanted(reference)));
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
        return known.filter(({ workload, path: at }) =>
          workload.open ? !isOfOtherChart(at, path) : hasLabels(workload.labels, labels),
        );
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
            index.ofKind(kind).filter((one) => mayBeOne(one.group, group) && mayBeOne(one.namespace, namespace));
          let near: readonly PlacedObject[] | undefined;
          return {
            found,
            beside: here.length > 0,
            get near() {
              return (near ??=
                nearest(name, others(beside())) ?? nearest(name, others(everything()), mostElsewhere) ?? []);
            },
            get missing() {
              if (isOpenAround()) return "unknown";
              return others(beside()).some(({ partial }) => !partial) ? "here" : "elsewhere";
            },
          };
        },
        namespaceOf: (written) => resultingNamespace(written, overlay()),
        get adds() {
          const { namespaces, selectors } = overlay();
          const { included } = scopeAt(path);
          return { namespace: namespaces.length > 0 || included, selectors: selectors || included };
        },
        retagged: (image) => overlay().retagged.has(image),
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

/** What a chart leaves to its values is named after its release, so that nobody outside of it counts on it. */
function isOfOtherChart(path: string, seenFrom: string): boolean {
  const chart = chartOf(path);
  return chart !== undefined && chart !== chartOf(seenFrom);
}

/** Letters that a name of another place may differ by: what is named likewise there is mostly something else. */
const mostElsewhere = 2;

function nearest(name: string, objects: readonly PlacedObject[], most?: number): readonly PlacedObject[] | undefined {
  const closest = closestOf(name, namesOf(objects), most);
  return closest === undefined ? undefined : objects.filter((one) => one.name === closest);
}

function* namesOf(objects: readonly PlacedObject[]): Generator<string> {
  for (const { name } of objects) if (name !== undefined) yield name;
}

/** Whether there may be more objects than these, file by file: an operator makes some, or a patch is meant for one that is not here. */
function leavesOpen(files: readonly (readonly PlacedObject[])[]): boolean {
  const patches: PlacedObject[] = [];
  for (const objects of files) {
    for (const object of objects) {
      if (object.operated) return true;
      if (object.partial) patches.push(object);
    }
  }
  if (patches.length === 0) return false;
  const whole = new Set(
    files.flatMap((objects) =>
      objects.flatMap(({ kind, names, partial }) => (partial ? [] : names.map((name) => nameKey(kind, name)))),
    ),
  );
  return patches.some(({ kind, name }) => name === undefined || !whole.has(nameKey(kind, name)));
}

function ofGroup(objects: readonly PlacedObject[], group: string | undefined): readonly PlacedObject[] {
  return group === undefined ? objects : objects.filter((one) => one.group === group);
}

function hasLabels(has: Labels, wanted: Labels): boolean {
  return Object.entries(wanted).every(([name, value]) => Object.hasOwn(has, name) && has[name] === value);
}
