import type { BaseImageFacts, ImageTools, ImageUser } from "./model.ts";
import type { Tag } from "./tag.ts";

/** What a distribution's own image settles for every image made from it. */
export type System = Pick<
  BaseImageFacts,
  "os" | "osRelease" | "libc" | "packageManager" | "shell" | "bash" | "userDialect" | "user" | "tools"
>;

/** The user that images run as where they name none. */
export const root: ImageUser = { name: "root", uid: 0, gid: 0 };

const noTools = {
  wget: false,
  curl: false,
  nc: false,
  node: false,
  python: false,
  php: false,
  ruby: false,
  perl: false,
  java: false,
  bun: false,
  deno: false,
  pwsh: false,
} as const satisfies ImageTools;

/** busybox is everything in it. Source: https://github.com/alpinelinux/docker-alpine */
export function alpine(release?: string): System {
  return {
    os: "alpine",
    ...(release === undefined ? {} : { osRelease: release }),
    libc: "musl",
    packageManager: "apk",
    shell: true,
    bash: false,
    userDialect: "busybox",
    user: root,
    tools: { ...noTools, wget: true, nc: true },
  };
}

/** `slim` or not, it has perl (perl-base is essential) and nothing that fetches. Source: https://github.com/debuerreotype/docker-debian-artifacts */
export function debian(release?: string): System {
  return {
    os: "debian",
    ...(release === undefined ? {} : { osRelease: release }),
    libc: "glibc",
    packageManager: "apt",
    shell: true,
    bash: true,
    userDialect: "shadow",
    user: root,
    tools: { ...noTools, perl: true },
  };
}

/** Source: https://git.launchpad.net/cloud-images/+oci/ubuntu-base */
export function ubuntu(release?: string): System {
  return { ...debian(release), os: "ubuntu" };
}

/**
 * What `buildpack-deps` adds to Debian and Ubuntu: curl and wget, with `scm` also Mercurial and so Python.
 * Source: https://github.com/docker-library/buildpack-deps
 */
export function buildpackDeps(system: System, edition: "curl" | "scm" | "full"): System {
  return withTools(system, edition === "curl" ? { curl: true, wget: true } : { curl: true, wget: true, python: true });
}

/** Which image of the Red Hat family: `micro` has no package manager, `minimal` microdnf and no `useradd`. */
export type RedHatEdition = "full" | "minimal" | "micro";

/** Sources: https://catalog.redhat.com/software/base-images, https://docs.rockylinux.org/, https://wiki.almalinux.org/containers/docker-images.html */
export function redhat(release: string | undefined, edition: RedHatEdition): System {
  const old = release !== undefined && Number.parseInt(release, 10) <= 7;
  const full = edition === "full";
  return {
    os: "redhat",
    ...(release === undefined || release === "" ? {} : { osRelease: release }),
    libc: "glibc",
    packageManager: edition === "micro" ? "none" : edition === "minimal" ? "microdnf" : old ? "yum" : "dnf",
    shell: true,
    bash: true,
    userDialect: full ? "shadow" : "none",
    user: root,
    tools: full
      ? {
          curl: true,
          node: false,
          php: false,
          ruby: false,
          java: false,
          bun: false,
          deno: false,
          pwsh: false,
          nc: false,
        }
      : { ...noTools, curl: edition === "minimal" },
  };
}

/** No `useradd` until `shadow-utils` is installed. Source: https://github.com/amazonlinux/container-images */
export function amazonLinux(release: string | undefined): System {
  const second = release === "2" || release === "1";
  return {
    ...redhat(release, "full"),
    os: "amazon",
    packageManager: second ? "yum" : "dnf",
    userDialect: "none",
    tools: {
      curl: true,
      wget: false,
      nc: false,
      node: false,
      php: false,
      ruby: false,
      perl: false,
      java: false,
      bun: false,
      deno: false,
      pwsh: false,
    },
  };
}

/** `slim` has microdnf in place of dnf, and `useradd`, as MySQL's image shows. Source: https://github.com/oracle/container-images */
export function oracleLinux(release: string | undefined, slim: boolean): System {
  return slim
    ? {
        ...redhat(release, "minimal"),
        userDialect: "shadow",
        tools: { curl: true, node: false, php: false, ruby: false, java: false },
      }
    : redhat(release, "full");
}

/** A libc and certificates at most: no shell, no package manager. */
export function distroless(libc: BaseImageFacts["libc"]): System {
  return {
    os: "distroless",
    libc,
    packageManager: "none",
    shell: false,
    bash: false,
    userDialect: "none",
    user: root,
    tools: noTools,
  };
}

/** Nothing at all. */
export const scratch: System = { ...distroless("none"), os: "scratch" };

/** Source: https://github.com/docker-library/busybox */
export function busybox(libc: BaseImageFacts["libc"]): System {
  return {
    os: "busybox",
    libc,
    packageManager: "none",
    shell: true,
    bash: false,
    userDialect: "busybox",
    user: root,
    tools: { ...noTools, wget: true, nc: true },
  };
}

/** Wolfi with apk and busybox. Source: https://edu.chainguard.dev/chainguard/chainguard-images/ */
export const wolfi: System = { ...alpine(), os: "wolfi", libc: "glibc" };

/** Users and permissions work another way there. Source: https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-base-images */
export function windows(edition: "servercore" | "nanoserver"): System {
  return {
    os: "windows",
    libc: "none",
    packageManager: "none",
    shell: true,
    bash: false,
    userDialect: "none",
    user:
      edition === "nanoserver"
        ? { name: "ContainerUser", uid: 1, gid: 1 }
        : { name: "ContainerAdministrator", uid: 0, gid: 0 },
    tools: { wget: false, nc: false, curl: true, python: false, ruby: false, perl: false, php: false },
  };
}

/** The system a tag names, and where it names none, the one given. */
export function systemOf(tag: Tag, otherwise: System): System {
  const { system } = tag;
  if (system === undefined) return otherwise;
  switch (system.kind) {
    case "alpine":
      return alpine(system.release);
    case "debian":
      return debian(system.release);
    case "ubuntu":
      return ubuntu(system.release);
    case "amazon":
      return amazonLinux(system.release);
    case "redhat":
      return system.edition === "oracle"
        ? oracleLinux(system.release, tag.slim)
        : redhat(system.release, system.edition);
    default:
      return windows(system.edition);
  }
}

/** The same system with some programs more or fewer. */
export function withTools<S extends System>(system: S, tools: ImageTools): S {
  return { ...system, tools: { ...system.tools, ...tools } };
}

/** The same system with nothing said of these programs. */
export function unsureOf(system: System, ...names: readonly (keyof ImageTools)[]): System {
  const known = Object.entries(system.tools).filter(([name]) => !names.some((unsure) => unsure === name));
  return { ...system, tools: Object.fromEntries(known) };
}
