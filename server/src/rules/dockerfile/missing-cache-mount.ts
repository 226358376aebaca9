import { defineInstructionRule } from "../../engine/rule.ts";
import { insteadOfCleaning, keptOf, mountEdits, mountFlag, mountsOf } from "./shared/cache-mount-fix.ts";
import { downloadsOf } from "./shared/cached-downloads.ts";

export default defineInstructionRule({
  slug: "missing-cache-mount",
  summary: "A package manager downloads everything again whenever its layer is rebuilt.",
  why: `A layer is rebuilt as a whole: one line added to a lockfile, and every package is downloaded again. With \`RUN --mount=type=cache\` BuildKit keeps
the package manager's cache from build to build. What did not change is not fetched again, and nothing of it ends up in the image, so no cleaning is needed.

It pays where the builder lives on: on a developer's machine, on a build server. On CI machines that are new each time the cache is empty unless it is
carried over. BuildKit and Buildah know such mounts; some older builders do not.`,
  category: "size",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["tally:prefer-package-cache-mounts"],
  references: [
    "https://docs.docker.com/build/cache/optimize/#use-cache-mounts",
    "https://docs.docker.com/reference/dockerfile/#run---mounttypecache",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM node:22.14-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nCOPY src ./src\nUSER node\n",
      good: "FROM node:22.14-slim\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci --omit=dev\nCOPY src ./src\nUSER node\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => downloadsOf(run).length > 0,
  *check(run, model) {
    const kept = keptOf(model, run);
    const [first] = kept;
    if (first === undefined) return;
    const flags = mountsOf(kept).map(mountFlag);
    yield {
      at: run.keywordSpan,
      message: `\`${first.download.label}\` downloads everything again when this layer is rebuilt: keep it with \`${flags.join(" ")}\`.`,
      fixes: () => {
        const edits = mountEdits(model, run, kept);
        if (edits === undefined) return [];
        const title = `Add \`${flags.join(" ")}\` (needs BuildKit or Buildah)`;
        return [{ title, safety: "review", edits: [...edits, ...insteadOfCleaning(model, run, kept, edits)] }];
      },
    };
  },
});
