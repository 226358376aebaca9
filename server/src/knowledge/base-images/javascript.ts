import { image, official, type ImageFamily } from "./family.ts";
import { alpine, buildpackDeps, debian, distroless, systemOf, ubuntu, withTools } from "./systems.ts";
import { knows } from "./tag.ts";

/** The names of the lines with long-term support, which are tags too. Source: https://github.com/nodejs/Release#release-schedule */
const lines: ReadonlyMap<string, string> = new Map([
  ["argon", "4"],
  ["boron", "6"],
  ["carbon", "8"],
  ["dubnium", "10"],
  ["erbium", "12"],
  ["fermium", "14"],
  ["gallium", "16"],
  ["hydrogen", "18"],
  ["iron", "20"],
  ["jod", "22"],
  ["krypton", "24"],
]);

/** The version of Node.js that the name of a line stands for. */
export function nodeLine(name: string): string | undefined {
  return lines.get(name);
}

/** Images that run JavaScript. */
export const javascript: readonly ImageFamily[] = [
  {
    names: [official("node")],
    facts(tag) {
      if (!knows(tag, ["wheezy", "onbuild", ...lines.keys()])) return undefined;
      const plain = systemOf(tag, debian());
      const system = tag.slim || plain.os !== "debian" ? plain : buildpackDeps(plain, "full");
      return image(system, {
        family: "node",
        runtime: "node",
        nonRootUser: { name: "node", uid: 1000, gid: 1000 },
        tools: { node: true },
        entrypoint: ["docker-entrypoint.sh"],
        command: ["node"],
        source: "https://github.com/nodejs/docker-node",
      });
    },
  },
  {
    names: ["docker.io/oven/bun"],
    facts(tag) {
      if (!knows(tag, ["debian", "distroless", "canary"])) return undefined;
      if (tag.rest.includes("distroless")) {
        return image(distroless("glibc"), {
          family: "bun",
          runtime: "bun",
          tools: { bun: true },
          entrypoint: ["/usr/local/bin/bun"],
          source: "https://github.com/oven-sh/bun/tree/main/dockerhub",
        });
      }
      return image(systemOf(tag, debian()), {
        family: "bun",
        runtime: "bun",
        nonRootUser: { name: "bun", uid: 1000, gid: 1000 },
        tools: { bun: true },
        entrypoint: ["/usr/local/bin/docker-entrypoint.sh"],
        command: ["/usr/local/bin/bun"],
        source: "https://github.com/oven-sh/bun/tree/main/dockerhub",
      });
    },
  },
  {
    names: ["docker.io/denoland/deno"],
    facts(tag) {
      if (!knows(tag, ["debian", "ubuntu", "distroless", "bin", "centos"])) return undefined;
      const source = "https://github.com/denoland/deno_docker";
      if (tag.rest.includes("bin") || tag.rest.includes("centos")) return undefined;
      if (tag.rest.includes("distroless")) {
        return image(withTools(distroless("glibc"), { deno: true }), {
          family: "deno",
          runtime: "deno",
          entrypoint: ["/tini", "--", "/bin/deno"],
          source,
        });
      }
      const system = tag.rest.includes("ubuntu") ? ubuntu() : systemOf(tag, debian());
      const uid = system.os === "alpine" ? 1000 : 1993;
      return image(system.os === "alpine" ? { ...alpine(), libc: "glibc" } : system, {
        family: "deno",
        runtime: "deno",
        nonRootUser: { name: "deno", uid, gid: uid },
        tools: { deno: true },
        entrypoint: ["/tini", "--", "docker-entrypoint.sh"],
        source,
      });
    },
  },
];
