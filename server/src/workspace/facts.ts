import type { Kind } from "../languages/index.ts";
import type { ScriptFacts } from "../languages/shell/index.ts";
import type { Span } from "../text/span.ts";
import type { ContextAsks } from "./asks.ts";

/**
 * What one file tells the others: small, serialisable, made anew whenever the file changes. Places are offsets in that file.
 */
export interface FileFacts {
  readonly path: string;
  /** `beside`: a file that is none of ours, or not there, of which a Dockerfile's or a Compose file's answers depend. */
  readonly kind: Kind | "beside" | "other";
  readonly dockerfile?: DockerfileFacts;
  readonly compose?: ComposeFacts;
  /** Where a Compose file says what is in `compose`: facts that differ in this alone tell the others nothing new. */
  readonly composePlaces?: ComposePlaces;
  readonly kubernetes?: KubernetesFacts;
  /** Patterns of a `.dockerignore`, comments and blank lines left out. */
  readonly ignorePatterns?: readonly string[];
  /** Where each of them stands. */
  readonly ignorePlaces?: readonly Span[];
  readonly beside?: BesideFacts;
}

/** A file that the answers of a Dockerfile or a Compose file depend on. */
export interface BesideFacts {
  /** `false`: somebody looked, and there is no such file. */
  readonly present: boolean;
  /** What it says, where it is a `package.json` that could be read. */
  readonly package?: PackageFacts;
  /** What it says, where it is another file that could be read. */
  readonly script?: ScriptFacts;
  /** The names it sets and to what, where it reads as a `.env` file; see `parseEnvironmentFile`. */
  readonly environment?: readonly (readonly [string, string | null])[];
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
  /** The names that its ARGs declare, in any stage or before the first. */
  readonly args: readonly string[];
  readonly ports: readonly number[];
  /** The last USER of the final stage, resolved. */
  readonly user: string | undefined;
  readonly healthcheck: boolean;
  /** What its answers depend on in its build context. */
  readonly asks: ContextAsks;
}

/** The parts of a Compose file whose entries have names. */
export type ComposePart = "services" | "networks" | "volumes" | "secrets" | "configs" | "models";

/** A value of a Compose file, aliases and merges resolved. */
export type ComposeValue =
  | string
  | number
  | boolean
  | null
  | readonly ComposeValue[]
  | { readonly [key: string]: ComposeValue };

/** What a Compose file tells the files around it, places left out: see {@link ComposePlaces}. */
export interface ComposeFacts {
  readonly services: readonly ComposeServiceFacts[];
  /** The names that the file declares. */
  readonly declared: Readonly<Record<ComposePart, readonly string[]>>;
  readonly includes: readonly ComposeInclude[];
  /** It includes something that lies in a repository or a registry, or where a variable says. */
  readonly remote: boolean;
  /** Files that its answers depend on, beside other Compose files and Dockerfiles. */
  readonly asks: {
    /** Those that set variables: `.env` beside it, what `env_file` names. */
    readonly environment: readonly string[];
    /** Those of which only matters whether they are there. */
    readonly names: readonly string[];
  };
}

/** What a Compose file tells of one service. */
export interface ComposeServiceFacts {
  readonly name: string;
  readonly image: string | undefined;
  readonly healthcheck: boolean;
  /** Paths relative to the workspace, where the service builds; `dockerfile` is the file's own path. */
  readonly build:
    | { readonly context: string; readonly dockerfile: string; readonly target: string | undefined }
    | undefined;
  /** All of it, with what it extends within its file. */
  readonly value: ComposeValue;
  /** See `FlatValue.tags`. */
  readonly tags: readonly (readonly [number, string])[];
  /** The service of another file that it extends; `file` is `undefined` where that cannot be read. */
  readonly base: { readonly file: string | undefined; readonly service: string } | undefined;
  /** It extends something that is not in its file. */
  readonly open: boolean;
}

/** One entry of `include`: files that are merged with each other. */
export interface ComposeInclude {
  readonly paths: readonly string[];
  /** Its `env_file`. */
  readonly environment: readonly string[];
}

/** Places of what {@link ComposeFacts} holds, in the same order. */
export interface ComposePlaces {
  readonly declared: Readonly<Record<ComposePart, readonly Span[]>>;
  /** Of each service, see `FlatValue.places`. */
  readonly services: readonly (readonly number[])[];
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
