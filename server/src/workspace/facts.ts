import type { Kind } from "../languages/index.ts";
import type { ScriptFacts } from "../languages/shell/index.ts";
import type { Span } from "../text/span.ts";
import type { ContextAsks } from "./asks.ts";

/**
 * What one file tells the others: small, serialisable, made anew whenever the file changes. Places are offsets in that file.
 */
export interface FileFacts {
  readonly path: string;
  /** `beside`: a file of a build context that is none of ours, of which a Dockerfile's answers depend. */
  readonly kind: Kind | "beside" | "other";
  readonly dockerfile?: DockerfileFacts;
  readonly compose?: ComposeFacts;
  readonly kubernetes?: KubernetesFacts;
  /** Patterns of a `.dockerignore`, comments and blank lines left out. */
  readonly ignorePatterns?: readonly string[];
  /** Where each of them stands. */
  readonly ignorePlaces?: readonly Span[];
  readonly beside?: BesideFacts;
}

/** A file that a Dockerfile's answers depend on. */
export interface BesideFacts {
  /** `false`: somebody looked, and there is no such file. */
  readonly present: boolean;
  /** What it says, where it is a `package.json` that could be read. */
  readonly package?: PackageFacts;
  /** What it says, where it is another file that could be read. */
  readonly script?: ScriptFacts;
}

/** What a `package.json` says of how its program is run. */
export interface PackageFacts {
  /** Commands by the names that `npm run` knows them by. */
  readonly scripts: Readonly<Record<string, string>>;
  readonly main: string | undefined;
  /** As written: `pnpm@9.15.0`. */
  readonly packageManager: string | undefined;
  /** `module` or `commonjs`, where it says so. */
  readonly type: string | undefined;
  /** Packages that it needs to run, those for development left out. */
  readonly dependencies: readonly string[];
  /** It is the root of several packages. */
  readonly workspaces: boolean;
}

export interface DockerfileFacts {
  readonly stages: readonly string[];
  readonly ports: readonly number[];
  /** The last USER of the final stage, resolved. */
  readonly user: string | undefined;
  readonly healthcheck: boolean;
  /** What its answers depend on in its build context. */
  readonly asks: ContextAsks;
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
  /** The last part of the names of the images, without tags, whose containers have a probe: `api` of `ghcr.io/acme/api:1.2`. */
  readonly probed: readonly string[];
  /**
   * Such names of the images whose containers must not run as root (`runAsNonRoot`) and are given no number to run as: the user that the image names
   * has to be one.
   */
  readonly numbered: readonly string[];
  /** Labels or ports hold something unknown (a template, a variable). */
  readonly open: boolean;
  readonly at: Span;
}
