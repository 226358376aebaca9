import type { ImageReference } from "../languages/image/reference.ts";
import type { Kind } from "../languages/index.ts";
import type { ScriptFacts } from "../languages/shell/index.ts";
import type { Span } from "../text/span.ts";
import type { ContextAsks } from "./asks.ts";
import type { ManifestFacts, ManifestPlaces } from "./manifest-facts.ts";
import type { PlainValue } from "./plain-value.ts";

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
  /** Where a manifest says what is in `kubernetes`; as with `composePlaces`, nothing new to others. */
  readonly kubernetesPlaces?: KubernetesPlaces;
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
  /** `undefined`: it says nothing of it, so that what the base image brings holds. */
  readonly healthcheck: boolean | undefined;
  /** What the final stage is made from in the end; `undefined` where that is `scratch`, or whoever builds says it. */
  readonly base: ImageReference | undefined;
  /** What its answers depend on in its build context. */
  readonly asks: ContextAsks;
}

/** The parts of a Compose file whose entries have names. */
export type ComposePart = "services" | "networks" | "volumes" | "secrets" | "configs" | "models";

/** A value of a Compose file, aliases and merges resolved. */
export type ComposeValue = PlainValue;

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

/** What a file of manifests tells: one entry for each of its documents. A document that stays the same keeps its facts, the very same object. */
export interface KubernetesFacts {
  readonly documents: readonly ManifestFacts[];
}

/** Where it says so. */
export interface KubernetesPlaces {
  /** Where each document starts in the file. */
  readonly bases: readonly number[];
  readonly documents: readonly ManifestPlaces[];
}
