import { image, official, type Additions, type ImageFamily } from "./family.ts";
import type { BaseImageFacts } from "./model.ts";
import {
  amazonLinux,
  buildpackDeps,
  debian,
  oracleLinux,
  systemOf,
  ubuntu,
  withTools,
  type System,
} from "./systems.ts";
import { knows, type Tag } from "./tag.ts";

const newest = "25";

/** The Java version that a tag names behind the name of a kit: `3.9-eclipse-temurin-21`, `jdk17`. */
function namedVersion(tag: Tag): string | undefined {
  return /(?:jdk|jre|temurin|amazoncorretto|corretto|ibmjava|openjdk|sapmachine|azulzulu|semeru|community)-?(\d+)/.exec(
    tag.text,
  )?.[1];
}

/** The Java version of an image whose own version it is. */
function ownVersion(tag: Tag): string {
  return tag.major === undefined ? newest : String(tag.major);
}

function toolchain(version: string, system: System, what: string): NonNullable<BaseImageFacts["toolchain"]> {
  return { what, runtimeImage: `eclipse-temurin:${version}-jre${system.os === "alpine" ? "-alpine" : ""}` };
}

/** A JDK, or where the tag says so, a JRE. */
function java(
  family: string,
  tag: Tag,
  system: System,
  runtimeOnly: boolean,
  more: Omit<Additions, "family">,
): BaseImageFacts {
  return image(system, {
    family,
    runtime: "java",
    ...(runtimeOnly
      ? {}
      : { toolchain: toolchain(ownVersion(tag), system, "the Java compiler and development tools") }),
    ...more,
    tools: { java: true, ...more.tools },
  });
}

function has(tag: Tag, ...words: readonly string[]): boolean {
  return words.some((word) => tag.rest.includes(word));
}

/** Temurin on Ubuntu ships curl and wget, on UBI wget; curl on Alpine is nowhere. */
function temurinTools(system: System): System {
  if (system.os === "ubuntu") return withTools(system, { curl: true, wget: true });
  return system.os === "redhat" ? withTools(system, { wget: true }) : system;
}

