import type { Once } from "../once.ts";
import type { Descriptions } from "../image/description.ts";
import type { ImageReference, ImageUse } from "../image/reference.ts";
import type { SyntaxProblem } from "../problem.ts";
import type { YamlDocument, YamlEntry, YamlMap, YamlNode } from "../yaml/node.ts";
import type { Span } from "../../text/span.ts";
import type { InterpolatedScalar } from "./interpolation.ts";
import type { KeyProblem } from "./keys.ts";

/** A Compose file or a Swarm stack file. Places count from the document's start. */
export interface ComposeModel {
  readonly document: YamlDocument;
  readonly root: YamlMap;
  readonly problems: readonly SyntaxProblem[];
  /** `stack` where keys or the name tell that `docker stack deploy` reads it. */
  readonly dialect: "compose" | "stack";
  /** What the file's name says it is for: an override, or development, test or CI. */
  readonly role: "main" | "override" | "development";
  readonly services: readonly ComposeService[];
  /** Top-level `volumes`, `networks`, `secrets`, `configs`, as written. */
  readonly volumes: ReadonlyMap<string, YamlEntry>;
  readonly networks: ReadonlyMap<string, YamlEntry>;
  readonly secrets: ReadonlyMap<string, YamlEntry>;
  readonly configs: ReadonlyMap<string, YamlEntry>;
  /** The file uses `include`, so that what looks missing may come from there. */
  readonly includes: boolean;
  readonly images: readonly ImageUse[];
  /** What registries had said of images when the document was read. */
  readonly descriptions: Descriptions;
  /** The values that hold a `$`, with what it stands for; looked for when first asked. */
  readonly interpolated: readonly InterpolatedScalar[];
  /** What does not fit the table of keys; looked for when first asked, since several rules ask. */
  readonly keyProblems: readonly KeyProblem[];
  service(name: string): ComposeService | undefined;
  /** For what several rules ask of the whole file. */
  readonly once: Once<ComposeModel>;
}

/** A service as Compose sees it once merges and `extends` within the file are done, unless a member says otherwise. */
export interface ComposeService {
  readonly name: string;
  /** For what several rules ask of the service. */
  readonly once: Once<ComposeService>;
  /** The service's key: where a missing thing is reported. */
  readonly keySpan: Span;
  /** As written in this file, aliases and merges resolved, `extends` in the same file not. */
  readonly map: YamlMap;
  /**
   * The value of a path after merges and `extends` within the file: `get("healthcheck", "test")`. `undefined` where nothing is there;
   * a node tagged `!reset` counts as nothing.
   */
  get(...path: readonly string[]): YamlNode | undefined;
  /** The entry of a path, for the place of its key. */
  entry(...path: readonly string[]): YamlEntry | undefined;
  /** `extends` names another file, or something that is not there: what looks missing may be there. */
  readonly open: boolean;
  /** The service of another file that this one extends in the end; `undefined` too where a variable decides it. `file` is as written. */
  readonly base: { readonly file: string; readonly service: string } | undefined;
  readonly image: ImageReference | undefined;
  readonly imageUse: ImageUse | undefined;
  /** `build:`, short or long. */
  readonly build:
    | {
        readonly context: string | undefined;
        readonly dockerfile: string | undefined;
        readonly target: string | undefined;
        readonly span: Span;
      }
    | undefined;
  /** Map or list form alike; `value` undefined for a name that is taken from the caller's environment; `known` false where it holds `${…}` or `$NAME`. */
  readonly environment: readonly ComposeVariable[];
  readonly ports: readonly ComposePort[];
  readonly mounts: readonly ComposeMount[];
  readonly dependsOn: readonly {
    readonly service: string;
    readonly condition: string | undefined;
    readonly span: Span;
    readonly node: YamlNode;
  }[];
  /** `profiles`, empty where it always runs. */
  readonly profiles: readonly string[];
}

/** One variable of `environment`. */
export interface ComposeVariable {
  readonly name: string;
  readonly nameSpan: Span;
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
  readonly known: boolean;
  /** The entry (map form) or item (list form) as a whole. */
  readonly span: Span;
  readonly form: "map" | "list";
}

/** One item of `ports`, short or long; texts may hold ranges, and variables where `known` is false. */
export interface ComposePort {
  readonly hostIp: string | undefined;
  readonly published: string | undefined;
  readonly target: string | undefined;
  readonly protocol: string;
  readonly mode: string | undefined;
  readonly span: Span;
  readonly node: YamlNode;
  /** Holds `${…}`. */
  readonly known: boolean;
}

/** One item of `volumes` of a service, short or long. */
export interface ComposeMount {
  /** `bind`, `volume`, `tmpfs`, `npipe`, `cluster`, `image`; `unknown` where a variable decides it. */
  readonly type: string;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly readOnly: boolean;
  readonly span: Span;
  readonly node: YamlNode;
  readonly known: boolean;
}
