import type { BaseImageFacts } from "../base-images/index.ts";
import type { PackageManagerName } from "./model.ts";
import { wordSet } from "./words.ts";

/** Where a program keeps what it downloads, as a cache mount of a `RUN` wants it. */
export interface BuildCache {
  readonly tool: string;
  /** The names it is called by, wrappers of a project (`mvnw`) included. */
  readonly programs: ReadonlySet<string>;
  /** The commands of it that download; two words are joined by a space. */
  readonly downloads: ReadonlySet<string>;
  /** It downloads when it is given no command. */
  readonly byDefault?: boolean;
  /** It takes several commands at once, in any order, and these may begin with a project's name and a colon. */
  readonly goals?: boolean;
  /** `~` stands for the home directory of the user that runs it. */
  readonly targets: readonly string[];
  /** Other places for users that are not root. */
  readonly userTargets?: readonly string[];
  /** The image families (see `BaseImageFacts`) in which the places are these; any where left out. */
  readonly families?: readonly string[];
  /** Two builds must not write at once. */
  readonly locked: boolean;
  /** Later commands read what is in it, so each of them needs the mount: it is no mere cache. */
  readonly needed: boolean;
  /** Variables that turn it off or move it. */
  readonly variables: ReadonlySet<string>;
  /** Flags that turn it off or move it, or make the command download nothing. */
  readonly avoided: RegExp;
  readonly source: string;
}

const offline = /^(?:--help|-h|--version|-V|--offline|--dry-run|--cache|--cache-dir|--store-dir|--cache-folder)(?:=|$)/;

/** Programs of languages and their caches. */
const caches: readonly BuildCache[] = [
  {
    tool: "npm",
    programs: wordSet("npm"),
    downloads: wordSet("ci install i add clean-install ic update"),
    targets: ["~/.npm"],
    locked: false,
    needed: false,
    variables: wordSet("npm_config_cache NPM_CONFIG_CACHE npm_config_offline NPM_CONFIG_OFFLINE"),
    avoided: offline,
    source: "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
  },
  {
    tool: "pnpm",
    programs: wordSet("pnpm"),
    downloads: wordSet("install i add fetch update"),
    targets: ["~/.local/share/pnpm/store"],
    locked: false,
    needed: false,
    variables: wordSet("XDG_DATA_HOME npm_config_store_dir NPM_CONFIG_STORE_DIR PNPM_HOME"),
    avoided: offline,
    source: "https://pnpm.io/docker",
  },
  {
    tool: "pip",
    programs: wordSet("pip pip3"),
    downloads: wordSet("install wheel download"),
    targets: ["~/.cache/pip"],
    locked: false,
    needed: false,
    variables: wordSet("PIP_NO_CACHE_DIR PIP_CACHE_DIR PIP_NO_INDEX XDG_CACHE_HOME"),
    avoided: /^(?:--help|-h|--version|-V|--no-index|--cache-dir|--target|--dry-run)(?:=|$)/,
    source: "https://pip.pypa.io/en/stable/topics/caching/",
  },
  {
    tool: "uv",
    programs: wordSet("uv"),
    downloads: new Set(["sync", "pip install", "pip sync", "tool install", "add"]),
    targets: ["~/.cache/uv"],
    locked: false,
    needed: false,
    variables: wordSet("UV_CACHE_DIR UV_NO_CACHE UV_OFFLINE XDG_CACHE_HOME"),
    avoided: /^(?:--help|-h|--no-cache|-n|--offline|--cache-dir|--dry-run)(?:=|$)/,
    source: "https://docs.astral.sh/uv/guides/integration/docker/#caching",
  },
  {
    tool: "Poetry",
    programs: wordSet("poetry"),
    downloads: wordSet("install add sync update"),
    // Its environments are in the same folder, and have to stay in the image.
    targets: ["~/.cache/pypoetry/cache", "~/.cache/pypoetry/artifacts"],
    locked: false,
    needed: false,
    variables: wordSet("POETRY_CACHE_DIR XDG_CACHE_HOME"),
    avoided: /^(?:--help|-h|--no-cache|--dry-run)$/,
    source: "https://python-poetry.org/docs/configuration/#cache-dir",
  },
  {
    tool: "Bundler",
    programs: wordSet("bundle bundler"),
    downloads: wordSet("install update"),
    byDefault: true,
    targets: ["/usr/local/bundle/cache"],
    families: ["ruby"],
    locked: false,
    needed: false,
    variables: wordSet("BUNDLE_PATH GEM_HOME BUNDLE_DEPLOYMENT BUNDLE_CACHE_PATH"),
    avoided: /^(?:--help|--version|-v|--local|--path|--deployment|--standalone)(?:=|$)/,
    source: "https://github.com/docker-library/ruby",
  },
  {
    tool: "Composer",
    programs: wordSet("composer"),
    downloads: wordSet("install i require update create-project"),
    targets: ["/tmp/cache"],
    families: ["composer"],
    locked: false,
    needed: false,
    variables: wordSet("COMPOSER_CACHE_DIR COMPOSER_HOME COMPOSER_NO_CACHE"),
    avoided: /^(?:--help|-h|--version|-V|--no-cache|--dry-run)$/,
    source: "https://github.com/composer/docker",
  },
  {
    tool: "Go",
    programs: wordSet("go"),
    downloads: new Set(["mod download", "build", "install", "get", "test"]),
    targets: ["/go/pkg/mod", "~/.cache/go-build"],
    families: ["golang"],
    locked: false,
    needed: true,
    variables: wordSet("GOPATH GOMODCACHE GOCACHE GOFLAGS XDG_CACHE_HOME"),
    avoided: /^(?:-h|-help|-mod=vendor)$/,
    source: "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
  },
  {
    tool: "Cargo",
    programs: wordSet("cargo"),
    downloads: wordSet("build install fetch test check b chef"),
    targets: ["/usr/local/cargo/registry", "/usr/local/cargo/git"],
    families: ["rust"],
    // Its lock file is outside of these.
    locked: true,
    needed: true,
    variables: wordSet("CARGO_HOME CARGO_NET_OFFLINE"),
    avoided: /^(?:--help|-h|--version|-V|--offline|--frozen|prepare)$/,
    source: "https://doc.rust-lang.org/cargo/guide/cargo-home.html",
  },
  {
    tool: "Maven",
    programs: wordSet("mvn mvnw"),
    goals: true,
    downloads: wordSet(
      "package install verify compile test deploy dependency:go-offline dependency:resolve dependency:copy-dependencies",
    ),
    targets: ["~/.m2/repository"],
    locked: true,
    needed: true,
    variables: wordSet("MAVEN_OPTS MAVEN_ARGS MAVEN_USER_HOME"),
    avoided: /^(?:--help|-h|--version|-v|--offline|-o|-Dmaven\.repo\.local=.*)$/,
    source: "https://maven.apache.org/guides/mini/guide-configuring-maven.html",
  },
  {
    tool: "Gradle",
    programs: wordSet("gradle gradlew"),
    goals: true,
    downloads: wordSet("build assemble bootJar shadowJar jar test dependencies installDist check war bootWar"),
    targets: ["/home/gradle/.gradle/caches"],
    families: ["gradle"],
    locked: true,
    needed: true,
    variables: wordSet("GRADLE_USER_HOME GRADLE_OPTS"),
    avoided: /^(?:--help|-h|--version|-v|--offline|-g|--gradle-user-home(?:=.*)?)$/,
    source: "https://docs.gradle.org/current/userguide/directory_layout.html",
  },
  {
    tool: "NuGet",
    programs: wordSet("dotnet"),
    downloads: wordSet("restore build publish test"),
    targets: ["~/.nuget/packages"],
    locked: false,
    needed: true,
    variables: wordSet("NUGET_PACKAGES DOTNET_CLI_HOME"),
    avoided: /^(?:--help|-h|--packages)$/,
    source: "https://learn.microsoft.com/nuget/consume-packages/managing-the-global-packages-and-cache-folders",
  },
  // Its first version: from the second on the cache may be what the program runs from.
  {
    tool: "Yarn",
    programs: wordSet("yarn"),
    downloads: wordSet("install add"),
    byDefault: true,
    targets: ["/usr/local/share/.cache/yarn"],
    userTargets: ["~/.cache/yarn"],
    locked: true,
    needed: false,
    variables: wordSet("YARN_CACHE_FOLDER XDG_CACHE_HOME"),
    avoided: offline,
    source: "https://classic.yarnpkg.com/lang/en/docs/cli/cache/",
  },
];

