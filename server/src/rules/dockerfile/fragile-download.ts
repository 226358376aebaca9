import { type EditFix, defineInstructionRule } from "../../engine/rule.ts";
import type { DockerfileModel, RunInstruction } from "../../languages/dockerfile/model.ts";
import { insertFlag } from "../../languages/dockerfile/edit.ts";
import { withCurlOption } from "./shared/curl-options.ts";
import { type Download, downloadsIn, isLocal } from "./shared/downloads.ts";
import { bodyOf } from "./shared/run-bodies.ts";

export default defineInstructionRule({
  slug: "fragile-download",
  summary: "A download gives up at a redirect or at the first hiccup of the network.",
  why: `\`curl\` does not follow a redirect unless it is told \`-L\`: what it writes is then the redirect itself, an empty file more often than not. Addresses that
answer directly today are moved one day, to another host or to \`https\`. And it tries once: a build of twenty minutes fails for one lost connection.

\`--retry 3\` tries again after a time-out or an answer of 408, 429 or 5xx, which is safe for a plain download. The other side: a redirect may lead anywhere, so
check what arrives against a checksum, and hold \`curl\` to \`--proto =https\` where that matters. GNU wget follows redirects and tries again by itself.`,
  category: "reproducibility",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["tally:curl-should-follow-redirects", "tally:prefer-curl-config"],
  references: ["https://curl.se/docs/manpage.html#-L", "https://curl.se/docs/manpage.html#--retry"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.22\nRUN curl -fsS -o /usr/share/geo.csv https://example.com/geo.csv\nUSER nobody\n",
      good: "FROM alpine:3.22\nRUN curl --retry 3 -fsSL -o /usr/share/geo.csv https://example.com/geo.csv\nUSER nobody\n",
    },
  ],
  instructions: ["RUN"],
  suspects: (run) => fragile(run).length > 0,
  *check(run, model) {
    const configured = isConfigured(model);
    for (const { download, lacksLocation, lacksRetry } of fragile(run)) {
      const retry = lacksRetry && !configured;
      if (!lacksLocation && !retry) continue;
      const [url] = download.urls;
      yield {
        at: url?.span ?? download.command.nameSpan,
        message:
          lacksLocation && retry
            ? "`curl` stops at a redirect and at the first hiccup of the network: add `-L --retry 3`."
            : lacksLocation
              ? "`curl` stops at a redirect and takes it for the answer: add `-L`."
              : "`curl` gives up at the first hiccup of the network: add `--retry 3`.",
        fixes: () => fixesFor(run, download, lacksLocation, retry),
      };
    }
  },
});

interface Fragile {
  readonly download: Download;
  readonly lacksLocation: boolean;
  readonly lacksRetry: boolean;
}

const requests = ["-X", "--request", "-d", "--data", "--data-raw", "--data-binary", "--json", "-F", "--form", "-T"];

function fragile(run: RunInstruction): readonly Fragile[] {
  const script = bodyOf(run);
  if (script === undefined) return [];
  return downloadsIn(script).flatMap((download) => {
    const { program, options, uncertain, output, urls } = download;
    if (program !== "curl" || uncertain || output.to === "none" || urls.every(isLocal)) return [];
    if (requests.some((option) => options.has(option))) return [];
    const lacksLocation = !["-L", "--location", "--location-trusted"].some((option) => options.has(option));
    const lacksRetry = !options.has("--retry");
    return lacksLocation || lacksRetry ? [{ download, lacksLocation, lacksRetry }] : [];
  });
}

/** A `.curlrc` may say it for all of them. */
function isConfigured({ text }: DockerfileModel): boolean {
  return text.includes("curlrc") || text.includes("CURL_HOME");
}

function fixesFor(run: RunInstruction, { command }: Download, location: boolean, retry: boolean): readonly EditFix[] {
  if (run.form === "exec") return [];
  const option = location ? withCurlOption(run, command, "L", "--location") : undefined;
  if (location && option === undefined) return [];
  const words = [...(option === undefined ? [] : [option.text]), ...(retry ? ["--retry 3"] : [])];
  return [
    {
      title: `Add \`${words.join(" ")}\` (${location ? "what another host sends is then taken" : "a failure then takes longer"})`,
      safety: "review",
      edits: [
        ...(option === undefined ? [] : [option.edit]),
        ...(retry ? [insertFlag(command, "--retry 3", command.nameSpan)] : []),
      ],
    },
  ];
}
