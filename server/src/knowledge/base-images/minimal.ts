import { image, type Additions, type ImageFamily } from "./family.ts";
import { distroless, scratch, withTools, wolfi } from "./systems.ts";
import { knows } from "./tag.ts";

const nonroot = { name: "nonroot", uid: 65532, gid: 65532 } as const;

const distrolessNames =
  /^gcr\.io\/distroless\/(static|base-nossl|base|cc|java-base|java\d*|nodejs\d*|python3|python2\.7)(?:-debian(\d+))?$/;

const googleDistroless: ImageFamily = {
  names: ["gcr.io/distroless/*"],
  facts(tag, name) {
    const match = distrolessNames.exec(name);
    const architectures = ["nonroot", "debug", "amd64", "arm64", "arm", "s390x", "ppc64le", "riscv64"];
    if (match === null || !knows(tag, architectures)) return undefined;
    const [, kind = "", release] = match;
    const debug = tag.rest.includes("debug");
    const plain = {
      ...distroless(kind === "static" ? "none" : "glibc"),
      ...(release === undefined ? {} : { osRelease: release }),
    };
    const node = kind.startsWith("nodejs");
    const java = /^java\d*$/.test(kind);
    const python = kind.startsWith("python3");
    return image(debug ? withTools(plain, { wget: true, nc: true }) : plain, {
      family: `distroless/${kind}`,
      user: tag.rest.includes("nonroot") ? nonroot : plain.user,
      nonRootUser: nonroot,
      ...(node ? { runtime: "node", toolPaths: { node: "/nodejs/bin/node" }, entrypoint: ["/nodejs/bin/node"] } : {}),
      ...(java ? { runtime: "java", tools: { java: true }, entrypoint: ["/usr/bin/java", "-jar"] } : {}),
      ...(python ? { runtime: "python", tools: { python: true }, entrypoint: ["/usr/bin/python3"] } : {}),
      source: "https://github.com/GoogleContainerTools/distroless",
    });
  },
};

/** Chainguard's images of runtimes: the plain tags have no shell, those with `-dev` have one, and apk. All run as `nonroot`. */
const chainguardRuntimes: ReadonlyMap<string, Partial<Additions>> = new Map<string, Partial<Additions>>([
  ["static", {}],
  ["glibc-dynamic", {}],
  ["cc-dynamic", {}],
  ["node", { runtime: "node", tools: { node: true } }],
  ["python", { runtime: "python", tools: { python: true } }],
  ["jre", { runtime: "java", tools: { java: true } }],
  ["ruby", { runtime: "ruby", tools: { ruby: true } }],
  ["dotnet-runtime", { runtime: "dotnet" }],
  ["aspnet-runtime", { runtime: "dotnet" }],
  ["nginx", { runtime: "nginx", server: { ports: [8080] } }],
]);

/** Those that certainly hold no shell in their plain tags. */
const shellFree: ReadonlySet<string> = new Set(["static", "glibc-dynamic", "cc-dynamic", "python", "jre"]);

const chainguard: ImageFamily = {
  names: ["cgr.dev/chainguard/*", "docker.io/chainguard/*"],
  facts(tag, name) {
    const family = name.slice(name.lastIndexOf("/") + 1);
    const additions = chainguardRuntimes.get(family);
    if (additions === undefined) return undefined;
    const dev = /(?:^|-)dev$/.test(tag.text);
    const bare = { ...distroless(family === "static" ? "none" : "glibc"), os: "wolfi" as const };
    // Node's has busybox, for what npm runs: https://github.com/chainguard-images/images/issues/1969. Others may: nothing is said of them.
    const system = dev ? wolfi : shellFree.has(family) ? bare : { ...bare, shell: true, tools: {} };
    return image(system, {
      ...additions,
      family: `chainguard/${family}`,
      user: nonroot,
      nonRootUser: nonroot,
      source: `https://images.chainguard.dev/directory/image/${family}/overview`,
    });
  },
};

const pause: ImageFamily = {
  names: ["registry.k8s.io/pause", "k8s.gcr.io/pause"],
  facts: () =>
    image(scratch, {
      family: "pause",
      user: { name: "65535", uid: 65535, gid: 65535 },
      entrypoint: ["/pause"],
      source: "https://github.com/kubernetes/kubernetes/tree/master/build/pause",
    }),
};

/** Images without a distribution around the program. */
export const minimal: readonly ImageFamily[] = [googleDistroless, chainguard, pause];