const byProgram: ReadonlyMap<string, BuildCache> = new Map(
  caches.flatMap((cache) => [...cache.programs].map((program) => [program, cache] as const)),
);

/** The cache of a program of a language by the program's name, `yarn` meaning its first version. */
export function buildCacheOf(program: string): BuildCache | undefined {
  return byProgram.get(program);
}

/** The cache of a distribution's package manager. */
export interface SystemCache {
  readonly targets: readonly string[];
  /** Flags that keep it empty. */
  readonly keepsEmpty: readonly string[];
  /** A flag without which it stays empty. */
  readonly fill?: string;
  /** What has to go from the image, or it is emptied after every installation. */
  readonly hook?: string;
  readonly source: string;
}

/** The cache of a package manager in an image of this distribution and release; `undefined` where its place is not known. */
export function systemCacheOf(
  manager: PackageManagerName,
  { os, osRelease, packageManager, family }: Pick<BaseImageFacts, "os" | "osRelease" | "packageManager" | "family">,
): SystemCache | undefined {
  switch (manager) {
    case "apt-get":
      return packageManager !== "apt"
        ? undefined
        : {
            // Not all of `/var/lib/apt`: it also holds which packages were installed by themselves, which is a matter of each image.
            targets: ["/var/cache/apt", "/var/lib/apt/lists"],
            keepsEmpty: [],
            hook: "/etc/apt/apt.conf.d/docker-clean",
            source: "https://docs.docker.com/reference/dockerfile/#example-cache-apt-packages",
          };
    case "apk":
      return os !== "alpine"
        ? undefined
        : {
            targets: ["/etc/apk/cache"],
            keepsEmpty: ["--no-cache"],
            source: "https://wiki.alpinelinux.org/wiki/Local_APK_cache",
          };
    case "dnf":
    case "yum": {
      if (packageManager !== "dnf") return undefined;
      const release = Number(osRelease);
      const fifth = family === "fedora" && release >= 41;
      if (family === "fedora" && Number.isNaN(release)) return undefined;
      return {
        targets: [fifth ? "/var/cache/libdnf5" : "/var/cache/dnf"],
        keepsEmpty: [],
        fill: "--setopt=keepcache=1",
        source: "https://dnf.readthedocs.io/en/latest/conf_ref.html",
      };
    }
    default:
      return undefined;
  }
}
