import type { ComposeModel } from "./compose/model.ts";
import type { DockerfileModel } from "./dockerfile/model.ts";
import type { KubernetesModel } from "./kubernetes/model.ts";

export type Kind = "dockerfile" | "compose" | "kubernetes";

/** A text and where it lies. `path` uses `/`; relative to its workspace folder in the CLI and in tests, absolute or a URI's path in editors. */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The editor's language id, where there is an editor. */
  readonly languageId?: string;
}

export interface Models {
  readonly dockerfile: DockerfileModel;
  readonly compose: ComposeModel;
  readonly kubernetes: KubernetesModel;
}

/**
 * The smallest part of a file that is parsed and analysed by itself: a whole Dockerfile, or one document of a YAML stream.
 * Places in `model` count from the unit's own start; `base` is where that is in the file. A unit whose text did not change
 * keeps its model (the same object) from one parse to the next, so that what was derived from it can be kept too.
 */
export interface Unit<K extends Kind = Kind> {
  readonly base: number;
  readonly model: Models[K];
}

export interface ParsedFile<K extends Kind = Kind> {
  readonly kind: K;
  readonly file: SourceFile;
  readonly units: readonly Unit<K>[];
}
