import type { Kind } from "../languages/index.ts";
import type { Span } from "../text/span.ts";

/**
 * What one file tells the others: small, serialisable, made anew whenever the file changes. Places are offsets in that file.
 */
export interface FileFacts {
  readonly path: string;
  readonly kind: Kind | "ignore-file" | "other";
  readonly dockerfile?: DockerfileFacts;
  readonly compose?: ComposeFacts;
  readonly kubernetes?: KubernetesFacts;
  /** Patterns of a `.dockerignore`, comments and blank lines left out. */
  readonly ignorePatterns?: readonly string[];
}

export interface DockerfileFacts {
  readonly stages: readonly string[];
  readonly ports: readonly number[];
  /** The last USER of the final stage, resolved. */
  readonly user: string | undefined;
  readonly healthcheck: boolean;
}

export interface ComposeFacts {
  readonly services: readonly {
    readonly name: string;
    readonly image: string | undefined;
    readonly healthcheck: boolean;
    /** Paths relative to the workspace, where the service builds; `dockerfile` is the file's own path. */
    readonly build:
      | { readonly context: string; readonly dockerfile: string; readonly target: string | undefined }
      | undefined;
  }[];
}

export interface KubernetesFacts {
  readonly workloads: readonly WorkloadFacts[];
  /** What an autoscaler sets the number of replicas of. */
  readonly autoscaled: readonly {
    readonly kind: string;
    readonly name: string;
    readonly namespace: string | undefined;
  }[];
  /** The file holds custom resources, patches or templates, so that pods may exist which none of its workloads describe. */
  readonly otherPods: boolean;
}

export interface WorkloadFacts {
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
  /** Labels of the pods it makes. */
  readonly labels: Readonly<Record<string, string>>;
  readonly ports: readonly { readonly name: string | undefined; readonly number: number | undefined }[];
  /** Labels or ports hold something unknown (a template, a variable). */
  readonly open: boolean;
  readonly at: Span;
}
