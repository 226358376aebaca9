import { syntaxRule } from "../syntax.ts";

export default syntaxRule("dockerfile", {
  summary: "The builder refuses this instruction.",
  why: `A Dockerfile with a syntax error does not build: an unknown instruction, a flag the instruction does not have, a missing argument,
a heredoc that never ends. The build says so after the context was sent and, in CI, minutes after the push; here it is said while you type.

Flags and instructions of newer builders are not called errors.`,
  aliases: [
    "dockerfile-utils:UNKNOWN_INSTRUCTION",
    "dockerfile-utils:UNKNOWN_FROM_FLAG",
    "dockerfile-utils:UNKNOWN_COPY_FLAG",
    "dockerfile-utils:UNKNOWN_ADD_FLAG",
    "dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG",
    "dockerfile-utils:UNKNOWN_TYPE",
    "dockerfile-utils:ARGUMENT_MISSING",
    "dockerfile-utils:ARGUMENT_EXTRA",
    "dockerfile-utils:ARGUMENT_REQUIRES_ONE",
    "dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO",
    "dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE",
    "dockerfile-utils:INVALID_AS",
    "dockerfile-utils:INVALID_PORT",
    "dockerfile-utils:INVALID_PROTO",
    "dockerfile-utils:INVALID_REFERENCE_FORMAT",
    "dockerfile-utils:INVALID_ESCAPE_DIRECTIVE",
    "dockerfile-utils:NO_SOURCE_IMAGE",
    "hadolint:DL1000",
    "hadolint:DL3061",
  ],
  references: ["https://docs.docker.com/reference/dockerfile/"],
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      fixed: false,
    },
  ],
});
