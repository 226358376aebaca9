import { defineInstructionRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";

export default defineInstructionRule({
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
  instructions: ["ADD"],
  suspects: ({ sources, flags }) =>
    sources.length > 0 &&
    sources.every((source) => source.variable || isLocalFile(source.value)) &&
    flags.every(({ name }) => !ownFlags.has(name)),
  *check(add) {
    if (!add.sources.every(({ resolved }) => resolved !== undefined && isLocalFile(resolved))) return;
    const { keyword, keywordSpan, sources, destination } = add;
    const open = sources.find(({ value }) => mayBeArchive(value, destination?.value));
    const copy = keyword === keyword.toLowerCase() ? "copy" : "COPY";
    const [first] = sources;
    yield {
      at: keywordSpan,
      message: `\`${keyword} ${first?.text ?? ""}\` only copies from the build context: write \`${copy}\`, which never unpacks or downloads.`,
      fixes: () => [
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
  },
});

/** What `COPY` cannot do. */
const ownFlags: ReadonlySet<string> = new Set(["checksum", "keep-git-dir", "unpack"]);

const remote = /^(?:[a-z][a-z0-9+.-]*:\/\/|[\w.-]+@[\w.-]+:)/i;
const archive = /\.(?:tar|tgz|tbz2?|txz|tlz|tzst|taz|tz2?|gz|bz2|xz|zst|lzma|lz|z)$/i;

function isLocalFile(path: string): boolean {
  return path !== "" && !remote.test(path) && !archive.test(path);
}

/** A pattern that could stand for an archive among others, or a bare name that may be one for the root directory. */
function mayBeArchive(source: string, destination: string | undefined): boolean {
  if (source.endsWith("/")) return false;
  const name = source.slice(source.lastIndexOf("/") + 1);
  return /[*?\]]$/.test(name) || (destination === "/" && !name.includes("."));
}
