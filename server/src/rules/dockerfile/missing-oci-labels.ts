import { defineRule } from "../../engine/rule.ts";
import { ociPrefix } from "../../knowledge/oci-labels.ts";
import { isForDevelopment } from "./shared/development.ts";
import { finalImage } from "./shared/final-image.ts";
import { labelsFromArguments } from "./shared/label-arguments.ts";
import { labelsOf } from "./shared/labels.ts";

export default defineRule("dockerfile", {
  slug: "missing-oci-labels",
  summary: "The image does not say where it comes from.",
  why: `A running image is a digest. \`org.opencontainers.image.source\` and \`…revision\` lead from it to the commit it was built from, \`…version\` and \`…created\` tell how old it is, and
\`…licenses\` what may be done with it; registries, scanners and update bots read these names. Without them the way back from an incident to the code goes through somebody's
memory.

Builds with \`docker/metadata-action\` or \`--label\` set them from outside; then turn this rule off. The base image's own labels are inherited, so that an image without
labels may claim to be its base.`,
  category: "observability",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: ["https://github.com/opencontainers/image-spec/blob/main/annotations.md"],
  fix: "review",
  reads: "workspace",
  options: {
    labels: {
      default: ["source", "revision", "version", "created", "licenses"],
      description: "What the image is to say, as the names behind `org.opencontainers.image.`.",
    },
  },
  examples: [
    {
      bad: 'FROM alpine:3.23\nUSER nobody\nCMD ["date"]\n',
      good: `FROM alpine:3.23
USER nobody
ARG SOURCE
ARG REVISION
ARG VERSION
ARG CREATED
ARG LICENSES
LABEL org.opencontainers.image.source="$SOURCE" \\
      org.opencontainers.image.revision="$REVISION" \\
      org.opencontainers.image.version="$VERSION" \\
      org.opencontainers.image.created="$CREATED" \\
      org.opencontainers.image.licenses="$LICENSES"
CMD ["date"]
`,
    },
  ],
  *check(model, { labels }, { path }) {
    const image = finalImage(model);
    if (image === undefined || isForDevelopment(path, image.stage)) return;
    const { stage, word } = image;
    // A LABEL whose key is a variable may be any of them.
    if (
      stage.all("LABEL").some((label) => label.name === "LABEL" && label.pairs.some(({ name }) => name.includes("$")))
    )
      return;
    const present = new Set(labelsOf(stage.all("LABEL")).map(({ pair }) => pair.name));
    const missing = labels.filter((name) => !present.has(`${ociPrefix}${name}`));
    const [first, ...others] = missing;
    if (first === undefined) return;
    const named =
      others.length === 0
        ? `\`${ociPrefix}${first}\``
        : `\`${ociPrefix}${first}\`, ${others.map((name) => `\`…${name}\``).join(", ")}`;
    yield {
      at: word.span,
      message: `The image does not say where it comes from: set ${named} with \`LABEL\`.`,
      fixes: () => {
        const keys = missing.map((name) => `${ociPrefix}${name}`);
        const added = labelsFromArguments(model, stage, keys);
        return added === undefined ? [] : [added];
      },
    };
  },
});
