import { image, official, type ImageFamily } from "./family.ts";
import {
  alpine,
  amazonLinux,
  buildpackDeps,
  busybox,
  debian,
  oracleLinux,
  redhat,
  root,
  scratch,
  systemOf,
  ubuntu,
  windows,
  wolfi,
  type RedHatEdition,
} from "./systems.ts";
import { knows, type Tag } from "./tag.ts";

const dockerOfficial = "https://github.com/docker-library/official-images/tree/master/library";

function editionOf(tag: Tag): RedHatEdition {
  return tag.rest.includes("micro") ? "micro" : tag.rest.includes("minimal") ? "minimal" : "full";
}

/** The distributions themselves, and the images that are little more. */
export const distributions: readonly ImageFamily[] = [
  {
    names: [official("scratch")],
    facts: () => image(scratch, { family: "scratch", source: "https://docs.docker.com/build/building/base-images/" }),
  },
  {
    names: [official("alpine")],
    facts: (tag) =>
      knows(tag)
        ? image(alpine(tag.version), { family: "alpine", source: "https://github.com/alpinelinux/docker-alpine" })
        : undefined,
  },
  {
    names: [official("debian")],
    facts: (tag) =>
      knows(tag, ["oldstable", "oldoldstable", "testing", "experimental", "backports", "rc", "buggy"])
        ? image(debian(tag.system?.kind === "debian" ? tag.system.release : tag.version), {
            family: "debian",
            source: "https://github.com/debuerreotype/docker-debian-artifacts",
          })
        : undefined,
  },
  {
    names: [official("ubuntu")],
    facts: (tag) =>
      knows(tag)
        ? image(ubuntu(tag.system?.kind === "ubuntu" ? tag.system.release : tag.version), {
            family: "ubuntu",
            source: `${dockerOfficial}/ubuntu`,
          })
        : undefined,
  },
  {
    names: [official("buildpack-deps")],
    facts(tag) {
      if (!knows(tag, ["curl", "scm", "oldstable", "oldoldstable", "testing"])) return undefined;
      const edition = tag.rest.includes("curl") ? "curl" : tag.rest.includes("scm") ? "scm" : "full";
      const system = systemOf(tag, debian());
      return image(buildpackDeps(system, edition), {
        family: "buildpack-deps",
        ...(edition === "full"
          ? {
              toolchain: {
                what: "compilers and the headers of many libraries",
                runtimeImage:
                  system.os === "ubuntu"
                    ? `ubuntu:${system.osRelease ?? "latest"}`
                    : `debian:${system.osRelease === undefined ? "stable" : system.osRelease}-slim`,
              },
            }
          : {}),
        source: "https://github.com/docker-library/buildpack-deps",
      });
    },
  },
  {
    names: [official("busybox")],
    facts: (tag) =>
      knows(tag, ["glibc", "musl", "uclibc", "stable"])
        ? image(busybox(tag.rest.includes("musl") ? "musl" : tag.rest.includes("uclibc") ? "none" : "glibc"), {
            family: "busybox",
            source: "https://github.com/docker-library/busybox",
          })
        : undefined,
  },
  {
    names: [official("bash")],
    facts: (tag) =>
      knows(tag)
        ? image(systemOf(tag, alpine()), {
            family: "bash",
            bash: true,
            source: "https://github.com/tianon/docker-bash",
          })
        : undefined,
  },
  {
    names: [official("fedora"), "registry.fedoraproject.org/fedora", "quay.io/fedora/fedora"],
    facts: (tag) =>
      knows(tag, ["rawhide"])
        ? image(redhat(tag.version, "full"), { family: "fedora", source: `${dockerOfficial}/fedora` })
        : undefined,
  },
  {
    names: [official("centos"), "quay.io/centos/centos"],
    facts: (tag) =>
      knows(tag, ["centos5", "centos6", "centos7", "centos8", "stream8", "stream9", "stream10", "minimal"])
        ? image(redhat(/\d+/.exec(tag.text)?.[0], editionOf(tag)), {
            family: tag.text.includes("stream") ? "centos-stream" : "centos",
            source: `${dockerOfficial}/centos`,
          })
        : undefined,
  },
  ...redHatLike("rockylinux", [
    official("rockylinux"),
    "docker.io/rockylinux/rockylinux",
    "quay.io/rockylinux/rockylinux",
  ]),
  ...redHatLike("almalinux", [
    official("almalinux"),
    "docker.io/almalinux/almalinux",
    "quay.io/almalinuxorg/almalinux",
  ]),
  {
    names: ["docker.io/almalinux/8-minimal", "docker.io/almalinux/9-minimal", "docker.io/almalinux/10-minimal"],
    facts: (_, name) =>
      image(redhat(/(\d+)-minimal$/.exec(name)?.[1], "minimal"), {
        family: "almalinux",
        source: "https://wiki.almalinux.org/containers/docker-images.html",
      }),
  },
  {
    names: ["registry.access.redhat.com/ubi*", "registry.redhat.io/ubi*", "docker.io/redhat/ubi*"],
    facts(_, name) {
      // ubi9, ubi9-minimal, ubi9/ubi, ubi9/ubi-micro; the language images of the same folder are another family.
      const match = /\/ubi(\d+)(?:\/ubi)?(?:-(minimal|micro|init))?$/.exec(name);
      if (match === null) return undefined;
      const edition: RedHatEdition = match[2] === "minimal" || match[2] === "micro" ? match[2] : "full";
      return image(redhat(match[1], edition), {
        family: match[2] === undefined ? "ubi" : `ubi-${match[2]}`,
        // Where dnf is, so is the Python it is written in; version 8 keeps it off the path.
        ...(edition === "full" && Number(match[1]) >= 9 ? { tools: { python: true } } : {}),
        source: "https://catalog.redhat.com/software/base-images",
      });
    },
  },
  {
    names: [official("oraclelinux"), "container-registry.oracle.com/os/oraclelinux", "ghcr.io/oracle/oraclelinux"],
    facts: (tag) =>
      knows(tag, ["fips"])
        ? image(oracleLinux(tag.version, tag.slim), {
            family: "oraclelinux",
            source: "https://github.com/oracle/container-images",
          })
        : undefined,
  },
  {
    names: [official("amazonlinux"), "public.ecr.aws/amazonlinux/amazonlinux"],
    facts: (tag) =>
      knows(tag, ["minimal", "al2022"])
        ? image(amazonLinux(tag.version), {
            family: "amazonlinux",
            source: "https://github.com/amazonlinux/container-images",
          })
        : undefined,
  },
  {
    names: [
      "docker.io/opensuse/leap",
      "docker.io/opensuse/tumbleweed",
      "registry.opensuse.org/opensuse/leap",
      "registry.opensuse.org/opensuse/tumbleweed",
    ],
    facts: (tag, name) =>
      knows(tag)
        ? image(
            {
              ...redhat(tag.version, "full"),
              os: "suse",
              packageManager: "zypper",
              userDialect: "none",
              tools: { curl: true },
            },
            {
              family: name.endsWith("leap") ? "opensuse/leap" : "opensuse/tumbleweed",
              source: "https://en.opensuse.org/Portal:Container",
            },
          )
        : undefined,
  },
  {
    names: ["registry.suse.com/bci/bci-base", "registry.suse.com/suse/sle15"],
    facts: (tag) =>
      image(
        {
          ...redhat(tag.version, "full"),
          os: "suse",
          packageManager: "zypper",
          userDialect: "none",
          tools: { curl: true },
        },
        { family: "bci", source: "https://documentation.suse.com/container/all/html/Container-guide/index.html" },
      ),
  },
  {
    names: [official("photon")],
    facts: (tag) =>
      image(
        { ...redhat(tag.version, "minimal"), os: "photon", packageManager: "tdnf", tools: { curl: true } },
        { family: "photon", source: "https://github.com/vmware/photon-docker-image" },
      ),
  },
  {
    names: ["mcr.microsoft.com/azurelinux/base/core", "mcr.microsoft.com/cbl-mariner/base/core"],
    facts: (tag) =>
      image(
        { ...redhat(tag.version, "minimal"), os: "azure", packageManager: "tdnf", tools: { curl: true } },
        { family: "azurelinux", source: "https://github.com/microsoft/azurelinux" },
      ),
  },
  {
    names: [official("archlinux")],
    facts: () =>
      image(
        {
          ...debian(),
          os: "arch",
          packageManager: "pacman",
          tools: { curl: true, wget: false, node: false, python: false },
        },
        { family: "archlinux", source: "https://gitlab.archlinux.org/archlinux/archlinux-docker" },
      ),
  },
  {
    names: ["cgr.dev/chainguard/wolfi-base", "cgr.dev/chainguard/chainguard-base"],
    facts: () =>
      image(wolfi, {
        family: "wolfi-base",
        nonRootUser: { name: "nonroot", uid: 65532, gid: 65532 },
        source: "https://images.chainguard.dev/directory/image/wolfi-base/overview",
      }),
  },
  {
    names: [
      "mcr.microsoft.com/windows/servercore",
      "mcr.microsoft.com/windows/server",
      "mcr.microsoft.com/windows",
      "mcr.microsoft.com/windows/servercore/iis",
    ],
    facts: (_, name) =>
      image(windows("servercore"), {
        family: name.slice("mcr.microsoft.com/".length),
        ...(name.endsWith("iis") ? { server: { ports: [80] } } : {}),
        source: "https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-base-images",
      }),
  },
  {
    names: ["mcr.microsoft.com/windows/nanoserver"],
    facts: () =>
      image(windows("nanoserver"), {
        family: "windows/nanoserver",
        source: "https://learn.microsoft.com/virtualization/windowscontainers/manage-containers/container-base-images",
      }),
  },
];

function redHatLike(family: string, names: readonly string[]): readonly ImageFamily[] {
  return [
    {
      names,
      facts: (tag) =>
        knows(tag, ["minimal", "micro", "base", "kitten", "ubi", "init", "toolbox"])
          ? image(
              { ...redhat(tag.version, editionOf(tag)), user: root },
              { family, source: `${dockerOfficial}/${family}` },
            )
          : undefined,
    },
  ];
}
