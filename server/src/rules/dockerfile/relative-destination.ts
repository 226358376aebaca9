import { defineInstructionRule, type Fix, type Severity } from "../../engine/rule.ts";
import { insertBefore, replaceWord } from "../../languages/dockerfile/edit.ts";
import type {
  DockerfileModel,
  Instruction,
  Stage,
  TransferInstruction,
  Word,
} from "../../languages/dockerfile/model.ts";
import { instructionsBefore } from "./shared/run-bodies.ts";
import { needsFolder } from "./shared/several-sources.ts";

export default defineInstructionRule({
  slug: "relative-destination",
  summary: "Files are copied to a relative path, and no `WORKDIR` says where that begins.",
  why: `A relative destination begins at the working directory. Where the file sets none, that is the one of the base image: \`/\` for most, \`/go\`, \`/var/www/html\` or
\`/home/bun/app\` for others, and whatever its next release makes of it. The files are then somewhere else than the command looks for them, or among those of the
system. A \`WORKDIR\` in front says where things are.

Where your own base image sets the directory on purpose, leave it, or repeat it: a \`WORKDIR\` costs nothing.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3045", "droast:DF063"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#destination",
    "https://docs.docker.com/build/building/best-practices/#workdir",
  ],
  fix: "safe",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js"]\n',
    },
    {
      bad: "FROM alpine:3.23\nCOPY motd etc/motd\nUSER nobody\n",
      good: "FROM alpine:3.23\nCOPY motd /etc/motd\nUSER nobody\n",
    },
  ],
  instructions: ["COPY", "ADD"],
  suspects: ({ destination }) => destination !== undefined && !/^["']?(?:[/\\]|[a-z]:)/i.test(destination.text),
  *check(transfer, model) {
    const { name, destination, stage, onbuild } = transfer;
    // That the builder refuses it comes first: `several-sources-to-file`.
    if (destination === undefined || !isRelative(destination) || needsFolder(transfer)) return;
    for (const before of instructionsBefore(model, transfer)) {
      // A WORKDIR mends all that follow, so the first one speaks for them.
      if (before.name === "WORKDIR" || (before.stage === stage && landsSomewhere(before))) return;
    }
    const family = stage?.baseFacts?.family;
    const known = family !== undefined && atRoot.has(family);
    yield {
      at: destination.span,
      message: `\`${destination.text}\` begins ${known ? "at `/`" : "wherever the base image stands"}, for no \`WORKDIR\` is set: set one before this \`${name}\`.`,
      ...(stage === undefined ? {} : severityOf(stage)),
      fixes: () => (onbuild ? [] : fixesFor(model, transfer, destination, known)),
    };
  },
});

/** Images whose configuration sets no working directory. */
const atRoot: ReadonlySet<string> = new Set([
  "scratch",
  "alpine",
  "amazoncorretto",
  "amazonlinux",
  "buildpack-deps",
  "busybox",
  "debian",
  "eclipse-temurin",
  "gcc",
  "nginx",
  "node",
  "openjdk",
  "python",
  "rockylinux",
  "almalinux",
  "ruby",
  "rust",
  "ubuntu",
]);

/** An empty image has no other directory. Elsewhere nothing ships, or the base may have set one for this very purpose. */
function severityOf({ shipped, scratch, baseFacts }: Stage): { readonly severity?: Severity } {
  if (scratch) return { severity: "hint" };
  const told = baseFacts !== undefined && (atRoot.has(baseFacts.family) || baseFacts.family === "golang");
  return shipped && told ? {} : { severity: "info" };
}

function isRelative({ resolved }: Word): boolean {
  return resolved !== undefined && resolved !== "" && !/^(?:[/\\]|[a-z]:)/i.test(resolved);
}

function landsSomewhere(instruction: Instruction): boolean {
  if ((instruction.name !== "COPY" && instruction.name !== "ADD") || instruction.onbuild) return false;
  return instruction.destination !== undefined && isRelative(instruction.destination);
}

function fixesFor(
  model: DockerfileModel,
  transfer: TransferInstruction,
  destination: Word,
  known: boolean,
): readonly Fix[] {
  const folder = transfer.stage?.windows === true ? "C:\\app" : "/app";
  // With `\` for its escape character the builder would read another path.
  // An image that nothing is known of may count on the directory it has set, and an empty one is a place to put files in.
  const { stage } = transfer;
  const unsure = stage !== undefined && !stage.windows && (stage.scratch || stage.baseFacts === undefined);
  const unwritable = unsure || folder.includes(model.escape);
  const enter: readonly Fix[] = unwritable
    ? []
    : [
        {
          title: `Set \`WORKDIR ${folder}\` (later steps and the program start there too)`,
          safety: "review",
          edits: [insertBefore(model, transfer, [`WORKDIR ${folder}`], "keep")],
        },
      ];
  const [, quote = "", path = ""] = /^(["']?)(?:\.\/)*(.*)$/s.exec(destination.text) ?? [];
  const bare = path.replace(/["']$/, "");
  if (!known || destination.variable || /^\.{0,2}(?:\/|$)/.test(bare) || /[\\`\n]/.test(bare)) return enter;
  return [
    {
      title: `Write \`/${bare}\`, which is where it ends up`,
      safety: "safe",
      edits: [replaceWord(destination, `${quote}/${path}`)],
    },
    ...enter,
  ];
}
