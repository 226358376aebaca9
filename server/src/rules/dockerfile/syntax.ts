import { syntaxRule } from "../syntax.ts";

export default syntaxRule("dockerfile", {
  summary: "The builder refuses this instruction.",
  why: `A Dockerfile with a syntax error does not build: an unknown instruction, a flag the instruction does not have, a missing argument, a quote that stays
open, a heredoc that never ends. The build says so after the context was sent and, in CI, minutes after the push; here it is said while you type.

A flag that is not known here may belong to a builder that is newer: it only gets a hint. Nothing is said of the grammar of a frontend other than Docker's
(\`# syntax=\`).`,
  fix: "review",
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
    "dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_ONE",
    "dockerfile-utils:ARGUMENT_REQUIRES_AT_LEAST_TWO",
    "dockerfile-utils:ARGUMENT_REQUIRES_ONE_OR_THREE",
    "dockerfile-utils:ARGUMENT_UNNECESSARY",
    "dockerfile-utils:FLAG_AT_LEAST_ONE",
    "dockerfile-utils:FLAG_DUPLICATE",
    "dockerfile-utils:FLAG_INVALID_DURATION",
    "dockerfile-utils:FLAG_MISSING_DURATION",
    "dockerfile-utils:FLAG_MISSING_VALUE",
    "dockerfile-utils:FLAG_UNKNOWN_UNIT",
    "dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE",
    "dockerfile-utils:INVALID_AS",
    "dockerfile-utils:INVALID_PORT",
    "dockerfile-utils:INVALID_PROTO",
    "dockerfile-utils:INVALID_REFERENCE_FORMAT",
    "dockerfile-utils:INVALID_SIGNAL",
    "dockerfile-utils:INVALID_SYNTAX",
    "dockerfile-utils:SHELL_JSON_FORM",
    "dockerfile-utils:SHELL_REQUIRES_ONE",
    "dockerfile-utils:SYNTAX_MISSING_SINGLE_QUOTE",
    "dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE",
    "dockerfile-utils:SYNTAX_MISSING_NAMES",
    "dockerfile-utils:UNSUPPORTED_MODIFIER",
    "hadolint:DL1000",
    "tally:unknown-instruction",
    "sonar:S2260",
  ],
  references: ["https://docs.docker.com/reference/dockerfile/"],
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js .\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
});
