/** The distribution an image is made of; `scratch` is an image with no files but its own program, `distroless` one with a libc and no shell. */
export type ImageOs =
  | "alpine"
  | "debian"
  | "ubuntu"
  | "redhat"
  | "suse"
  | "amazon"
  | "azure"
  | "photon"
  | "arch"
  | "wolfi"
  | "distroless"
  | "busybox"
  | "scratch"
  | "windows";

/** The program that installs packages in the image, `none` where there is none. */
export type ImagePackageManager = "apk" | "apt" | "dnf" | "microdnf" | "yum" | "tdnf" | "zypper" | "pacman" | "none";

/** Which way to create a user works: busybox's `adduser -S`, shadow's `useradd`, or neither. */
export type UserDialect = "busybox" | "shadow" | "none";

/** What a program in the image may be run by, or what kind of server it is. */
export type Runtime =
  | "bun"
  | "caddy"
  | "deno"
  | "dotnet"
  | "elixir"
  | "erlang"
  | "go"
  | "haskell"
  | "httpd"
  | "java"
  | "julia"
  | "nginx"
  | "node"
  | "perl"
  | "php"
  | "python"
  | "ruby"
  | "rust"
  | "swift";

/** A user by name and numbers. On Windows, which has no such numbers, 0 stands for the administrator and 1 for a user without privileges. */
export interface ImageUser extends StartUser {
  readonly uid: number;
  readonly gid: number;
}

/** Whom an image starts as. */
export interface StartUser {
  /** A number in digits where there is no name. */
  readonly name: string;
  /** Left out where only the image's own files tell who the name is; root's is always there. */
  readonly uid?: number;
  readonly gid?: number;
}

/**
 * Which programs an image has on its path: `true` it has, `false` it has not, left out: not known. busybox's `wget` and `nc` count.
 * `python` means that `python3` runs.
 */
export interface ImageTools {
  readonly wget?: boolean;
  readonly curl?: boolean;
  readonly nc?: boolean;
  readonly node?: boolean;
  readonly python?: boolean;
  readonly php?: boolean;
  readonly ruby?: boolean;
  readonly perl?: boolean;
  readonly java?: boolean;
  readonly bun?: boolean;
  readonly deno?: boolean;
  readonly pwsh?: boolean;
}

/** The date (`YYYY-MM-DD`) after which a release gets no fixes. `of` names it for a message: `Node.js 16`. */
export interface EndOfLife {
  readonly date: string;
  readonly of: string;
  /** What still gets fixes in its place: `Node.js 26`; left out where nothing is known to. */
  readonly successor?: string;
  readonly source: string;
}

/** What is known of an image that others are built from. Something left out is not known. */
export interface BaseImageFacts {
  /** The image's short name: `node`, `distroless/static`, `dotnet/aspnet`. */
  readonly family: string;
  readonly os: ImageOs;
  /** Code name or number of the distribution's release, as in the tag: `bookworm`, `3.22`, `noble`, `9`. */
  readonly osRelease?: string;
  readonly libc: "glibc" | "musl" | "none";
  readonly packageManager: ImagePackageManager;
  /** Whether `/bin/sh` (on Windows: `cmd`) exists, so that `RUN` and the shell form work; `true` too where that is not known. */
  readonly shell: boolean;
  readonly bash: boolean;
  readonly userDialect: UserDialect;
  /** The user that processes run as where nothing says otherwise. */
  readonly user: StartUser;
  /** A user without privileges that the image already has, meant for the program. */
  readonly nonRootUser?: ImageUser;
  /** The image's own entrypoint starts as root and gives it up before the server runs. */
  readonly dropsRoot: boolean;
  /** The first process stays root, to bind its port or open its logs; what answers requests runs as another user. */
  readonly workersDropRoot?: boolean;
  readonly tools: ImageTools;
  /** Where programs are that are not on the path: `{ node: "/nodejs/bin/node" }`. */
  readonly toolPaths?: Readonly<Partial<Record<keyof ImageTools, string>>>;
  readonly runtime?: Runtime;
  /** The image serves by itself, on these ports. */
  readonly server?: { readonly ports: readonly number[] };
  /** The image declares a `HEALTHCHECK` of its own. */
  readonly healthcheck: boolean;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  /** Where the image declares one; without it, SIGTERM. */
  readonly stopSignal?: string;
  /** The image is a compiler or development kit, more than a program needs at run time. */
  readonly toolchain?: {
    /** What is in it that does not belong in production: `the Go compiler`. */
    readonly what: string;
    /** What a final stage starts from instead. */
    readonly runtimeImage: string;
  };
  /** The earliest end among what the tag names: the program's line and the distribution's release. */
  readonly endOfLife?: EndOfLife;
  /** Where the facts are from. */
  readonly source: string;
}
