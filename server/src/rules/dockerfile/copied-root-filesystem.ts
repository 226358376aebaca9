import { defineInstructionRule } from "../../engine/rule.ts";
import { baseImageOf } from "../../knowledge/base-images/index.ts";
import type { TransferInstruction } from "../../languages/dockerfile/model.ts";
import { parseImageReference } from "../../languages/image/index.ts";
import { cover } from "../../text/span.ts";

export default defineInstructionRule({
  slug: "copied-root-filesystem",
  summary: "A whole file system is copied from another stage or image.",
  why: `\`COPY --from=build / /\` brings the compiler, the package caches, the sources and whatever secret a step left behind: everything that a second stage is
there to leave out. Files of the final base image with the same name are overwritten, its users and its package database among them, so that scanners
no longer know what is installed.

Images that are made to be laid over others, as \`tonistiigi/xx\`, and stages that were filled for it are left alone. Onto \`scratch\` it is a known way to press all layers into one; there it is only mentioned in passing. Files deleted along the way are gone then, but so are
\`ENV\`, \`USER\` and \`CMD\` of the stage, and the layer is no longer shared with other images.`,
  category: "size",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3067"],
  references: ["https://docs.docker.com/build/building/multi-stage/"],
  fix: null,
  examples: [
    {
      bad: 'FROM golang:1.27-alpine AS build\nWORKDIR /src\nCOPY cmd ./cmd\nRUN go build -o /bin/app ./cmd/app\n\nFROM alpine:3.23\nCOPY --from=build / /\nUSER nobody\nCMD ["/bin/app"]\n',
      good: 'FROM golang:1.27-alpine AS build\nWORKDIR /src\nCOPY cmd ./cmd\nRUN go build -o /bin/app ./cmd/app\n\nFROM alpine:3.23\nCOPY --from=build /bin/app /bin/app\nUSER nobody\nCMD ["/bin/app"]\n',
      fixed: false,
    },
  ],
  instructions: ["COPY"],
  suspects: ({ from, sources, destination }) =>
    from !== undefined && destination?.value === "/" && sources.some(({ value }) => whole.test(value)),
  *check({ from, sources, destination, stage }) {
    const source = sources.find(({ value }) => whole.test(value));
    if (from === undefined || source === undefined || destination === undefined) return;
    if (isOverlay(from)) return;
    yield {
      at: cover(source.span, destination.span),
      message: `Everything in \`${from.value}\` is copied, its tools and caches with it: copy the files that the program needs.`,
      ...(stage?.scratch === true ? { severity: "hint" } : {}),
    };
  },
});

/**
 * Whether what is copied was made to be laid over another file system: a stage of `scratch` that the file fills, or an image like `tonistiigi/xx`,
 * as it is. An image that is known has a whole system in it.
 */
function isOverlay({ value, stage }: NonNullable<TransferInstruction["from"]>): boolean {
  if (stage !== undefined) {
    return stage.scratch || (stage.baseFacts === undefined && stage.history.every(({ name }) => !adds.has(name)));
  }
  // A bare name is a stage of a piece of a file, or a build context.
  if (!/[/:@]/.test(value)) return false;
  const image = parseImageReference(value);
  return image === undefined || baseImageOf(image) === undefined;
}

const adds: ReadonlySet<string> = new Set(["ADD", "COPY", "RUN"]);

const whole = /^\/(?:\.|\*)?$/;
