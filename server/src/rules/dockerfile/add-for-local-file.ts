import { defineRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { Word } from "../../languages/dockerfile/model.ts";
import { everyInstruction } from "./shared/run-bodies.ts";

export default defineRule("dockerfile", {
  slug: "add-for-local-file",
  summary: "`ADD` copies a file of the build context, which is what `COPY` is for.",
  why: `\`ADD\` does more than copy: it fetches URLs and Git repositories and unpacks local tar archives, by their content and not by their name. Who
reads \`ADD app.conf /etc/\` has to know that none of this is meant, and a file that happens to be a tar archive one day is silently unpacked. \`COPY\` only
copies.

\`ADD\` stays right for archives to unpack, for URLs (with \`--checksum\`) and for Git repositories; those are not reported.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3020",
    "trivy:DS-0005",
    "checkov:CKV_DOCKER_4",
    "kics:add_instead_of_copy",
    "semgrep:prefer-copy-over-add",
    "sonar:S7029",
    "droast:DF006",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#add-or-copy",
    "https://docs.docker.com/reference/dockerfile/#add",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.22\nADD settings.json /etc/report/settings.json\nUSER nobody\n",
      good: "FROM alpine:3.22\nCOPY settings.json /etc/report/settings.json\nUSER nobody\n",
    },
  ],
  *check(model) {
    for (const instruction of everyInstruction(model)) {
      if (instruction.name !== "ADD" || instruction.sources.length === 0) continue;
      if (instruction.flags.some(({ name }) => ownFlags.has(name))) continue;
      if (!instruction.sources.every(isLocalFile)) continue;
      const { keyword, keywordSpan, sources } = instruction;
      const open = sources.find(({ value }) => mayBeArchive(value, instruction.destination?.value));
      const copy = keyword === keyword.toLowerCase() ? "copy" : "COPY";
      const [first] = sources;
      yield {
        at: keywordSpan,
        message: `\`${keyword} ${first?.text ?? ""}\` only copies from the build context: write \`${copy}\`, which never unpacks or downloads.`,
        fixes: [
          {
            title:
              open === undefined
                ? `Change it to \`${copy}\``
                : `Change it to \`${copy}\` (tar archives that \`${open.value}\` stands for are no longer unpacked)`,
            safety: open === undefined ? "safe" : "review",
            edits: [replaceWord({ span: keywordSpan }, copy)],
          },
        ],
      };
    }
  },
});

/** What `COPY` cannot do. */
const ownFlags: ReadonlySet<string> = new Set(["checksum", "keep-git-dir", "unpack"]);

const remote = /^(?:[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+:)/i;
const archive = /\.(?:tar|tgz|tbz2?|txz|tlz|tzst|taz|tz2?|gz|bz2|xz|zst|lzma|lz|z)$/i;

function isLocalFile({ resolved }: Word): boolean {
  return resolved !== undefined && resolved !== "" && !remote.test(resolved) && !archive.test(resolved);
}

/** A pattern that could stand for an archive among others, or a bare name that may be one for the root directory. */
function mayBeArchive(source: string, destination: string | undefined): boolean {
  if (source.endsWith("/")) return false;
  const name = source.slice(source.lastIndexOf("/") + 1);
  return /[*?\]]$/.test(name) || (destination === "/" && !name.includes("."));
}
