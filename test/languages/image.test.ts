import { describe, expect, it } from "vitest";
import {
  familiarName,
  type ImageReference,
  isDockerOfficial,
  parseImageReference,
  registryOf,
  tagMeaning,
  withDigest,
  withTag,
} from "../../server/src/languages/image/index.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

function read(text: string): ImageReference {
  const reference = parseImageReference(text);
  if (reference === undefined) throw new Error(`${text} was not understood`);
  return reference;
}

describe("parseImageReference", () => {
  it.each([
    ["node", undefined, "node", undefined, "docker.io/library/node"],
    ["node:22-alpine", undefined, "node", "22-alpine", "docker.io/library/node"],
    ["bitnami/redis:7.2", undefined, "bitnami/redis", "7.2", "docker.io/bitnami/redis"],
    ["docker.io/node", "docker.io", "node", undefined, "docker.io/library/node"],
    ["index.docker.io/library/node:1", "index.docker.io", "library/node", "1", "docker.io/library/node"],
    [
      "registry-1.docker.io/library/node",
      "registry-1.docker.io",
      "library/node",
      undefined,
      "registry-1.docker.io/library/node",
    ],
    ["ghcr.io/acme/shop/web:v1.2.3", "ghcr.io", "acme/shop/web", "v1.2.3", "ghcr.io/acme/shop/web"],
    ["localhost/web", "localhost", "web", undefined, "localhost/web"],
    ["localhost:5000/web:dev", "localhost:5000", "web", "dev", "localhost:5000/web"],
    ["registry:5000/web", "registry:5000", "web", undefined, "registry:5000/web"],
    ["registry:5000", undefined, "registry", "5000", "docker.io/library/registry"],
    ["Registry/web", "Registry", "web", undefined, "Registry/web"],
    ["[2001:db8::1]:5000/web:1", "[2001:db8::1]:5000", "web", "1", "[2001:db8::1]:5000/web"],
    ["[::1]/web", "[::1]", "web", undefined, "[::1]/web"],
    ["10.0.0.7/web_a__b--c.d", "10.0.0.7", "web_a__b--c.d", undefined, "10.0.0.7/web_a__b--c.d"],
    ["a/b:_x", undefined, "a/b", "_x", "docker.io/a/b"],
  ])("reads %s", (text, registry, repository, tag, canonical) => {
    const reference = parseImageReference(text);
    expect(reference).toEqual({
      text,
      ...(registry === undefined ? {} : { registry }),
      repository,
      ...(tag === undefined ? {} : { tag }),
      canonical,
    });
  });

  it("reads a digest, with and without a tag", () => {
    expect(parseImageReference(`node@${digest}`)).toMatchObject({ digest, canonical: "docker.io/library/node" });
    expect(parseImageReference(`ghcr.io/a/b:1@${digest}`)).toMatchObject({ digest, tag: "1", repository: "a/b" });
    expect(parseImageReference(`a@sha512:${"0".repeat(128)}`)?.digest).toBe(`sha512:${"0".repeat(128)}`);
  });

  it.each([
    "",
    "/",
    ":latest",
    "node:",
    "node@",
    "node:tag with blank",
    "Node",
    "acme/Node",
    "node::1",
    "node:-1",
    `node:${"a".repeat(129)}`,
    "a//b",
    "a/b/",
    "/a",
    "a..b",
    "a___b",
    "-a",
    "a-",
    "https://ghcr.io/a/b",
    "-x.io/a",
    "[::1/a",
    "x:y/a",
    "${IMAGE}",
    "$IMAGE:1",
    "node:${TAG}",
    "{{ .Values.image }}",
    "node@sha256:abc",
    `node@md5:${"0".repeat(32)}`,
    `node@SHA256:${"0".repeat(64)}`,
    `node@sha256:${"A".repeat(64)}`,
    "0123456789abcdef".repeat(4),
    `a/${"b".repeat(254)}`,
  ])("refuses %j", (text) => {
    expect(parseImageReference(text)).toBeUndefined();
  });

  it("limits the path, Docker Hub's folder included, to 255 characters and leaves the host out of it", () => {
    expect(parseImageReference("b".repeat(247))).toBeDefined();
    expect(parseImageReference("b".repeat(248))).toBeUndefined();
    expect(parseImageReference(`a.io/${"b".repeat(255)}`)).toBeDefined();
    expect(parseImageReference(`a.io/${"b".repeat(256)}`)).toBeUndefined();
  });

  it("takes a lone name with dots for an image, not for a host", () => {
    expect(parseImageReference("ghcr.io")?.canonical).toBe("docker.io/library/ghcr.io");
  });

  it("answers at once about a text made to be slow", () => {
    expect(parseImageReference(`${"a-".repeat(2000)}/`)).toBeUndefined();
    expect(parseImageReference(`a.${"-".repeat(2000)}/b`)).toBeUndefined();
    expect(parseImageReference("a".repeat(1_000_000))).toBeUndefined();
  });
});

