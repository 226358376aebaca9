import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { baseImageFacts, baseImageOf, type BaseImageFacts } from "../../server/src/knowledge/base-images/index.ts";

/** A reference as people write it; the parsing of the real ones is tested elsewhere. */
function facts(text: string): BaseImageFacts | undefined {
  const colon = text.lastIndexOf(":");
  const tagged = colon > text.lastIndexOf("/");
  const name = tagged ? text.slice(0, colon) : text;
  const hosted = /^[^/]*[.:][^/]*\//.test(name);
  const canonical = hosted ? name : `docker.io/${name.includes("/") ? name : `library/${name}`}`;
  return baseImageFacts(canonical, tagged ? text.slice(colon + 1) : undefined);
}

function described(text: string): string | undefined {
  const found = facts(text);
  if (found === undefined) return undefined;
  const own = found.nonRootUser === undefined ? "-" : `${found.nonRootUser.name}:${found.nonRootUser.uid}`;
  return [found.family, found.os, found.packageManager, found.userDialect, found.user.name, own].join(" ");
}

describe("system and users", () => {
  test.each([
    ["node", "node debian apt shadow root node:1000"],
    ["node:22", "node debian apt shadow root node:1000"],
    ["node:22-alpine", "node alpine apk busybox root node:1000"],
    ["node:22.11.0-alpine3.20", "node alpine apk busybox root node:1000"],
    ["node:lts-slim", "node debian apt shadow root node:1000"],
    ["node:hydrogen-bookworm-slim", "node debian apt shadow root node:1000"],
    ["oven/bun:1", "bun debian apt shadow root bun:1000"],
    ["oven/bun:1.1-alpine", "bun alpine apk busybox root bun:1000"],
    ["oven/bun:1-distroless", "bun distroless none none root -"],
    ["denoland/deno:2.1.4", "deno debian apt shadow root deno:1993"],
    ["denoland/deno:alpine-2.1.4", "deno alpine apk busybox root deno:1000"],
    ["python:3.13-slim", "python debian apt shadow root -"],
    ["python:3.12-alpine", "python alpine apk busybox root -"],
    ["python:3.11-windowsservercore-ltsc2022", "python windows none none ContainerAdministrator -"],
    ["ruby:3.4", "ruby debian apt shadow root -"],
    ["php:8.4-fpm-alpine", "php-fpm alpine apk busybox root www-data:82"],
    ["php:8.4-apache", "php-apache debian apt shadow root www-data:33"],
    ["php:8.4", "php debian apt shadow root www-data:33"],
    ["composer:2", "composer alpine apk busybox root -"],
    ["perl:5.40-slim-threaded", "perl debian apt shadow root -"],
    ["julia:1.11", "julia debian apt shadow root -"],
    ["golang:1.24", "golang debian apt shadow root -"],
    ["golang:1.24-alpine3.21", "golang alpine apk busybox root -"],
    ["rust:1-slim-bookworm", "rust debian apt shadow root -"],
    ["gcc:14", "gcc debian apt shadow root -"],
    ["swift:6.0-rhel-ubi9", "swift redhat dnf shadow root -"],
    ["swift:6.0-jammy", "swift ubuntu apt shadow root -"],
    ["haskell:9.10", "haskell debian apt shadow root -"],
    ["elixir:1.18-otp-27-alpine", "elixir alpine apk busybox root -"],
    ["erlang:27-slim", "erlang debian apt shadow root -"],
    ["eclipse-temurin:21-jre", "eclipse-temurin ubuntu apt shadow root -"],
    ["eclipse-temurin:21-jre-alpine", "eclipse-temurin alpine apk busybox root -"],
    ["eclipse-temurin:21-jdk-ubi9-minimal", "eclipse-temurin redhat microdnf none root -"],
    ["eclipse-temurin:17-jdk-alpine-3.20", "eclipse-temurin alpine apk busybox root -"],
    ["openjdk:17", "openjdk redhat microdnf shadow root -"],
    ["openjdk:17-jdk-slim", "openjdk debian apt shadow root -"],
    ["openjdk:8-jre-alpine", "openjdk alpine apk busybox root -"],
    ["openjdk:11", "openjdk debian apt shadow root -"],
    ["amazoncorretto:21", "amazoncorretto amazon dnf none root -"],
    ["amazoncorretto:21-alpine", "amazoncorretto alpine apk busybox root -"],
    ["maven:3.9-eclipse-temurin-21", "maven ubuntu apt shadow root -"],
    ["gradle:8-jdk21-alpine", "gradle alpine apk busybox root gradle:1000"],
    ["tomcat:10.1-jre21", "tomcat ubuntu apt shadow root -"],
    ["jetty:12", "jetty ubuntu apt shadow jetty -"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0", "dotnet/aspnet debian apt shadow root app:1654"],
    ["mcr.microsoft.com/dotnet/aspnet:10.0", "dotnet/aspnet ubuntu apt shadow root app:1654"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0-alpine", "dotnet/aspnet alpine apk busybox root app:1654"],
    ["mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled", "dotnet/aspnet distroless none none app app:1654"],
    ["mcr.microsoft.com/dotnet/aspnet:6.0", "dotnet/aspnet debian apt shadow root -"],
    ["mcr.microsoft.com/dotnet/sdk:9.0-azurelinux3.0", "dotnet/sdk azure tdnf none root app:1654"],
    ["gcr.io/distroless/static-debian12", "distroless/static distroless none none root nonroot:65532"],
    ["gcr.io/distroless/static:nonroot", "distroless/static distroless none none nonroot nonroot:65532"],
    ["gcr.io/distroless/java21-debian12:debug-nonroot", "distroless/java21 distroless none none nonroot nonroot:65532"],
    [
      "gcr.io/distroless/nodejs22-debian12:nonroot-amd64",
      "distroless/nodejs22 distroless none none nonroot nonroot:65532",
    ],
    ["cgr.dev/chainguard/static", "chainguard/static wolfi none none nonroot nonroot:65532"],
    ["cgr.dev/chainguard/node:latest-dev", "chainguard/node wolfi apk busybox nonroot nonroot:65532"],
    ["cgr.dev/chainguard/wolfi-base", "wolfi-base wolfi apk busybox root nonroot:65532"],
    ["scratch", "scratch scratch none none root -"],
    ["alpine:3.21", "alpine alpine apk busybox root -"],
    ["debian:bookworm-slim", "debian debian apt shadow root -"],
    ["debian:stable-20250203-slim", "debian debian apt shadow root -"],
    ["ubuntu:24.04", "ubuntu ubuntu apt shadow root -"],
    ["buildpack-deps:bookworm-scm", "buildpack-deps debian apt shadow root -"],
    ["buildpack-deps:noble-curl", "buildpack-deps ubuntu apt shadow root -"],
    ["busybox:1.37-musl", "busybox busybox none busybox root -"],
    ["bash:5", "bash alpine apk busybox root -"],
    ["fedora:41", "fedora redhat dnf shadow root -"],
    ["centos:7", "centos redhat yum shadow root -"],
    ["quay.io/centos/centos:stream9", "centos-stream redhat dnf shadow root -"],
    ["rockylinux:9-minimal", "rockylinux redhat microdnf none root -"],
    ["almalinux:9", "almalinux redhat dnf shadow root -"],
    ["registry.access.redhat.com/ubi9/ubi", "ubi redhat dnf shadow root -"],
    ["registry.access.redhat.com/ubi9/ubi-minimal:9.5", "ubi-minimal redhat microdnf none root -"],
    ["registry.access.redhat.com/ubi9-micro", "ubi-micro redhat none none root -"],
    ["oraclelinux:9-slim", "oraclelinux redhat microdnf shadow root -"],
    ["amazonlinux:2", "amazonlinux amazon yum none root -"],
    ["amazonlinux:2023", "amazonlinux amazon dnf none root -"],
    ["opensuse/leap:15.6", "opensuse/leap suse zypper none root -"],
    ["mcr.microsoft.com/windows/nanoserver:ltsc2022", "windows/nanoserver windows none none ContainerUser -"],
    ["nginx:1.27", "nginx debian apt shadow root nginx:101"],
    ["nginx:stable-alpine-slim", "nginx alpine apk busybox root nginx:101"],
    ["nginxinc/nginx-unprivileged:1.27-alpine", "nginx-unprivileged alpine apk busybox nginx nginx:101"],
    ["httpd:2.4-alpine", "httpd alpine apk busybox root www-data:82"],
    ["caddy:2-builder", "caddy-builder alpine apk busybox root -"],
    ["haproxy:3.0", "haproxy debian apt shadow haproxy haproxy:99"],
    ["haproxy:2.2", "haproxy debian apt shadow root -"],
    ["traefik:v3.2", "traefik alpine apk busybox root -"],
    ["traefik:v1.7", "traefik scratch none none root -"],
    ["postgres:17", "postgres debian apt shadow root postgres:999"],
    ["postgres:17-alpine", "postgres alpine apk busybox root postgres:70"],
    ["timescale/timescaledb:2.17.2-pg17", "timescaledb alpine apk busybox root postgres:70"],
    ["mysql:8.4", "mysql redhat microdnf shadow root mysql:999"],
    ["mariadb:11-ubi9", "mariadb redhat microdnf none mysql mysql:999"],
    ["mongo:8", "mongo ubuntu apt shadow root mongodb:999"],
    ["redis:7-alpine", "redis alpine apk busybox root redis:999"],
    ["valkey/valkey:8", "valkey debian apt shadow root valkey:999"],
    ["rabbitmq:4-management-alpine", "rabbitmq alpine apk busybox root rabbitmq:100"],
    ["memcached:1.6", "memcached debian apt shadow memcache memcache:11211"],
    ["elasticsearch:8.17.0", "elasticsearch ubuntu apt shadow elasticsearch elasticsearch:1000"],
    ["docker:28-dind-rootless", "docker alpine apk busybox rootless -"],
    ["bitnami/redis:7.4", "bitnami/redis debian apt shadow 1001 1001:1001"],
    ["grafana/grafana:11.4.0", "grafana alpine apk busybox grafana grafana:472"],
    ["jenkins/jenkins:lts-jdk21", "jenkins debian apt shadow jenkins jenkins:1000"],
    ["public.ecr.aws/docker/library/node:22-alpine", "node alpine apk busybox root node:1000"],
    ["ghcr.io/astral-sh/uv:python3.13-bookworm-slim", "uv debian apt shadow root -"],
    ["ghcr.io/astral-sh/uv:0.9-alpine", "uv alpine apk busybox root -"],
    ["ghcr.io/astral-sh/uv:0.9", "uv distroless none none root -"],
    ["dunglas/frankenphp:1-php8.4-alpine", "frankenphp alpine apk busybox root -"],
    ["quay.io/jupyter/base-notebook:2026-01-05", "jupyter ubuntu apt shadow jovyan -"],
    ["nvidia/cuda:12.6.3-devel-ubuntu24.04", "cuda ubuntu apt shadow root -"],
    ["amd64/alpine:3.20", "alpine alpine apk busybox root -"],
  ])("%s", (text, expected) => {
    expect(described(text)).toBe(expected);
  });

  test.each([
    "example/app:1",
    "ghcr.io/acme/node:22",
    "node:22-acme",
    "python:3.13-cuda",
    "gcr.io/distroless/unheard-of",
    "gcr.io/distroless/static:latest-custom",
    "cgr.dev/chainguard/unheard-of",
    "registry.access.redhat.com/ubi9/nodejs-22",
    "mcr.microsoft.com/dotnet/unheard-of:8.0",
    "alpine:custom",
  ])("%s is not known", (text) => {
    expect(facts(text)).toBeUndefined();
  });
});

describe("programs", () => {
  test.each([
    ["node:22-alpine", "wget nc node", "curl python bash perl"],
    ["node:22-slim", "node perl", "curl wget nc python"],
    ["node:22", "node curl wget python perl", "nc php"],
    ["python:3.13-slim", "python perl", "curl wget node"],
    ["python:3.13-alpine", "python wget", "curl node"],
    ["php:8.4-fpm-alpine", "php curl wget", "node python"],
    ["php:8.4-apache", "php curl", "wget node"],
    ["golang:1.24", "curl wget", "node"],
    ["rust:1-slim", "perl", "curl wget"],
    ["eclipse-temurin:21-jre", "java curl wget", "node nc"],
    ["eclipse-temurin:21-jre-alpine", "java wget", "curl"],
    ["nginx:1.27", "curl", "wget node"],
    ["nginx:1.27-alpine-slim", "wget", "curl"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0", "", "curl wget"],
    ["mcr.microsoft.com/dotnet/sdk:8.0", "curl wget pwsh", "node"],
    ["gcr.io/distroless/static-debian12", "", "curl wget nc perl python"],
    ["gcr.io/distroless/static-debian12:debug", "wget nc", "curl"],
    ["gcr.io/distroless/python3-debian12", "python", "curl wget"],
    ["gcr.io/distroless/nodejs22-debian12", "", "node curl wget"],
    ["oven/bun:1", "bun perl", "node curl wget"],
    ["denoland/deno:2", "deno", "curl wget"],
    ["postgres:17", "perl", "curl wget nc"],
    ["registry.access.redhat.com/ubi9/ubi-minimal", "curl", "wget python"],
    ["busybox", "wget nc", "curl perl"],
    ["scratch", "", "wget curl node"],
    ["grafana/grafana:11.4.0", "curl wget", ""],
    ["httpd:2.4", "perl", "curl wget"],
    ["redis:7", "perl", "curl wget nc"],
    ["redis:7-alpine", "wget nc", "curl"],
    ["ruby:3.4-slim", "ruby", "curl wget"],
    ["valkey/valkey:8-alpine", "wget", "curl"],
    ["mcr.microsoft.com/dotnet/aspnet:9.0-noble-chiseled", "", "curl wget perl"],
    ["registry.access.redhat.com/ubi9-micro", "", "curl wget"],
    ["cgr.dev/chainguard/python", "python", "curl wget"],
  ])("%s", (text, present, absent) => {
    const tools: Readonly<Record<string, boolean | undefined>> = { ...facts(text)?.tools };
    for (const name of present.split(" ").filter((word) => word !== ""))
      expect([name, tools[name]]).toEqual([name, true]);
    for (const name of absent.split(" ").filter((word) => word !== "" && word !== "bash")) {
      expect([name, tools[name]]).toEqual([name, false]);
    }
  });

  test("distroless Node.js is found by its path alone", () => {
    expect(facts("gcr.io/distroless/nodejs22-debian12")?.toolPaths).toEqual({ node: "/nodejs/bin/node" });
  });

  test("a shell is missing where that is certain, and nowhere else", () => {
    const bare = [
      "scratch",
      "gcr.io/distroless/base-debian12:debug",
      "cgr.dev/chainguard/static",
      "cgr.dev/chainguard/jre",
    ];
    for (const text of bare) expect([text, facts(text)?.shell]).toEqual([text, false]);
    const others = ["busybox", "cgr.dev/chainguard/node", "cgr.dev/chainguard/python:latest-dev", "ubuntu"];
    for (const text of others) expect([text, facts(text)?.shell]).toEqual([text, true]);
  });

  test("FrankenPHP and Jupyter's notebooks check themselves", () => {
    expect(facts("dunglas/frankenphp:1-php8.4")?.healthcheck).toBe(true);
    expect(facts("quay.io/jupyter/scipy-notebook")?.healthcheck).toBe(true);
    expect(facts("quay.io/jupyter/docker-stacks-foundation")?.healthcheck).toBe(false);
  });

  test("bash comes with Debian, and with the Alpine images that add it", () => {
    expect(facts("debian:12")?.bash).toBe(true);
    expect(facts("alpine:3.21")?.bash).toBe(false);
    expect(facts("postgres:17-alpine")?.bash).toBe(true);
    expect(facts("composer:2")?.bash).toBe(true);
  });
});

describe("servers", () => {
  test.each([
    ["postgres:17", true, "5432", "SIGINT"],
    ["redis:7", true, "6379", undefined],
    ["mysql:8", true, "3306 33060", undefined],
    ["nginx:1.27", false, "80", "SIGQUIT"],
    ["nginxinc/nginx-unprivileged", false, "8080", "SIGQUIT"],
    ["httpd:2.4", false, "80", "SIGWINCH"],
    ["php:8-fpm", false, "9000", "SIGQUIT"],
    ["php:8-apache", false, "80", "SIGWINCH"],
    ["haproxy:3.0", false, undefined, "SIGUSR1"],
    ["mcr.microsoft.com/dotnet/aspnet:8.0", false, "8080", undefined],
    ["mcr.microsoft.com/dotnet/aspnet:7.0", false, "80", undefined],
    ["node:22", false, undefined, undefined],
    ["public.ecr.aws/lambda/python:3.13", true, undefined, undefined],
  ])("%s drops root: %s, serves %s, stops by %s", (text, dropsRoot, ports, stopSignal) => {
    const found = facts(text);
    expect(found?.dropsRoot).toBe(dropsRoot);
    expect(found?.server?.ports.join(" ")).toBe(ports);
    expect(found?.stopSignal).toBe(stopSignal);
  });

  test("nginx, Apache and PHP-FPM keep root for their first process alone", () => {
    for (const text of ["nginx", "httpd", "php:8-fpm", "php:8-apache", "wordpress"])
      expect(facts(text)?.workersDropRoot).toBe(true);
    expect(facts("postgres")?.workersDropRoot).toBeUndefined();
  });
});

describe("toolchains", () => {
  test.each([
    ["golang:1.24", "gcr.io/distroless/static-debian13:nonroot"],
    ["rust:1.84", "gcr.io/distroless/cc-debian13:nonroot"],
    ["rust:1.84-alpine3.21", "alpine:3.21"],
    ["maven:3.9-eclipse-temurin-21", "eclipse-temurin:21-jre"],
    ["maven:3.9-amazoncorretto-17-alpine", "eclipse-temurin:17-jre-alpine"],
    ["gradle:8.12-jdk17-alpine", "eclipse-temurin:17-jre-alpine"],
    ["eclipse-temurin:21", "eclipse-temurin:21-jre"],
    ["openjdk:17-slim", "eclipse-temurin:17-jre"],
    ["mcr.microsoft.com/dotnet/sdk:8.0", "mcr.microsoft.com/dotnet/aspnet:8.0"],
    ["mcr.microsoft.com/dotnet/sdk:8.0.404-alpine3.20", "mcr.microsoft.com/dotnet/aspnet:8.0-alpine3.20"],
    ["swift:6.0-noble", "swift:6.0-noble-slim"],
    ["buildpack-deps:bookworm", "debian:bookworm-slim"],
    ["nvidia/cuda:12.6.3-devel-ubuntu24.04", "nvidia/cuda:12.6.3-runtime-ubuntu24.04"],
    ["node:22", undefined],
    ["python:3.13", undefined],
    ["eclipse-temurin:21-jre", undefined],
    ["amazoncorretto:21-headless", undefined],
    ["swift:6.0-slim", undefined],
    ["buildpack-deps:curl", undefined],
  ])("%s ships as %s", (text, runtimeImage) => {
    expect(facts(text)?.toolchain?.runtimeImage).toBe(runtimeImage);
  });

  test("what is suggested is itself known, and no toolchain", () => {
    for (const text of [
      "golang",
      "rust",
      "rust:alpine",
      "maven",
      "gradle",
      "openjdk",
      "gcc",
      "composer",
      "swift:6.0",
      "buildpack-deps",
      "haskell",
      "elixir",
    ]) {
      const suggested = facts(text)?.toolchain?.runtimeImage ?? "";
      expect([text, facts(suggested) !== undefined]).toEqual([text, true]);
      expect([suggested, facts(suggested)?.toolchain]).toEqual([suggested, undefined]);
    }
  });
});

describe("end of life", () => {
  test.each([
    ["node:16", "2023-09-11", "Node.js 16"],
    ["node:16.20.2-alpine3.18", "2023-09-11", "Node.js 16"],
    ["node:gallium", "2023-09-11", "Node.js 16"],
    ["python:3.8-slim", "2024-10-07", "Python 3.8"],
    ["python:3.12-slim-buster", "2024-06-30", "Debian 10"],
    ["php:7.4-fpm", "2022-11-28", "PHP 7.4"],
    ["php:7", "2022-11-28", "PHP 7"],
    ["debian:buster", "2024-06-30", "Debian 10"],
    ["debian:10-slim", "2024-06-30", "Debian 10"],
    ["ubuntu:18.04", "2023-05-31", "Ubuntu 18.04"],
    ["ubuntu:bionic", "2023-05-31", "Ubuntu 18.04"],
    ["alpine:3.15", "2023-11-01", "Alpine 3.15"],
    ["centos:7", "2024-06-30", "CentOS Linux 7"],
    ["centos:centos7", "2024-06-30", "CentOS Linux 7"],
    ["quay.io/centos/centos:stream8", "2024-05-31", "CentOS Stream 8"],
    ["postgres:12-alpine", "2024-11-21", "PostgreSQL 12"],
    ["postgres:9.6", "2021-11-11", "PostgreSQL 9.6"],
    ["mysql:5.7", "2023-10-31", "MySQL 5.7"],
    ["mysql:5", "2023-10-31", "MySQL 5"],
    ["mongo:4.4", "2024-02-29", "MongoDB 4.4"],
    ["mcr.microsoft.com/dotnet/aspnet:6.0", "2024-11-12", ".NET 6"],
    ["openjdk:11-jre", "2022-07-31", "the `openjdk` image"],
    ["golang:1.20", "2024-02-06", "Go 1.20"],
    ["ruby:2.7", "2023-03-31", "Ruby 2.7"],
    ["eclipse-temurin:8-jre", "2030-12-31", "Java 8"],
  ])("%s: %s", (text, date, of) => {
    expect(facts(text)?.endOfLife).toMatchObject({ date, of });
  });

  test.each(["node", "node:lts", "node:alpine", "golang:1", "debian:sid", "alpine:edge", "scratch", "memcached:1"])(
    "none known of %s",
    (text) => {
      expect(facts(text)?.endOfLife).toBeUndefined();
    },
  );

  test("the dates are dates", () => {
    for (const text of ["node:12", "python:3", "redis:6.0", "rabbitmq:3", "fedora:38", "haproxy:2.0"]) {
      expect(facts(text)?.endOfLife?.date).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
    }
  });
});

test("with a digest and no tag the variant is unknown", () => {
  const digest = `sha256:${"0".repeat(64)}`;
  expect(baseImageOf({ canonical: "docker.io/library/node", digest })).toBeUndefined();
  expect(baseImageOf({ canonical: "docker.io/library/node", tag: "22-alpine", digest })?.os).toBe("alpine");
  expect(baseImageOf({ canonical: "docker.io/library/node" })?.os).toBe("debian");
});

test("any tag is answered, the same way each time", () => {
  const names = [
    "node",
    "python",
    "eclipse-temurin",
    "maven",
    "gradle",
    "haproxy",
    "swift",
    "centos",
    "postgres",
    "traefik",
  ];
  const word = constantFrom(
    "alpine",
    "alpine3.20",
    "slim",
    "bookworm",
    "noble",
    "jre",
    "fpm",
    "21",
    "v3.1",
    "latest",
    "ubi9",
    "minimal",
    "rc1",
    "",
    "é",
  );
  assert(
    property(constantFrom(...names), array(word, { minLength: 1, maxLength: 5 }), (name, parts) => {
      const canonical = `docker.io/library/${name}`;
      expect(baseImageFacts(canonical, parts.join("-"))).toEqual(baseImageFacts(canonical, parts.join("-")));
    }),
  );
});
