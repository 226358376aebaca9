import { image, official, type ImageFamily } from "./family.ts";
import { buildpackDeps, debian, distroless, redhat, systemOf, ubuntu } from "./systems.ts";
import { knows } from "./tag.ts";

/** Bases that are nobody's official image of a language, and much used all the same. */
export const community: readonly ImageFamily[] = [
  {
    names: ["ghcr.io/astral-sh/uv", "docker.io/astral/uv"],
    facts(tag) {
      const source = "https://docs.astral.sh/uv/guides/integration/docker/#available-images";
      const words = tag.rest.filter((word) => !/^python\d+(?:\.\d+)?$/.test(word));
      if (!words.every((word) => word === "debian")) return undefined;
      const python = words.length < tag.rest.length;
      const debianName = words.includes("debian");
      if (!python && !debianName && tag.system === undefined)
        return image(distroless("none"), { family: "uv", source });
      const plain = systemOf(tag, debian());
      const system = tag.slim || plain.os !== "debian" ? plain : buildpackDeps(plain, "full");
      return image(system, {
        family: "uv",
        runtime: "python",
        ...(python ? { tools: { python: true } } : {}),
        source,
      });
    },
  },
  {
    names: ["docker.io/dunglas/frankenphp"],
    facts(tag) {
      if (!tag.rest.every((word) => /^(?:php\d+(?:\.\d+)*|builder)$/.test(word))) return undefined;
      return image(systemOf(tag, debian()), {
        family: "frankenphp",
        runtime: "php",
        tools: { php: true, curl: true },
        server: { ports: [80, 443, 2019] },
        healthcheck: true,
        ...(tag.rest.includes("builder")
          ? { toolchain: { what: "Go and xcaddy", runtimeImage: "dunglas/frankenphp" } }
          : {}),
        source: "https://frankenphp.dev/docs/docker/",
      });
    },
  },
  {
    names: ["docker.io/nvidia/cuda", "nvcr.io/nvidia/cuda"],
    facts(tag) {
      const distribution = /-(ubuntu|ubi|rockylinux)(\d+(?:\.\d+)?)$/.exec(tag.text);
      if (distribution === null) return undefined;
      const [, name, release = ""] = distribution;
      const devel = /-devel-/.test(tag.text);
      return image(
        { ...(name === "ubuntu" ? ubuntu(release) : redhat(release, "full")), tools: {} },
        {
          family: "cuda",
          ...(devel
            ? {
                toolchain: {
                  what: "the CUDA compilers and headers",
                  runtimeImage: `nvidia/cuda:${tag.text.replace("-devel-", "-runtime-")}`,
                },
              }
            : {}),
          source: "https://gitlab.com/nvidia/container-images/cuda",
        },
      );
    },
  },
  {
    names: ["docker.io/continuumio/miniconda3", "docker.io/continuumio/anaconda3", "docker.io/condaforge/miniforge3"],
    facts: (_, name) =>
      image(
        { ...(name.endsWith("miniforge3") ? ubuntu() : debian()), tools: {} },
        {
          family: name.slice(name.lastIndexOf("/") + 1),
          runtime: "python",
          tools: { python: true },
          source: "https://github.com/ContinuumIO/docker-images",
        },
      ),
  },
  {
    names: ["quay.io/jupyter/*", "docker.io/jupyter/*"],
    facts(_, name) {
      const foundation = name.endsWith("/docker-stacks-foundation");
      if (!foundation && !name.endsWith("-notebook")) return undefined;
      return image(
        { ...ubuntu(), tools: { wget: true, python: true } },
        {
          family: "jupyter",
          runtime: "python",
          user: { name: "jovyan", uid: 1000, gid: 100 },
          entrypoint: ["tini", "-g", "--", "start.sh"],
          ...(foundation ? {} : { server: { ports: [8888] }, healthcheck: true }),
          source: "https://github.com/jupyter/docker-stacks",
        },
      );
    },
  },
  {
    names: [official("dart")],
    facts: (tag) =>
      knows(tag, ["sdk"])
        ? image(
            { ...systemOf(tag, debian()), tools: {} },
            {
              family: "dart",
              toolchain: { what: "the Dart SDK", runtimeImage: "gcr.io/distroless/cc-debian13:nonroot" },
              source: "https://github.com/dart-lang/dart-docker",
            },
          )
        : undefined,
  },
];
