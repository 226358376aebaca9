import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import type { RunInstruction } from "../../languages/dockerfile/model.ts";
import { withCurlOption } from "./shared/curl-options.ts";
import { type Download, downloadsIn, isLocal, verifies } from "./shared/downloads.ts";
import { hasPipefail } from "./shared/pipefail.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "curl-without-fail",
  summary: "`curl` takes the page of an error for the file it was asked for.",
  why: `Without \`-f\`, an answer of 404 or 503 is a success to \`curl\`: it writes the server's error page into the file, or hands it to the next program, and exits
with 0. The build goes on with an HTML page in place of a binary, a key or a script, and fails much later, or not at all.

With \`-f\` it exits with 22 and the \`RUN\` stops there; \`--fail-with-body\` shows what the server said as well. Downloads whose checksum or signature the same
\`RUN\` checks are not reported, nor are requests whose answer nobody reads.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["droast:DF035"],
  references: ["https://curl.se/docs/manpage.html#-f", "https://everything.curl.dev/usingcurl/downloads/raw.html"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nRUN curl -sSLo /usr/share/geo.csv https://example.com/geo.csv\nUSER nobody\n",
      good: "FROM alpine:3.22\nRUN curl -fsSLo /usr/share/geo.csv https://example.com/geo.csv\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  mentions: /curl/,
  suspects: (run) => credulous(run).length > 0,
  *check(run) {
    for (const download of credulous(run)) {
      const { command, output, script } = download;
      const caught = output.to === "pipe" && refuses(output.reader?.name);
      // There a failure counts for nothing before `pipefail` is set, which is another rule's advice.
      const unheard = output.to === "pipe" && !hasPipefail(run) && !script.pipefailAt(command.span.start);
      yield {
        at: command.nameSpan,
        message: messageFor(download),
        // Such a program stops at what it cannot read, if only with a riddle of a message.
        ...(caught || unheard ? { severity: "hint" as const } : {}),
        fixes: () => fixesFor(run, download),
      };
    }
  },
});

/** Those that take whatever comes, as far as the RUN's own text tells. */
function credulous(run: RunInstruction): readonly Download[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return downloadsIn(script).filter((download) => {
    const { program, options, uncertain, output, urls } = download;
    if (program !== "curl" || uncertain || output.to === "none" || urls.length === 0) return false;
    if (["-f", "--fail", "--fail-with-body", "-w", "--write-out", "-T", "--upload-file"].some((o) => options.has(o)))
      return false;
    if (urls.every(isLocal)) return false;
    return output.to === "pipe" || !download.script.commands.some(verifies);
  });
}

function refuses(name: string | undefined): boolean {
  return (
    name !== undefined &&
    /^(?:tar|bsdtar|gunzip|gzip|xz|unxz|bunzip2|zstd|cpio|gpg|gpg2|apt-key|jq|rpm2cpio|docker)$/.test(name)
  );
}

function messageFor({ output }: Download): string {
  const advice = "add `-f`, so that the build stops there.";
  if (output.to === "pipe") {
    const reader = output.reader?.name === undefined ? "what reads the pipe" : `\`${output.reader.name}\``;
    return `\`curl\` hands the page of an error to ${reader}: ${advice}`;
  }
  if (output.to === "file" && output.written !== "") {
    return `\`curl\` writes the page of an error into \`${output.written}\`: ${advice}`;
  }
  return `\`curl\` takes the page of an error for the answer: ${advice}`;
}

function fixesFor(run: RunInstruction, { command }: Download): readonly EditFix[] {
  const option = withCurlOption(run, command, "f", "--fail");
  if (option === undefined) return [];
  return [
    {
      title: `Add \`${option.text}\` (the build fails where the server answers with an error)`,
      safety: "review",
      edits: [option.edit],
    },
  ];
}
