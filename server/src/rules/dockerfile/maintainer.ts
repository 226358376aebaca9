import { defineInstructionRule } from "../../engine/rule.ts";
import { replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction } from "../../languages/dockerfile/model.ts";

export default defineInstructionRule({
  slug: "maintainer",
  summary: "`MAINTAINER` is deprecated.",
  why: `\`MAINTAINER\` fills one field of the image that few tools show and newer image formats have no place for; builders warn of it since Docker 1.13.
The label \`org.opencontainers.image.authors\` says the same where registries, scanners and \`docker inspect\` look for it.`,
  category: "correctness",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL4000",
    "buildkit:MaintainerDeprecated",
    "dockerfile-utils:DEPRECATED_MAINTAINER",
    "trivy:DS-0022",
    "checkov:CKV_DOCKER_6",
    "kics:maintainer_instruction_being_used",
    "semgrep:maintainer-deprecated",
    "sonar:S6586",
    "droast:DF019",
  ],
  references: [
    "https://docs.docker.com/reference/dockerfile/#maintainer-deprecated",
    "https://docs.docker.com/reference/build-checks/maintainer-deprecated/",
    "https://github.com/opencontainers/image-spec/blob/main/annotations.md",
  ],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.23\nMAINTAINER Ada Lovelace <ada@example.com>\nUSER nobody\n",
      good: 'FROM alpine:3.23\nLABEL org.opencontainers.image.authors="Ada Lovelace <ada@example.com>"\nUSER nobody\n',
    },
  ],
  instructions: ["MAINTAINER"],
  suspects: () => true,
  *check(instruction, model) {
    const { keyword, keywordSpan, argumentsSpan, words, onbuild } = instruction;
    // It cannot stand there at all, which `invalid-onbuild` tells.
    if (onbuild) return;
    yield {
      at: keywordSpan,
      message: `\`${keyword}\` is deprecated: say who maintains the image in the label \`org.opencontainers.image.authors\`.`,
      tag: "deprecated",
      fixes: () => {
        if (words.length === 0) return [];
        const label = keyword === keyword.toLowerCase() ? "label" : "LABEL";
        const text = `${label} org.opencontainers.image.authors="${escaped(model, authorsOf(model, instruction))}"`;
        return [
          {
            title: "Change it to `LABEL org.opencontainers.image.authors`",
            safety: "safe",
            edits: [replaceWord({ span: { start: keywordSpan.start, end: argumentsSpan.end } }, text)],
          },
        ];
      },
    };
  },
});

/** The name as one text: quotes around all of it are not part of it. */
function authorsOf({ text }: DockerfileModel, { words, argumentsSpan }: Instruction): string {
  const written = text.slice(argumentsSpan.start, argumentsSpan.end);
  const quoted = /^(["'])((?:(?!\1).)*)\1$/.exec(written);
  return quoted?.[2] ?? (written.includes("\n") ? words.map((word) => word.text).join(" ") : written);
}

/** Between double quotes of a LABEL, where variables are put in, other than behind a MAINTAINER. */
function escaped({ escape }: DockerfileModel, text: string): string {
  return text.replaceAll(/["$\\`]/g, (char) =>
    char === '"' || char === "$" || char === escape ? escape + char : char,
  );
}
