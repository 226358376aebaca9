import type { FileFacts } from "./facts.ts";
import type { ManifestVersion, ManifestVersions } from "./manifest-versions.ts";
import type { Manifests, ViewNotes } from "./manifests.ts";
import type { RegistryImages } from "./registry-images.ts";
import type { WorkspaceView } from "./workspace.ts";

/** A view and what has become of the answers that were taken from it. */
export interface WatchedView {
  readonly view: WorkspaceView;
  /** Where the answers come from; another workspace's are none of this one. */
  readonly state: WatchedState;
  /**
   * Whether every answer given so far would still be the same: whatever was learnt from it holds as well. Costs a comparison of numbers for each kind of object
   * that was asked about. What was asked of anything but `manifests()` and registries holds as long as nothing at all changes in the workspace.
   */
  holds(): boolean;
}

/** What of a workspace the answers of its views come from, as it is at the moment. */
export interface WatchedState {
  readonly generation: number;
  readonly registryImages: RegistryImages;
  readonly manifests: Manifests;
  readonly versions: ManifestVersions;
  readonly files: ReadonlyMap<string, FileFacts>;
}

/** The same view, which remembers what it was asked. */
export function watch(view: WorkspaceView, state: WatchedState): WatchedView {
  const { versions, files } = state;
  let all: number | undefined;
  let layout: number | undefined;
  let images: RegistryImages | undefined;
  /** The generation that the answers are known to hold in. */
  let seen = state.generation;
  let open: boolean | undefined;
  const asked = new Set<string>();
  /** Of what was asked, with the counts of that time. */
  const answers: { readonly version: ManifestVersion; readonly count: number }[] = [];
  const places = new Map<string, unknown>();
  const notes: ViewNotes = {
    asked: (key) => {
      if (asked.has(key)) return;
      asked.add(key);
      const version = versions.of(key);
      answers.push({ version, count: version.count });
    },
    placed: (file) => {
      if (!places.has(file)) places.set(file, files.get(file)?.kubernetesPlaces);
    },
    opened: (answer) => {
      open ??= answer;
    },
  };
  return {
    state,
    view: new Proxy(view, {
      get(target, key) {
        if (key === "manifests") {
          layout ??= versions.layout;
          return () => state.manifests.view(view.path, notes);
        }
        if (key === "registryImage" || key === "registryDescriptions") images ??= state.registryImages;
        else if (key !== "path") all ??= state.generation;
        return Reflect.get(target, key) as unknown;
      },
    }),
    holds() {
      const { generation } = state;
      if (seen !== generation) {
        if (all !== undefined && all !== generation) return false;
        if (layout !== undefined && layout !== versions.layout) return false;
        if (images !== undefined && images !== state.registryImages) return false;
        // Asked for each document of a stream after each edit: no lists are made here.
        for (const { version, count } of answers) if (version.count !== count) return false;
        if (open !== undefined && open !== state.manifests.openAround(view.path)) return false;
        seen = generation;
      }
      for (const [file, was] of places) if (files.get(file)?.kubernetesPlaces !== was) return false;
      return true;
    },
  };
}
