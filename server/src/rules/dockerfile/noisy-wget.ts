import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import { insertElement, insertFlag } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import { isElement } from "./shared/curl-options.ts";
import { packageStep } from "./shared/package-steps.ts";
import { type Download, downloadsIn } from "./shared/downloads.ts";
import { bodyOf, instructionsBefore } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "noisy-wget",
  summary: "`wget` fills the build's log with its progress.",
  why: `Where there is no terminal, \`wget\` writes a line of dots for every 50 kB it fetches: thousands of lines for one archive, in which the error that broke the
build is hard to find, and builders cut a log that grows too long.

\`--progress=dot:giga\` makes it a line for every 32 MB, \`-nv\` one line for each file; busybox's \`wget\`, as on Alpine, knows only \`-q\`. GNU wget's \`-q\` also hides why
a download failed.`,
  category: "observability",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["hadolint:DL3047", "droast:DF056", "tally:prefer-wget-config"],
  references: [
    "https://www.gnu.org/software/wget/manual/wget.html#Download-Options",
    "https://busybox.net/downloads/BusyBox.html#wget",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM debian:13.1-slim@sha256:4b44499bc2a6c78d726f3b281e6798009c0ae1f034b0bfaf6a227147dcff928b\nRUN wget https://example.com/geo.csv\nUSER 65534:65534\n",
      good: "FROM debian:13.1-slim@sha256:4b44499bc2a6c78d726f3b281e6798009c0ae1f034b0bfaf6a227147dcff928b\nRUN wget --progress=dot:giga https://example.com/geo.csv\nUSER 65534:65534\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /wget/,
  suspects: (run) => noisy(run).length > 0,
  *check(run, model) {
    for (const download of noisy(run)) {
      const flag = isGnu(model, run) ? "--progress=dot:giga" : "-q";
      yield {
        at: download.command.nameSpan,
        message: `\`wget\` fills the log of the build with its progress: add \`${flag}\`.`,
        fixes: () => fixesFor(run, download, flag),
      };
    }
  },
});

const quiet = [
  "-q",
  "--quiet",
  "-nv",
  "--no-verbose",
  "--progress",
  "-o",
  "--output-file",
  "-a",
  "--append-output",
  "-b",
  "--spider",
];

function noisy(run: RunInstruction): readonly Download[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return downloadsIn(script).filter(({ program, options, uncertain, urls, command }) => {
    if (program !== "wget" || uncertain || quiet.some((option) => options.has(option))) return false;
    if (options.has("-V") || options.has("--version") || options.has("--help")) return false;
    if (command.redirects.some(({ operator }) => /^(?:&>>?|>&|>)$/.test(operator))) return false;
    return urls.length > 0 || options.has("-i") || options.has("--input-file");
  });
}

/** Whether it is GNU's, and not busybox's, which does not know its options. */
function isGnu(model: DockerfileModel, run: RunInstruction): boolean {
  const facts = run.stage?.baseFacts;
  if (facts !== undefined && facts.libc === "glibc" && facts.os !== "busybox") return true;
  for (const before of [...instructionsBefore(model, run), run]) {
    const script = before.name === "RUN" ? bodyOf(before) : undefined;
    for (const command of script?.everyCommand ?? []) {
      const step = packageStep(command);
      if (step?.packages.manager.scope !== "system" || step.packages.does !== "install") continue;
      if (step.packages.manager.name !== "apk") return true;
      if (step.packages.operands.some((index) => command.args[index]?.value?.split("=")[0] === "wget")) return true;
    }
  }
  return false;
}

function fixesFor(run: RunInstruction, { command }: Download, flag: string): readonly EditFix[] {
  if (bodyOf(run)?.broken !== false) return [];
  const edit = isElement(run, command)
    ? insertElement(command.nameSpan, flag)
    : insertFlag(command, flag, command.nameSpan);
  return [{ title: `Add \`${flag}\``, safety: "safe", edits: [edit] }];
}