describe("names", () => {
  it.each([
    ["docker.io/library/node:1", "node", "docker.io", true],
    ["node", "node", "docker.io", true],
    ["library/node", "node", "docker.io", true],
    ["index.docker.io/acme/web", "acme/web", "docker.io", false],
    ["library/a/b", "library/a/b", "docker.io", true],
    ["quay.io/library/node", "quay.io/library/node", "quay.io", false],
    ["localhost:5000/web", "localhost:5000/web", "localhost:5000", false],
  ])("of %s", (text, familiar, registry, official) => {
    const reference = read(text);
    expect(familiarName(reference)).toBe(familiar);
    expect(registryOf(reference)).toBe(registry);
    expect(isDockerOfficial(reference)).toBe(official);
  });

  it("keep what was written when tag or digest are set", () => {
    expect(withDigest(read("docker.io/node:22"), digest)).toBe(`docker.io/node:22@${digest}`);
    expect(withDigest(read(`node@${digest.replace(/0/g, "1")}`), digest)).toBe(`node@${digest}`);
    expect(withTag(read("node"), "22")).toBe("node:22");
    expect(withTag(read(`ghcr.io/a/b:1@${digest}`), "2")).toBe("ghcr.io/a/b:2");
  });
});

describe("tagMeaning", () => {
  it.each([
    ["node", "floating"],
    ["node:latest", "floating"],
    ["node:lts-alpine", "floating"],
    ["node:lts-alpine3.20", "floating"],
    ["node:alpine", "floating"],
    ["node:alpine3.20", "floating"],
    ["node:bookworm-slim", "floating"],
    ["node:current", "floating"],
    ["nginx:stable-alpine", "floating"],
    ["nginx:mainline", "floating"],
    ["jenkins/jenkins:lts-jdk17", "floating"],
    ["cgr.dev/chainguard/node:latest-dev", "floating"],
    ["debian:stable-slim", "floating"],
    ["ubuntu:rolling", "floating"],
    ["mcr.microsoft.com/windows/servercore:ltsc2022", "version"],
    ["golang:nanoserver-1809", "floating"],
    ["golang:windowsservercore-ltsc2022", "floating"],
    ["acme/web:main", "floating"],
    ["acme/web:main-3f2a91c", "version"],
    ["acme/web:nightly-20240612", "version"],
    ["acme/web:green", "unknown"],
    ["acme/web:arm64", "floating"],
    ["node:22", "version"],
    ["node:22-alpine", "version"],
    ["postgres:16.3-bookworm", "version"],
    ["debian:bookworm-slim", "version"],
    ["amd64/debian:bookworm", "version"],
    ["ubuntu:24.04", "version"],
    ["alpine:3", "version"],
    ["debian:stable-20240612", "version"],
    ["acme/web:v1.2.3-rc", "version"],
    ["eclipse-temurin:21-jre-jammy", "version"],
    [`node:latest@${digest}`, "version"],
    [`node@${digest}`, "version"],
  ] as const)("of %s is %s", (text, meaning) => {
    expect(tagMeaning(read(text))).toBe(meaning);
  });
});
