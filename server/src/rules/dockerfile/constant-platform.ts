import { defineInstructionRule, type Fix } from "../../engine/rule.ts";
import type { Flag, FromInstruction, Stage } from "../../languages/dockerfile/model.ts";
import { replace } from "../../text/edit.ts";
import { flagRemoval } from "./shared/flag-removal.ts";

export default defineInstructionRule({
  slug: "constant-platform",
  summary: "A stage is built for one platform, whatever platform the build is asked for.",
  why: `With \`--platform=linux/amd64\` in the file, \`docker build --platform=linux/arm64\` still yields amd64 files. On another machine they run in emulation,
many times slower, or stop with \`exec format error\`. Who needs a certain platform says so where the build is started, or in the Compose file.

A stage that compiles for other platforms wants \`--platform=$BUILDPLATFORM\`: it then runs natively wherever it is built. A constant is right where a
program exists for one platform alone; name the platform in the stage's name (\`AS tools-amd64\`) to say that it is meant.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3029",
    "buildkit:FromPlatformFlagConstDisallowed",
    "kics:using_platform_with_from",
    "droast:DF061",
    "semgrep:avoid-platform-with-from",
  ],
  references: [
    "https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/",
    "https://docs.docker.com/build/building/multi-platform/",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM --platform=linux/amd64 alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
    },
  ],
  instructions: ["FROM"],
  suspects: (from) => constantPlatform(from) !== undefined,
  *check(from, model) {
    const platform = constantPlatform(from);
    const { stage } = from;
    if (platform === undefined || stage === undefined) return;
    // Nothing is said against what only exists there.
    if (stage.windows) return;
    const crosses = stage !== model.finalStage && crossCompiles(stage, model.text);
    yield {
      at: platform.flag.span,
      message: crosses
        ? `\`${platform.value}\` makes a stage that compiles for other platforms run in emulation elsewhere: write \`--platform=$BUILDPLATFORM\`.`
        : `This stage is for \`${platform.value}\` whatever platform the build is asked for: leave the flag out, and say the platform where you build.`,
      fixes: () => fixesFor(platform, from, crosses, model.text),
    };
  },
});

interface ConstantPlatform {
  readonly flag: Flag;
  readonly value: string;
}

function constantPlatform(from: FromInstruction): ConstantPlatform | undefined {
  const flag = from.flag("platform");
  const value = flag?.value?.replace(/^(["'])(.*)\1$/, "$2");
  if (flag === undefined || value === undefined || !/^[\w.-]+(?:\/[\w.-]+){0,2}$/.test(value)) return undefined;
  const name = from.alias?.value.toLowerCase() ?? "";
  return partsOf(value).some((part) => name.includes(part)) ? undefined : { flag, value };
}

const architectures: ReadonlyMap<string, string> = new Map([
  ["x86_64", "amd64"],
  ["x86-64", "amd64"],
  ["aarch64", "arm64"],
  ["armhf", "arm"],
  ["armel", "arm"],
  ["i386", "386"],
]);

/** Operating system and processor: BuildKit takes a stage's name with one of them for a sign that the platform is meant. */
function partsOf(platform: string): readonly string[] {
  const [first = "", second] = platform.toLowerCase().split("/");
  if (second === undefined)
    return /^(?:linux|windows)$/.test(first) ? [first] : ["linux", architectures.get(first) ?? first];
  return [first, architectures.get(second) ?? second];
}

function crossCompiles({ instructions }: Stage, text: string): boolean {
  return instructions.some(
    ({ name, span }) =>
      (name === "ARG" || name === "RUN" || name === "ENV") &&
      /\bTARGET(?:PLATFORM|OS|ARCH|VARIANT)\b/.test(text.slice(span.start, span.end)),
  );
}

function fixesFor(
  { flag, value }: ConstantPlatform,
  from: FromInstruction,
  crosses: boolean,
  text: string,
): readonly Fix[] {
  const removal: Fix = {
    title: `Leave out \`--platform\` (the stage is then for the platform asked for, and what exists for \`${value}\` alone fails on others)`,
    safety: "review",
    edits: [flagRemoval(text, flag)],
  };
  if (!crosses || from.stage?.shipped === true || flag.valueSpan === undefined) return [removal];
  return [
    {
      title: "Write `$BUILDPLATFORM` (what the stage compiles must be told its target by `TARGETARCH`)",
      safety: "review",
      edits: [replace(flag.valueSpan, "$BUILDPLATFORM")],
    },
    removal,
  ];
}
