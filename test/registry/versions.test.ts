import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseImageReference } from "../../server/src/languages/image/index.ts";
import { versionChoices } from "../../server/src/registry/versions.ts";

/** `a..c` of numbers, newest first or not: registries have their tags in lexical order. */
function series<T>(make: (n: number) => T, from: number, to: number): T[] {
  return Array.from({ length: to - from + 1 }, (_, index) => make(from + index));
}

function across(versions: readonly string[], suffixes: readonly string[]): string[] {
  return versions.flatMap((version) => suffixes.map((suffix) => version + suffix));
}

function words(text: string): string[] {
  return text.split(" ");
}

const lists = {
  postgres: [
    ...across(
      ["13.18", "14.15", "15.10", "16.5", "16.6", "17.1", "17.2", "17.3", "13", "14", "15", "16", "17"],
      ["", "-alpine", "-alpine3.20", "-alpine3.21", "-bookworm", "-bullseye"],
    ),
    ...across(["18beta1", "18beta2", "18rc1", "17rc1"], ["", "-alpine", "-alpine3.21", "-bookworm"]),
    ...words("latest alpine alpine3.20 alpine3.21 bookworm bullseye"),
  ],
  node: [
    ...across(
      [
        ...series((n) => `22.${n}.0`, 0, 14),
        ...words("22.11.1 22.12.1 22.13.1 20.18.0 20.18.1 20.18.2 18.20.5 18.20.6 23.7.0 23.6.1"),
        ...words("22 22.14 22.13 20 20.18 18 18.20 23 23.7"),
        ...words("lts current jod iron"),
      ],
      ["", "-alpine", "-alpine3.20", "-alpine3.21", "-slim", "-bookworm", "-bookworm-slim", "-bullseye-slim"],
    ),
    ...words("latest alpine alpine3.21 slim bookworm-slim onbuild 4-onbuild"),
  ],
  python: across(
    [
      "3.11.11",
      "3.12.8",
      "3.12.9",
      "3.13.1",
      "3.13.2",
      "3.14.0a4",
      "3.14.0a5",
      "3.12",
      "3.13",
      "3.14-rc",
      "3.13-rc",
      "3",
    ],
    ["", "-slim", "-slim-bookworm", "-slim-bullseye", "-alpine", "-alpine3.21", "-windowsservercore-ltsc2022"],
  ).concat("latest", "slim", "alpine", "rc", "rc-slim"),
  nginx: [
    ...across(
      ["1.25.5", "1.26.2", "1.26.3", "1.27.3", "1.27.4", "1.26", "1.27", "1", "stable", "mainline", "latest"],
      ["", "-alpine", "-alpine-slim", "-perl", "-otel", "-alpine3.21", "-bookworm"],
    ),
    "alpine",
    "alpine-slim",
  ],
  redis: across(
    ["6.2.17", "7.2.7", "7.4.1", "7.4.2", "8.0-M03", "8.0-rc1", "7", "7.4", "7.2", "6.2"],
    ["", "-alpine", "-bookworm"],
  ).concat("latest", "alpine", "32bit", "7-32bit"),
  "eclipse-temurin": [
    ...across(
      [
        "8u432-b06",
        "8u442-b06",
        "11.0.26_4",
        "17.0.13_11",
        "17.0.14_7",
        "21.0.5_11",
        "21.0.6_7",
        "21_35",
        "8",
        "11",
        "17",
        "21",
        "23",
      ],
      ["-jre", "-jdk", "-jre-alpine", "-jre-alpine-3.21", "-jre-noble", "-jre-jammy", "-jdk-noble"],
    ),
    ...words("latest 11 17 21 23"),
  ],
  "mcr.microsoft.com/dotnet/aspnet": across(
    [
      "8.0.11",
      "8.0.12",
      "9.0.0",
      "9.0.1",
      "8.0",
      "9.0",
      "10.0.0-preview.1.25080.5",
      "10.0-preview",
      "9.0.0-rc.2.24474.3",
    ],
    [
      "",
      "-alpine",
      "-alpine3.20",
      "-alpine3.20-amd64",
      "-alpine3.21-arm64v8",
      "-noble-chiseled",
      "-nanoserver-1809",
      "-amd64",
    ],
  ).concat("latest", "nightly"),
  alpine: [
    "3.18.12",
    "3.20.5",
    "3.20.6",
    "3.21.2",
    "3.21.3",
    "3.18",
    "3.20",
    "3.21",
    "3",
    "latest",
    "edge",
    "20240923",
    "20250108",
  ],
  ubuntu: [
    ...words("22.04 24.04 24.10 25.04 14.04.5 latest rolling devel noble jammy plucky"),
    ...words("noble-20241011 noble-20250127 jammy-20250126"),
  ],
  debian: across(
    [
      "12",
      "12.8",
      "12.9",
      "11",
      "11.11",
      "bookworm",
      "bookworm-20250113",
      "bookworm-20250203",
      "trixie-20250203",
      "stable",
      "sid",
    ],
    ["", "-slim"],
  ).concat("latest", "experimental"),
  "gcr.io/distroless/nodejs22-debian12": [
    "latest",
    "nonroot",
    "debug",
    "debug-nonroot",
    "latest-amd64",
    "nonroot-arm64",
    "8a5f0d9c8b1e4d4f",
    "sha256-0a1b.sig",
  ],
  "quay.io/acme/tool": [
    ...words("v0.9.0 v1.0.0 v1.0.0-rc.1 v1.1.0 v1.2.0-alpha.1 1.1.0 main sha-abc1234 pr-12 v1 v1.1 latest"),
    ...words("sha256-1111111111111111111111111111111111111111111111111111111111111111.sig 0f3a9bc 1234567 20240101"),
  ],
  "quay.io/minio/minio": [
    "RELEASE.2024-11-07T00-52-20Z",
    "RELEASE.2025-01-20T14-49-07Z",
    "RELEASE.2025-01-20T14-49-07Z-cpuv1",
    "latest",
    "edge",
  ],
  "bitnami/postgresql": [
    "17.2.0-debian-12-r3",
    "17.2.0-debian-12-r10",
    "17.2.0",
    "16.6.0-debian-12-r1",
    "17",
    "latest",
    "17.2.0-debian-12-r3-amd64",
  ],
  homeassistant: [
    "2024.1.6",
    "2024.12.5",
    "2025.1.0",
    "2025.1.0b3",
    "2025.2.0b1",
    "0.118.5",
    "2025.1",
    "stable",
    "beta",
    "dev",
    "latest",
  ],
};

