/** What a service is for, as far as rules make a difference. */
export type ServiceCategory =
  | "admin"
  | "cache"
  | "ci"
  | "database"
  | "identity"
  | "mail"
  | "monitoring"
  | "proxy"
  | "queue"
  | "registry"
  | "search"
  | "secrets"
  | "storage"
  | "testing"
  | "web";

/** A check of health that really runs in the image, in the words of a Compose file. */
export interface ServiceHealth {
  /** Compose's `test`: `["CMD", …]` or `["CMD-SHELL", "…"]`, with `$$` where the container's shell sees `$`. */
  readonly test: readonly string[];
  /** Durations as Compose writes them: `10s`. */
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly startPeriod: string;
  /** What must be configured for it to pass; without it the service would be called unhealthy. */
  readonly needs?: string;
  /** The same for programs: a service has it where one of these is among the names of its variables or in its command. */
  readonly onlyWith?: readonly string[];
  /** Names of variables that, set to anything, make the program answer otherwise than it is asked. */
  readonly notWith?: readonly string[];
  /** What a person should know before taking it. */
  readonly note?: string;
}

/** What is known of an image that is run as a service. Something left out is not known. */
export interface ServiceFacts {
  /** What people call it: `PostgreSQL`. */
  readonly name: string;
  readonly category: ServiceCategory;
  /** Left out where the image has no program to ask with. */
  readonly health?: ServiceHealth;
  /** The image declares a `HEALTHCHECK` of its own. */
  readonly ownHealthcheck: boolean;
  /** The path and port of an HTTP answer that says the service is well. */
  readonly http?: { readonly path: string; readonly port: number };
  /** Every port it serves by default. */
  readonly ports: readonly number[];
  /** Those that only the application's own network should reach. */
  readonly privatePorts: readonly number[];
  /** It keeps data that must outlive the container. Caches do not, even where they can write to disk. */
  readonly stateful: boolean;
  /** Where it writes data; the first is where a volume is mounted. Empty where that depends on its configuration. */
  readonly dataDirectories: readonly string[];
  /** Those that the image declares as `VOLUME`: mounted anew for each container unless something is mounted on that very place. */
  readonly declaredVolumes?: readonly string[];
  /** Where earlier versions had their data. The image refuses to start where something is still mounted there. */
  readonly formerDirectory?: string;
  /** Variables that have a twin which reads the value from a file; see {@link fileSuffix}. */
  readonly fileVariables: readonly string[];
  /** What the twin's name ends in: `_FILE` nearly everywhere. */
  readonly fileSuffix: string;
  /** Variables that hold a secret, whether or not they have such a twin. */
  readonly credentialVariables: readonly string[];
  /** How long it may need to stop cleanly, where Docker's ten seconds are too short: `1m`. */
  readonly stopGracePeriod?: string;
  /** Which user the server runs as: root, a user the entrypoint changes to, or the image's own user. */
  readonly user: "root" | "drops" | { readonly uid: number };
  /** Whether it runs with a read-only root filesystem when these directories are tmpfs, and nothing is mounted that makes it write elsewhere. */
  readonly readOnly?: { readonly works: boolean; readonly tmpfs: readonly string[]; readonly unlessMounted?: string };
  /**
   * Those that are given back after `cap_drop: [ALL]`, without `CAP_`; empty where it needs none. Sources: the entrypoint (it changes owners, then the
   * user), or what the image's program files carry.
   */
  readonly capabilities?: readonly string[];
  /** It does its work and ends, so it is neither restarted nor asked for its health. */
  readonly oneShot: boolean;
  readonly source: string;
}
