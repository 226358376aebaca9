import { defineInstructionRule } from "../../engine/rule.ts";
import { normalizePath } from "../../text/path.ts";

export default defineInstructionRule({
  slug: "system-workdir",
  summary: "The working directory is one of the system's own.",
  why: `\`/proc\`, \`/sys\` and \`/dev\` are the kernel's: what a build writes there is not part of the image, and a working directory below \`/proc/self/fd\` was the way
out of the container in CVE-2024-21626. \`/boot\` and \`/lost+found\` belong to a machine, not to a container.

\`/etc\`, \`/bin\`, \`/lib\` and the like hold the files of the system. Where the application is among them, a \`COPY\` or a relative path can replace one of
those, and who may write to the application may write to the system. Put it into a directory of its own, such as \`/app\`; folders below them, as
\`/etc/nginx\`, are not reported.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["trivy:DS-0030"],
  references: [
    "https://docs.docker.com/build/building/best-practices/#workdir",
    "https://github.com/opencontainers/runc/security/advisories/GHSA-xr7r-f8xq-vfvv",
  ],
  fix: null,
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /proc/self\nUSER node\nCMD ["node", "/app/server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nUSER node\nCMD ["node", "/app/server.js"]\n',
      fixed: false,
    },
  ],
  instructions: ["WORKDIR"],
  suspects: ({ words: [word] }) => word !== undefined && (word.variable || isSystems(normalizePath(word.value))),
  *check({ words: [word], stage }) {
    if (word?.resolved?.startsWith("/") !== true) return;
    const path = normalizePath(word.resolved);
    if (kernel.test(path)) {
      yield {
        at: word.span,
        message: `\`${word.text}\` belongs to the kernel or to the machine, not to the image: use a directory of its own, such as \`/app\`.`,
      };
    } else if (system.has(path) && stage?.scratch !== true) {
      // An image made from nothing has no system.
      yield {
        at: word.span,
        severity: "info",
        message: `\`${word.text}\` holds the files of the system: use a directory of its own, such as \`/app\`.`,
      };
    }
  },
});

function isSystems(path: string): boolean {
  return kernel.test(path) || system.has(path);
}

/** `/dev/shm` is a place to write to. */
const kernel = /^\/(?:proc|sys|dev(?!\/shm(?:\/|$))|boot|initrd|lost\+found)(?:\/|$)/;

const system: ReadonlySet<string> = new Set([
  "/bin",
  "/sbin",
  "/lib",
  "/lib64",
  "/etc",
  "/usr",
  "/usr/bin",
  "/usr/sbin",
  "/usr/lib",
  "/usr/lib64",
]);