function choices(text: string, tags?: readonly string[]): string[] {
  const reference = parseImageReference(text);
  if (reference === undefined) throw new Error(`${text} is no reference`);
  const list = tags ?? Object.entries(lists).find(([name]) => text === name || text.startsWith(`${name}:`))?.[1];
  if (list === undefined) throw new Error(`no tags of ${text}`);
  return versionChoices(reference, list).map(({ tag, kind }) =>
    kind === "stable" || kind === "short-lived" ? tag : `${tag} (${kind})`,
  );
}

describe("the tags a person would choose from", () => {
  test("say which are of a line that does not last", () => {
    const kindOf = (text: string, tags: readonly string[], tag: string): string | undefined => {
      const reference = parseImageReference(text);
      return reference && versionChoices(reference, tags).find((choice) => choice.tag === tag)?.kind;
    };
    expect(kindOf("node:20", ["20", "22", "23"], "22")).toBe("stable");
    expect(kindOf("node:20", ["20", "22", "23"], "23")).toBe("short-lived");
    expect(kindOf("node:21", ["20", "22", "23"], "23")).toBe("stable");
    expect(kindOf("python:3.12", ["3.12", "3.13"], "3.13")).toBe("stable");
  });
  test.each<[string, readonly string[]]>([
    // Of a tag that moves: full versions, then shorter ones, what is ahead, and what moves.
    [
      "postgres:latest",
      ["17.3", "17.2", "17.1", "16.6", "16.5", "15.10", "14.15", "13.18", "17", "16", "15", "14", "13"],
    ],
    ["postgres", ["17.3", "17.2", "17.1", "16.6"]],
    ["postgres:alpine", ["17.3-alpine", "17.2-alpine", "17.1-alpine", "16.6-alpine"]],
    // The precision stays.
    ["postgres:15", ["17", "16", "15", "14", "13", "17.3"]],
    ["postgres:16.4-bookworm", ["17.3-bookworm", "17.3-bullseye", "17.2-bookworm"]],
    // Another release of Alpine will do, the same one is the first choice.
    ["postgres:16.6-alpine3.20", ["17.3-alpine3.20", "17.3-alpine3.21", "17.3-alpine", "17.2-alpine3.20"]],
    ["node:18-alpine", ["22-alpine", "20-alpine", "18-alpine", "23.7.0-alpine"]],
    ["node:lts", ["22.14.0", "22.13.1", "22.13.0", "22.12.1"]],
    ["node:20.18.0-bookworm-slim", ["22.14.0-bookworm-slim", "22.14.0-bullseye-slim", "22.13.1-bookworm-slim"]],
    ["python:3.12-slim", ["3.13-slim", "3.12-slim", "3.13.2-slim", "3.13.1-slim", "3.12.9-slim"]],
    ["python:latest", ["3.13.2", "3.13.1", "3.12.9", "3.12.8", "3.11.11", "3.13", "3.12", "3"]],
    ["nginx:1.25-alpine-slim", ["1.27-alpine-slim", "1.26-alpine-slim", "1.27.4-alpine-slim"]],
    ["nginx:mainline", ["1.27.4", "1.27.3", "1.26.3", "1.26.2", "1.25.5", "1.27", "1.26", "1"]],
    ["redis:7.2", ["7.4", "7.2", "6.2", "7.4.2"]],
    [
      "eclipse-temurin:17.0.13_11-jre",
      ["21.0.6_7-jre", "21.0.5_11-jre", "17.0.14_7-jre", "17.0.13_11-jre", "11.0.26_4-jre"],
    ],
    ["eclipse-temurin:8u432-b06-jdk", ["8u442-b06-jdk", "8u432-b06-jdk"]],
    ["eclipse-temurin:17-jre-jammy", ["21-jre-jammy", "21-jre-noble", "17-jre-jammy"]],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-alpine", ["9.0-alpine", "8.0-alpine", "9.0.1-alpine"]],
    ["mcr.microsoft.com/dotnet/aspnet:8.0.11-nanoserver-1809", ["9.0.1-nanoserver-1809", "9.0.0-nanoserver-1809"]],
    ["alpine:3.20", ["3.21", "3.20", "3.18", "3.21.3", "3.21.2", "3.20.6"]],
    ["alpine:latest", ["3.21.3", "3.21.2", "3.20.6"]],
    ["alpine:20240923", ["20250108", "20240923"]],
    ["ubuntu:22.04", ["24.04", "noble"]],
    ["debian:12-slim", ["12-slim", "bookworm-slim", "11-slim"]],
    // Written the same way.
    ["debian:bookworm-slim", ["bookworm-slim", "12-slim", "11-slim"]],
    ["debian:bookworm-20250113", ["trixie-20250203", "bookworm-20250203", "bookworm-20250113"]],
    ["quay.io/acme/tool:v1.0.0", ["v1.1.0", "v1.0.0", "v0.9.0", "v1.1", "v1", "v1.2.0-alpha.1 (prerelease)"]],
    ["quay.io/acme/tool:latest", ["v1.1.0", "v1.0.0"]],
    [
      "quay.io/minio/minio:latest",
      ["RELEASE.2025-01-20T14-49-07Z", "RELEASE.2024-11-07T00-52-20Z", "latest (floating)"],
    ],
    ["bitnami/postgresql:17.2.0-debian-12-r3", ["17.2.0-debian-12-r10", "17.2.0-debian-12-r3", "16.6.0-debian-12-r1"]],
    ["homeassistant:2024.12.5", ["2025.1.0", "2024.12.5", "2024.1.6", "0.118.5", "2025.1", "2025.2.0b1 (prerelease)"]],
    ["homeassistant:2025.2.0b1", ["2025.1.0"]],
    ["gcr.io/distroless/nodejs22-debian12:latest", ["latest (floating)"]],
  ])("%s", (text, first) => {
    expect(choices(text).slice(0, first.length)).toEqual(first);
  });

  test("prereleases only ahead of what is stable, after it", () => {
    const found = choices("postgres:latest");
    expect(found.filter((one) => one.endsWith("(prerelease)"))).toEqual([
      "18rc1 (prerelease)",
      "18beta2 (prerelease)",
      "18beta1 (prerelease)",
    ]);
    expect(found.indexOf("18rc1 (prerelease)")).toBeGreaterThan(found.indexOf("13"));
    expect(choices("python:3.13-slim")).toContain("3.14.0a5-slim (prerelease)");
    expect(choices("mcr.microsoft.com/dotnet/aspnet:9.0")).toEqual(
      expect.arrayContaining(["10.0-preview (prerelease)", "10.0.0-preview.1.25080.5 (prerelease)"]),
    );
    expect(choices("mcr.microsoft.com/dotnet/aspnet:9.0").join()).not.toContain("rc.2");
    expect(choices("quay.io/acme/tool:v1.0.0-rc.1")).toContain("v1.0.0-rc.1 (prerelease)");
  });

  test("what moves comes last, and keeps the variant", () => {
    expect(choices("nginx:1.27").slice(-3)).toEqual(["latest (floating)", "stable (floating)", "mainline (floating)"]);
    expect(choices("nginx:1.27-alpine").slice(-2)).toEqual(["stable-alpine (floating)", "mainline-alpine (floating)"]);
    expect(choices("node:22-slim").slice(-2)).toEqual(["lts-slim (floating)", "current-slim (floating)"]);
  });

  test("lines that last come first, unless the reference is of another", () => {
    expect(choices("node:latest")[0]).toBe("22.14.0");
    expect(choices("node:jod-alpine")[0]).toBe("22-alpine");
    expect(choices("node:current-slim")[0]).toBe("23.7.0-slim");
    expect(choices("node:23")[0]).toBe("23");
    expect(choices("node:22")).toContain("23.7.0");
    expect(choices("ubuntu:latest").slice(0, 2)).toEqual(["24.04", "noble"]);
    expect(choices("ubuntu:24.10")[0]).toBe("25.04");
    expect(choices("nginx:1.26")[0]).toBe("1.26");
    expect(choices("nginx:stable-alpine")[0]).toBe("1.26.3-alpine");
    expect(choices("nginx:latest")[0]).toBe("1.27.4");
    const jenkins = words("2.528.2 2.528.1 2.537 2.536 latest lts");
    expect(choices("jenkins/jenkins:lts", jenkins)[0]).toBe("2.528.2");
    expect(choices("jenkins/jenkins", jenkins)[0]).toBe("2.537");
  });

  test("how precise old versions were written says nothing of new ones", () => {
    const tags = words("9.6.24 9.6 10.23 10 17.7 17 18.0 18.1 18 latest");
    expect(choices("postgres:latest", tags).slice(0, 4)).toEqual(["18.1", "18.0", "17.7", "10.23"]);
  });

  test("a build is for who has one, or where there is nothing else", () => {
    const tags = words("26.4.4 26.4.5-0 26.4.5 26.4 25.0.6");
    expect(choices("acme/app:latest", tags)[0]).toBe("26.4.5");
    expect(choices("acme/app:26.4.4-1", tags)[0]).toBe("26.4.5-0");
    expect(choices("eclipse-temurin:jre")[0]).toBe("21.0.6_7-jre");
  });

  test("a number behind a name is part of it", () => {
    const tags = across(words("3.9.9 3.9.11 3.9"), words("-eclipse-temurin-17 -eclipse-temurin-21 -amazoncorretto-17"));
    expect(choices("maven:3.9.9-eclipse-temurin-17", tags)).toEqual([
      "3.9.11-eclipse-temurin-17",
      "3.9.9-eclipse-temurin-17",
      "3.9-eclipse-temurin-17",
    ]);
  });

  test("another architecture, and another system, is none", () => {
    for (const name of ["node:22-alpine", "node:22", "mcr.microsoft.com/dotnet/aspnet:8.0", "postgres:17"]) {
      for (const one of choices(name)) {
        expect(one).not.toMatch(/amd64|arm64|nanoserver|windows|slim/);
        expect(/alpine/.test(one)).toBe(name.includes("alpine"));
      }
    }
    expect(choices("mcr.microsoft.com/dotnet/aspnet:8.0.11-alpine3.20-amd64")).toEqual([
      "9.0.1-alpine3.20-amd64",
      "9.0.0-alpine3.20-amd64",
      "8.0.12-alpine3.20-amd64",
      "8.0.11-alpine3.20-amd64",
      "9.0-alpine3.20-amd64",
      "8.0-alpine3.20-amd64",
      "10.0.0-preview.1.25080.5-alpine3.20-amd64 (prerelease)",
      "10.0-preview-alpine3.20-amd64 (prerelease)",
    ]);
  });

  test("older lines come into view where there are many patches", () => {
    const tags = series((n) => n, 1, 9).flatMap((major) =>
      series((n) => n, 0, 9).flatMap((minor) => series((patch) => `${major}.${minor}.${patch}`, 0, 9)),
    );
    const found = choices("acme/app:latest", tags);
    expect(found.slice(0, 3)).toEqual(["9.9.9", "9.9.8", "9.8.9"]);
    expect(found).toContain("6.9.9");
    expect(found).toHaveLength(30);
  });

  test("signatures, commits and branches are no versions", () => {
    const found = choices("quay.io/acme/tool:latest").join(" ");
    expect(found).not.toMatch(/sha|pr-12|main|0f3a9bc|1234567|20240101/);
    expect(choices("acme/app:main", ["main", "sha-0123456", "0f3a9bc", "dev"])).toEqual([]);
  });

  test("there may be nothing to choose from", () => {
    expect(choices("acme/app:1", [])).toEqual([]);
    expect(choices("acme/app:1.0-special", ["1.1", "latest"])).toEqual([]);
    expect(choices("gcr.io/distroless/nodejs22-debian12:nonroot")).toEqual([]);
  });
});

describe("for any tags", () => {
  const tag = fc.oneof(
    fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,30}$/),
    fc
      .tuple(
        fc.constantFrom("", "v", "release-"),
        fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }),
        fc.constantFrom("", "-alpine", "-alpine3.20", "-rc1", "rc2", "_7", "-slim-bookworm", "-bookworm-slim"),
      )
      .map(([prefix, numbers, suffix]) => `${prefix}${numbers.join(".")}${suffix}`),
  );
  test("choices are some of them, each once, at most fifty, whatever their order", () => {
    fc.assert(
      fc.property(fc.array(tag, { maxLength: 120 }), tag, (tags, own) => {
        const reference = parseImageReference(`acme/app:${own}`);
        if (reference === undefined) return;
        const found = versionChoices(reference, tags);
        expect(found.length).toBeLessThanOrEqual(50);
        expect(new Set(found.map((choice) => choice.tag)).size).toBe(found.length);
        expect(found.every((choice) => tags.includes(choice.tag))).toBe(true);
        expect(versionChoices(reference, [...tags].reverse())).toEqual(found);
        const kinds = found.map(({ kind }) => ["stable", "short-lived", "prerelease", "floating"].indexOf(kind));
        expect(kinds).toEqual([...kinds].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });
});
