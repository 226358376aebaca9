import { parseFamiliarName } from "@swimlane/docker-reference";
import { array, assert, constantFrom, oneof, option, pre, property, string, stringMatching, tuple } from "fast-check";
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

/**
 * Where we differ on purpose: we follow distribution/reference, it an older version of it.
 * A host may be an IPv6 address; a first part with upper-case letters is a host; a digest has lower-case digits;
 * the limit of 255 holds for the path, where the oracle counts the host too; a host with an underscore is refused, where the oracle
 * gives a reference without a name. Its patterns take exponential time, so the names here are short.
 */
function differs(text: string): boolean {
  const first = text.includes("/") ? text.slice(0, text.indexOf("/")) : "";
  return first.startsWith("[") || /[A-Z]/.test(first) || /@.*[A-F]/.test(text) || text.length > 240;
}

function theirs(text: string) {
  try {
    const { repositoryUrl, tag, digest } = parseFamiliarName(text);
    if (repositoryUrl === "") return undefined;
    return { canonical: repositoryUrl, tag, digest };
  } catch {
    return undefined;
  }
}

function ours(text: string) {
  const reference = parseImageReference(text);
  return reference && { canonical: reference.canonical, tag: reference.tag, digest: reference.digest };
}

describe("agreement with @swimlane/docker-reference", () => {
  const word = string({ unit: constantFrom(..."abz019._-A".split("")), minLength: 1, maxLength: 4 });
  const good = stringMatching(/^[a-z0-9]{1,3}$/);
  const host = oneof(
    constantFrom(
      "localhost",
      "localhost:5000",
      "docker.io",
      "index.docker.io",
      "ghcr.io",
      "a.b:443",
      "[::1]",
      "Up",
      "a_b.c",
    ),
    word,
  );
  const written = tuple(
    option(host),
    array(oneof({ weight: 3, arbitrary: good }, word), { minLength: 1, maxLength: 3 }),
    option(oneof(word, constantFrom("latest", "1.2.3-alpine", "", "_"))),
    option(constantFrom(digest, "sha256:abc", digest.toUpperCase(), `sha512:${"ab".repeat(64)}`, "md5:0", "")),
  ).map(
    ([registry, path, tag, pin]) =>
      (registry === null ? "" : `${registry}/`) +
      path.join("/") +
      (tag === null ? "" : `:${tag}`) +
      (pin === null ? "" : `@${pin}`),
  );

  it("holds for names put together by the grammar and nearly so", () => {
    assert(
      property(written, (text) => {
        pre(!differs(text));
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("holds for any characters", () => {
    const characters = string({ unit: constantFrom(..."ab09/:@._-[] ${}A\n".split("")), maxLength: 14 });
    assert(
      property(characters, (text) => {
        pre(!differs(text));
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: 3000 },
    );
  });

  it("ends where the list of differences says", () => {
    expect([ours("[::1]/a"), theirs("[::1]/a")]).toEqual([expect.anything(), undefined]);
    expect([ours("Host/a")?.canonical, theirs("Host/a")?.canonical]).toEqual(["Host/a", undefined]);
    const upper = `a@sha256:${"A".repeat(64)}`;
    expect([ours(upper), theirs(upper)?.digest]).toEqual([undefined, upper.slice(2)]);
    const long = `a.io/${"b".repeat(255)}`;
    expect([ours(long), theirs(long)]).toEqual([expect.anything(), undefined]);
  });
});
