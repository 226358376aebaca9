import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import { licenseIdOf } from "../../knowledge/licenses.ts";
import { ociFormats } from "../../knowledge/oci-labels.ts";
import type { Pair } from "../../languages/dockerfile/model.ts";
import { replace } from "../../text/edit.ts";
import { describeFormat, hasFormat, type LabelFormat } from "./shared/label-formats.ts";
import { fixedValue, isKnownKey } from "./shared/labels.ts";

export default defineInstructionRule({
  slug: "invalid-label-value",
  summary: "A label's value is not of the form its readers expect.",
  why: `Labels are read by programs: a registry links the image to its source by \`org.opencontainers.image.source\`, licence reports take \`…licenses\` for an SPDX expression,
and what cleans up or reports by age parses \`…created\`. A value of another form is not refused by anybody. It is simply not understood, and the link, the licence or the
date is missing where it is looked for.

The labels whose form the OCI specification fixes are always judged; list your own in the options by what they should hold. A value with a variable in it is not judged,
nor is an empty one, which takes back what the base image says.`,
  category: "observability",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3051",
    "hadolint:DL3052",
    "hadolint:DL3053",
    "hadolint:DL3054",
    "hadolint:DL3055",
    "hadolint:DL3056",
    "hadolint:DL3058",
  ],
  references: [
    "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
    "https://spdx.org/licenses/",
    "https://www.rfc-editor.org/rfc/rfc3339",
  ],
  fix: "review",
  options: {
    texts: { default: [], description: "Labels that must not be empty." },
    urls: { default: [], description: "Labels that hold a URL." },
    times: { default: [], description: "Labels that hold a time by RFC 3339." },
    licenses: { default: [], description: "Labels that hold an SPDX licence expression." },
    hashes: { default: [], description: "Labels that hold a Git commit." },
    versions: { default: [], description: "Labels that hold a semantic version." },
    emails: { default: [], description: "Labels that hold an e-mail address." },
  },
  examples: [
    {
      bad: 'FROM alpine:3.23\nLABEL org.opencontainers.image.licenses="Apache 2.0"\nUSER nobody\n',
      good: 'FROM alpine:3.23\nLABEL org.opencontainers.image.licenses="Apache-2.0"\nUSER nobody\n',
    },
    {
      bad: 'FROM alpine:3.23\nLABEL team.contact="the web team"\nUSER nobody\n',
      good: 'FROM alpine:3.23\nLABEL team.contact="web@example.com"\nUSER nobody\n',
      fixed: false,
      options: { emails: ["team.contact"] },
    },
  ],
  instructions: ["LABEL"],
  suspects: ({ pairs }, options) =>
    pairs.some(({ name, value }) => {
      const format = isKnownKey(name) ? (formatIn(options, name) ?? ociFormats.get(name)) : undefined;
      return format !== undefined && value !== undefined && !value.includes("$") && !hasFormat(value, format);
    }),
  *check({ pairs }, model, options) {
    for (const pair of pairs) {
      const value = isKnownKey(pair.name) ? fixedValue(model, pair) : undefined;
      if (value === undefined) continue;
      const asked = formatIn(options, pair.name);
      const format = asked ?? (value === "" ? undefined : ociFormats.get(pair.name));
      if (format === undefined || hasFormat(value, format)) continue;
      yield {
        at:
          pair.valueSpan === undefined || pair.valueSpan.start === pair.valueSpan.end ? pair.nameSpan : pair.valueSpan,
        message:
          value.trim() === ""
            ? `The label \`${pair.name}\` is empty: give it ${describeFormat(format)}.`
            : `The label \`${pair.name}\` holds \`${shortened(value)}\`: make it ${describeFormat(format)}.`,
        fixes: () => corrected(pair, value, format),
      };
    }
  },
});

type Lists = Readonly<
  Record<"texts" | "urls" | "times" | "licenses" | "hashes" | "versions" | "emails", readonly string[]>
>;

function formatIn(lists: Lists, name: string): LabelFormat | undefined {
  const formats: readonly (readonly [LabelFormat, readonly string[]])[] = [
    ["url", lists.urls],
    ["rfc3339", lists.times],
    ["spdx", lists.licenses],
    ["hash", lists.hashes],
    ["semver", lists.versions],
    ["email", lists.emails],
    ["text", lists.texts],
  ];
  return formats.find(([, names]) => names.includes(name))?.[0];
}

function corrected({ valueSpan }: Pair, value: string, format: LabelFormat): readonly Fix[] {
  const better = format === "spdx" ? licenseIdOf(value) : format === "url" ? withScheme(value) : undefined;
  if (better === undefined || valueSpan === undefined) return [];
  const doubt = format === "spdx" ? "if that is the licence meant" : "if that is where it leads";
  return [
    { title: `Change it to \`${better}\`, ${doubt}`, safety: "review", edits: [replace(valueSpan, `"${better}"`)] },
  ];
}

/** `github.com/acme/api` is only short of its scheme. */
function withScheme(value: string): string | undefined {
  return /^(?:[a-z0-9-]+\.)+[a-z]{2,}(?:\/[\w./~%#?=&+-]*)?$/i.test(value) ? `https://${value}` : undefined;
}

function shortened(value: string): string {
  const line = value.replaceAll(/\s+/g, " ").replaceAll("`", "'");
  return line.length > 50 ? `${line.slice(0, 49)}…` : line;
}
