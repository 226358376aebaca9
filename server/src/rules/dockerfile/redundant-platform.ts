import { defineInstructionRule } from "../../engine/rule.ts";
import { flagRemoval } from "./shared/flag-removal.ts";
import { globalArguments } from "./shared/from-variables.ts";

export default defineInstructionRule({
  slug: "redundant-platform",
  summary: "`--platform=$TARGETPLATFORM` says what is the case without it.",
  why: `Every stage is for the platform that the build is asked for unless its \`FROM\` says otherwise, so \`--platform=$TARGETPLATFORM\` changes nothing. It only
reads as if it did, and the next person copies it to the stage that should have run on \`$BUILDPLATFORM\`. Builders without BuildKit do not know the
variable and stop.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["hadolint:DL3065", "buildkit:RedundantTargetPlatform"],
  references: ["https://docs.docker.com/reference/build-checks/redundant-target-platform/"],
  fix: "safe",
  examples: [
    {
      bad: 'FROM --platform=$TARGETPLATFORM node:24-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:24-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["FROM"],
  suspects: (from) => targetPlatform.test(from.flag("platform")?.value ?? ""),
  *check(from, model) {
    const flag = from.flag("platform");
    if (flag === undefined) return;
    // With a value of the file's own it means something else.
    if (globalArguments(model).some(({ pair }) => pair.name === "TARGETPLATFORM" && pair.value !== undefined)) return;
    yield {
      at: flag.span,
      message: `\`${flag.value}\` is the platform of every stage that names none: leave \`--platform\` out.`,
      fixes: () => [{ title: "Leave out `--platform`", safety: "safe", edits: [flagRemoval(model.text, flag)] }],
    };
  },
});

const targetPlatform = /^(["']?)\$(?:TARGETPLATFORM|\{TARGETPLATFORM\})\1$/;
