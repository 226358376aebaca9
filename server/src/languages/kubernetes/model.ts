import type { Descriptions } from "../image/description.ts";
import type { ImageReference, ImageUse } from "../image/reference.ts";
import type { Kustomization } from "../kustomize/kustomization.ts";
import type { Once } from "../once.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { YamlDocument, YamlEntry, YamlMap, YamlNode } from "../yaml/node.ts";
import type { Span } from "../../text/span.ts";

/** One document of a manifest: an object, or a `List` of them; or a part of such a list, most often one item. Places count from its start. */
export interface KubernetesModel {
  readonly document: YamlDocument;
  readonly problems: readonly SyntaxProblem[];
  /** Helm or Jinja template: nothing is called missing. */
  readonly templated: boolean;
  /** A kustomization lists the file as patches, so that all its objects are `partial`. */
  readonly patch: boolean;
  /** The Kubernetes release it is judged for, as `1.31`; compare with `atLeast`. */
  readonly release: string;
  /** What a `kustomization.yaml` says; it is no object, so that such a document has no `resources`. */
  readonly kustomization: Kustomization | undefined;
  readonly resources: readonly Resource[];
  readonly images: readonly ImageUse[];
  /** What registries had said of images when the document was read. */
  readonly descriptions: Descriptions;
  /** Answers questions about the document, each once: rules that ask the same pay together. */
  readonly once: Once<KubernetesModel>;
}

export interface Resource {
  readonly apiVersion: string;
  readonly apiVersionEntry: YamlEntry;
  readonly resourceKind: string;
  readonly kindEntry: YamlEntry;
  /** `metadata.name`; `undefined` where it is generated or unknown. */
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  readonly map: YamlMap;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  /** A Kustomize patch (a strategic merge patch, a fragment without what the API server asks for) or part of a template: nothing is missing in it. */
  readonly partial: boolean;
  /** The same as far as its own text and path tell. */
  readonly fragment: boolean;
  /** The pod template of a workload, or the Pod itself; also of any custom resource that has one by structure. */
  readonly pod: PodTemplate | undefined;
  get(...path: readonly string[]): YamlNode | undefined;
  entry(...path: readonly string[]): YamlEntry | undefined;
}

export interface PodTemplate {
  /** `Deployment`, `Pod`, `CronJob`, `Rollout`, … */
  readonly workload: string;
  /** Runs to an end: Job, CronJob, and Pods that never restart. */
  readonly batch: boolean;
  /** The pod's spec. */
  readonly spec: YamlMap;
  readonly specEntry: YamlEntry;
  /** The template's own `metadata`, or the Pod's. */
  readonly metadata: YamlMap | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: readonly { readonly name: string; readonly value: string; readonly span: Span }[];
  /** The `containers:` key. */
  readonly containersEntry: YamlEntry | undefined;
  readonly containers: readonly Container[];
  /** `spec.os.name: windows`, or a node selector that says so. */
  readonly windows: boolean;
  get(...path: readonly string[]): YamlNode | undefined;
  entry(...path: readonly string[]): YamlEntry | undefined;
}

export interface Container {
  /** `init` runs before the others and ends; `sidecar` is an init container with `restartPolicy: Always`. */
  readonly role: "main" | "init" | "sidecar" | "ephemeral";
  readonly name: string | undefined;
  /** Where a missing thing is reported: the `name:` key, else the item's first characters. */
  readonly at: Span;
  readonly map: YamlMap;
  readonly image: ImageReference | undefined;
  readonly imageUse: ImageUse | undefined;
  readonly env: readonly {
    readonly name: string;
    readonly nameSpan: Span;
    readonly value: string | undefined;
    readonly valueSpan: Span | undefined;
    readonly map: YamlMap;
  }[];
  readonly ports: readonly {
    readonly name: string | undefined;
    readonly containerPort: number | undefined;
    readonly protocol: string;
    readonly map: YamlMap;
  }[];
  get(...path: readonly string[]): YamlNode | undefined;
  entry(...path: readonly string[]): YamlEntry | undefined;
}