/** Java kits and runtimes, what builds with them and the servers around them. */
export const javaImages: readonly ImageFamily[] = [
  {
    names: [official("eclipse-temurin")],
    facts(tag) {
      if (!knows(tag, ["jdk", "jre", "centos7", "ubi9_minimal", "ubi"])) return undefined;
      return java("eclipse-temurin", tag, temurinTools(systemOf(tag, ubuntu())), has(tag, "jre"), {
        entrypoint: ["/__cacert_entrypoint.sh"],
        source: "https://github.com/adoptium/containers",
      });
    },
  },
  {
    names: [official("openjdk")],
    facts(tag) {
      if (!tag.rest.every((word) => /^(?:jdk|jre|oracle|ea|b\d+|u\d+)$/.test(word))) return undefined;
      // From 12 on, the plain tags are Oracle Linux; before, and wherever a Debian release or `slim` is named, Debian.
      const oracle = has(tag, "oracle") || (tag.system === undefined && !tag.slim && (tag.major ?? 12) >= 12);
      const plain = oracle ? oracleLinux(undefined, true) : systemOf(tag, debian());
      const system =
        plain.os === "debian" && !tag.slim ? buildpackDeps(plain, has(tag, "jre") ? "curl" : "scm") : plain;
      return java("openjdk", tag, system, has(tag, "jre"), { source: "https://github.com/docker-library/openjdk" });
    },
  },
  {
    names: [official("amazoncorretto"), "public.ecr.aws/amazoncorretto/amazoncorretto"],
    facts(tag) {
      const words = ["jdk", "jre", "full", "generic", "native", "headless", "headful", "debian"];
      if (!knows(tag, words)) return undefined;
      const system = has(tag, "debian") ? debian() : systemOf(tag, amazonLinux(undefined));
      return java("amazoncorretto", tag, system, has(tag, "jre", "headless", "headful"), {
        source: "https://github.com/corretto/corretto-docker",
      });
    },
  },
  {
    names: [official("maven")],
    facts(tag) {
      const kits = [
        "eclipse",
        "temurin",
        "amazoncorretto",
        "ibmjava",
        "openjdk",
        "sapmachine",
        "azulzulu",
        "ibm",
        "semeru",
        "graalvm",
        "community",
        "adoptopenjdk",
        "jdk",
        "debian",
        "full",
        "al2023",
        "maven",
      ];
      if (!knows(tag, kits)) return undefined;
      const system = has(tag, "amazoncorretto")
        ? has(tag, "debian")
          ? debian()
          : systemOf(tag, amazonLinux("2023"))
        : systemOf(tag, ubuntu());
      return image(has(tag, "temurin") || tag.rest.length === 0 ? temurinTools(system) : { ...system, tools: {} }, {
        family: "maven",
        runtime: "java",
        tools: { java: true },
        entrypoint: ["/usr/local/bin/mvn-entrypoint.sh"],
        command: ["mvn"],
        toolchain: toolchain(namedVersion(tag) ?? newest, system, "Maven and the Java compiler"),
        source: "https://github.com/carlossg/docker-maven",
      });
    },
  },
  {
    names: [official("gradle")],
    facts(tag) {
      if (!tag.rest.every((word) => /^(?:jdk\d*|jre\d*|corretto|graal|ubi|and|current|lts|hotspot)$/.test(word)))
        return undefined;
      const system = has(tag, "corretto") ? amazonLinux("2023") : systemOf(tag, ubuntu());
      return image(system.os === "amazon" ? { ...system, tools: {} } : withTools(system, { curl: true, wget: true }), {
        family: "gradle",
        runtime: "java",
        nonRootUser: { name: "gradle", uid: 1000, gid: 1000 },
        tools: { java: true },
        command: ["gradle"],
        toolchain: toolchain(namedVersion(tag) ?? newest, system, "Gradle and the Java compiler"),
        source: "https://github.com/gradle/docker-gradle",
      });
    },
  },
  {
    names: [official("tomcat")],
    facts(tag) {
      if (
        !tag.rest.every((word) =>
          /^(?:jdk\d*|jre\d*|temurin|openjdk|corretto|adoptopenjdk|hotspot|openj9|sapmachine)$/.test(word),
        )
      )
        return undefined;
      const system = has(tag, "corretto")
        ? { ...amazonLinux(undefined), tools: {} }
        : temurinTools(systemOf(tag, ubuntu()));
      return image(has(tag, "openjdk") ? { ...systemOf(tag, debian()), tools: {} } : system, {
        family: "tomcat",
        runtime: "java",
        tools: { java: true },
        server: { ports: [8080] },
        command: ["catalina.sh", "run"],
        source: "https://github.com/docker-library/tomcat",
      });
    },
  },
  {
    names: [official("jetty")],
    facts(tag) {
      if (
        !tag.rest.every((word) =>
          /^(?:jdk\d*|jre\d*|eclipse|temurin|amazoncorretto|al\d+|azul|zulu|openjdk)$/.test(word),
        )
      )
        return undefined;
      const system = has(tag, "amazoncorretto")
        ? amazonLinux(undefined)
        : has(tag, "zulu")
          ? debian()
          : systemOf(tag, ubuntu());
      return image(has(tag, "amazoncorretto", "zulu") ? { ...system, tools: {} } : temurinTools(system), {
        family: "jetty",
        runtime: "java",
        tools: { java: true },
        user: system.os === "alpine" ? { name: "jetty", uid: 100, gid: 101 } : { name: "jetty", uid: 999, gid: 999 },
        server: { ports: [8080] },
        entrypoint: ["/docker-entrypoint.sh"],
        source: "https://github.com/jetty/jetty.docker",
      });
    },
  },
];
