import { image, official, type ImageFamily } from "./family.ts";
import { buildpackDeps, debian, systemOf, ubuntu, type System } from "./systems.ts";
import { knows, type Tag } from "./tag.ts";

/** What a statically linked program needs: nothing but certificates, time zones and a user. */
const staticRuntime = "gcr.io/distroless/static-debian13:nonroot";

/** What a program linked to glibc and libgcc needs. */
export const glibcRuntime = "gcr.io/distroless/cc-debian13:nonroot";

function musl(system: System): boolean {
  return system.os === "alpine";
}

function alpineImage(system: System): string {
  return `alpine:${system.osRelease ?? "latest"}`;
}

/** Plain tags stand on buildpack-deps, `slim` ones and Alpine on the distribution alone. */
function base(tag: Tag, edition: "scm" | "full"): System {
  const plain = systemOf(tag, debian());
  return tag.slim || plain.os !== "debian" ? plain : buildpackDeps(plain, edition);
}

/** Images that compile to machine code or to an Erlang release. */
export const native: readonly ImageFamily[] = [
  {
    names: [official("golang")],
    facts: (tag) =>
      knows(tag, ["tip", "onbuild", "wheezy", "cross"])
        ? image(base(tag, "scm"), {
            family: "golang",
            runtime: "go",
            toolchain: { what: "the Go compiler", runtimeImage: staticRuntime },
            source: "https://github.com/docker-library/golang",
          })
        : undefined,
  },
  {
    names: [official("rust")],
    facts(tag) {
      if (!knows(tag)) return undefined;
      const system = base(tag, "full");
      return image(system, {
        family: "rust",
        runtime: "rust",
        toolchain: { what: "the Rust compiler", runtimeImage: musl(system) ? alpineImage(system) : glibcRuntime },
        source: "https://github.com/rust-lang/docker-rust",
      });
    },
  },
  {
    names: [official("gcc")],
    facts: (tag) =>
      knows(tag)
        ? image(base(tag, "full"), {
            family: "gcc",
            toolchain: { what: "the GNU compilers", runtimeImage: glibcRuntime },
            source: "https://github.com/docker-library/gcc",
          })
        : undefined,
  },
  {
    names: [official("swift"), "docker.io/swiftlang/swift"],
    facts(tag) {
      if (!knows(tag, ["rhel", "ubi9", "fedora39", "fedora41", "centos7", "centos8"])) return undefined;
      if (tag.rest.some((word) => word.startsWith("centos") || word.startsWith("fedora"))) return undefined;
      const system = systemOf(tag, ubuntu());
      const named = tag.text.replace(/^latest$/, "");
      return image(
        { ...system, tools: {} },
        {
          family: "swift",
          runtime: "swift",
          ...(tag.slim
            ? {}
            : {
                toolchain: {
                  what: "the Swift compiler",
                  runtimeImage: `swift:${named === "" ? "slim" : `${named}-slim`}`,
                },
              }),
          source: "https://github.com/swiftlang/swift-docker",
        },
      );
    },
  },
  {
    names: [official("haskell")],
    facts: (tag) =>
      knows(tag)
        ? image(
            { ...systemOf(tag, debian()), tools: {} },
            {
              family: "haskell",
              runtime: "haskell",
              toolchain: {
                what: "GHC, Cabal and Stack",
                runtimeImage: `debian:${tag.system?.kind === "debian" ? tag.system.release : "stable"}-slim`,
              },
              source: "https://github.com/haskell/docker-haskell",
            },
          )
        : undefined,
  },
  ...(["erlang", "elixir"] as const).map(
    (name): ImageFamily => ({
      names: [official(name)],
      facts(tag) {
        if (!knows(tag, ["otp"])) return undefined;
        const system = base(tag, "full");
        return image(system, {
          family: name,
          runtime: name,
          toolchain: {
            what: name === "erlang" ? "the Erlang compiler" : "Mix and the compilers of Erlang and Elixir",
            // A release carries the Erlang runtime in it and wants the same libc.
            runtimeImage: musl(system) ? alpineImage(system) : "debian:stable-slim",
          },
          source: `https://github.com/erlang/docker-${name === "erlang" ? "erlang-otp" : "elixir"}`,
        });
      },
    }),
  ),
  {
    names: [official("docker")],
    facts(tag) {
      if (!knows(tag, ["cli", "dind", "rootless", "git"])) return undefined;
      const daemon = tag.rest.includes("dind");
      const system = systemOf({ ...tag, system: tag.system ?? { kind: "alpine", release: undefined } }, debian());
      return image(system, {
        family: "docker",
        ...(tag.rest.includes("rootless") ? { user: { name: "rootless", uid: 1000, gid: 1000 } } : {}),
        ...(daemon ? { server: { ports: [2375, 2376] } } : {}),
        entrypoint: [daemon ? "dockerd-entrypoint.sh" : "docker-entrypoint.sh"],
        source: "https://github.com/docker-library/docker",
      });
    },
  },
];
