import { defineInstructionRule } from "../../engine/rule.ts";
import type { FromInstruction } from "../../languages/dockerfile/model.ts";
import type { ImageReference } from "../../languages/image/index.ts";
import {
  agrees,
  architectureOf,
  offers,
  type Platform,
  platformOf,
  shownPlatforms,
} from "../../languages/image/platform.ts";
import { replace } from "../../text/edit.ts";

export default defineInstructionRule({
  slug: "platform-mismatch",
  summary: "The platform and the image contradict each other.",
  why: `\`arm64v8/alpine\` holds arm64 programs and nothing else, as an image of Windows holds programs for Windows. Asked for another platform the builder
takes the image all the same, with a warning, or finds none that fits: the result says one platform and holds another, and the container
stops with \`exec format error\`.

Which platforms an image is there for is told by some names, and for all of them by the registry, where somebody asked it.

Name the image without its architecture (\`alpine\`) where one exists for all platforms; the builder then takes the right one.`,
  category: "correctness",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["buildkit:InvalidBaseImagePlatform", "tally:platform-mismatch"],
  references: [
    "https://docs.docker.com/build/building/multi-platform/",
    "https://github.com/docker-library/official-images#architectures-other-than-amd64",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM --platform=linux/amd64 arm64v8/node:24-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM --platform=linux/amd64 node:24-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["FROM"],
  suspects: (from) => platformOf(from.flag("platform")?.value ?? "") !== undefined,
  *check(from) {
    const asked = platformOf(from.flag("platform")?.value ?? "");
    const { image, imageWord, stage } = from;
    if (asked === undefined || image === undefined || imageWord === undefined || stage === undefined) return;
    const { platforms, shape } = from.description ?? {};
    const holds = contentOf(image, from);
    if (platforms !== undefined && platforms.length > 0 && !offers(platforms, asked)) {
      yield {
        at: imageWord.span,
        message: `\`${image.text}\` is there for ${shownPlatforms(platforms)} and not for \`${asked.shown}\`${shape === "index" ? ", so the build finds nothing to pull" : ""}: take an image for that platform, or another platform.`,
      };
      return;
    }
    if (platforms !== undefined || holds === undefined || agrees(asked, holds.platform)) return;
    const plain = holds.plain;
    yield {
      at: imageWord.span,
      message: `\`${image.text}\` is for ${holds.platform.shown}, and the stage asks for \`${asked.shown}\`: ${plain === undefined ? "take an image for that platform, or another platform" : `write \`${plain}\`, which exists for several platforms`}.`,
      ...(plain === undefined || imageWord.variable
        ? {}
        : {
            fixes: () => [
              {
                title: `Write \`${plain}\` (the builder then takes the one for \`${asked.shown}\`)`,
                safety: "review",
                edits: [replace(imageWord.span, plain)],
              },
            ],
          }),
    };
  },
});

/** What an image's name tells of the platform inside; `plain` is the name that stands for all platforms. */
function contentOf(
  image: ImageReference,
  { stage, imageWord }: FromInstruction,
): { readonly platform: Platform; readonly plain?: string } | undefined {
  // `--platform` counts for Windows in the model; here the image alone does.
  if (/^mcr\.microsoft\.com\/windows(?:\/|$)|nanoserver|servercore/.test(`${image.canonical}:${image.tag ?? ""}`)) {
    return { platform: { os: "windows", architecture: undefined, shown: "Windows" } };
  }
  const [, folder, name] =
    /^docker\.io\/(amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x)\/([\w.-]+)$/.exec(image.canonical) ??
    [];
  if (folder !== undefined && name !== undefined) {
    const rest = imageWord?.value.slice(imageWord.value.indexOf(`${folder}/`) + folder.length + 1);
    const pinned = image.digest !== undefined || rest === undefined;
    return { platform: linux(folder), ...(pinned ? {} : { plain: rest }) };
  }
  const suffix = /-(amd64|arm64|arm64v8|arm32v7|armv7|ppc64le|s390x|riscv64)$/.exec(image.tag ?? "")?.[1];
  if (suffix !== undefined) return { platform: linux(suffix) };
  const family = stage?.baseFacts?.family;
  return family !== undefined && linuxOnly.has(family)
    ? { platform: { os: "linux", architecture: undefined, shown: "Linux" } }
    : undefined;
}

/** Distributions of Linux. Of images of a language there may be one for Windows under the same tag. */
const linuxOnly = new Set(["alpine", "debian", "ubuntu", "fedora", "amazonlinux", "rockylinux", "almalinux"]);

function linux(word: string): Platform {
  const architecture = architectureOf(word);
  return { os: "linux", architecture, shown: `\`${architecture ?? word}\`` };
}
