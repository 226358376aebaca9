import { defineRule } from "../../engine/rule.ts";
import { removeInstruction } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction } from "../../languages/dockerfile/model.ts";

const single: ReadonlySet<string> = new Set(["CMD", "ENTRYPOINT", "HEALTHCHECK"]);

export default defineRule("dockerfile", {
  slug: "repeated-command",
  summary: "A stage has several `CMD`, `ENTRYPOINT` or `HEALTHCHECK` instructions, of which only the last one counts.",
  why: `An image has one command, one entrypoint and one health check. The builder takes the last of each in a stage and drops the others without an
error, so a process that was meant to run beside the first one never starts, and a check that somebody relies on is not made.

To start two processes, run two containers, or name a supervisor in the one \`ENTRYPOINT\`. A stage may replace what it inherits from another stage or image:
that is not reported.`,
  category: "correctness",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3012",
    "hadolint:DL4003",
    "hadolint:DL4004",
    "buildkit:MultipleInstructionsDisallowed",
    "dockerfile-utils:MULTIPLE_INSTRUCTIONS",
    "trivy:DS-0007",
    "trivy:DS-0016",
    "trivy:DS-0023",
    "kics:multiple_cmd_instructions_listed",
    "kics:multiple_entrypoint_instructions_listed",
    "semgrep:multiple-entrypoint-instructions",
    "sonar:S6589",
    "droast:DF038",
    "droast:DF039",
    "droast:DF041",
  ],
  references: [
    "https://docs.docker.com/reference/dockerfile/#cmd",
    "https://docs.docker.com/reference/build-checks/multiple-instructions-disallowed/",
  ],
  fix: "safe",
  examples: [
    {
      bad: 'FROM alpine:3.23\nUSER nobody\nENTRYPOINT ["/entrypoint.sh"]\nENTRYPOINT ["/usr/local/bin/report"]\n',
      good: 'FROM alpine:3.23\nUSER nobody\nENTRYPOINT ["/usr/local/bin/report"]\n',
    },
  ],
  *check(model) {
    for (const instructions of stagesOf(model)) {
      const last = new Map<string, Instruction>();
      for (const instruction of instructions) if (single.has(instruction.name)) last.set(instruction.name, instruction);
      for (const instruction of instructions) {
        const counts = last.get(instruction.name);
        if (counts === undefined || counts === instruction) continue;
        const { keyword, keywordSpan } = instruction;
        yield {
          at: keywordSpan,
          message: `Only the last \`${instruction.name}\` of a stage counts, so this one does nothing: remove it.`,
          tag: "unnecessary",
          related: [{ at: counts.keywordSpan, message: `The \`${keyword}\` that counts` }],
          fixes: () => [
            { title: `Remove this \`${keyword}\``, safety: "safe", edits: [removeInstruction(model, instruction)] },
          ],
        };
      }
    }
  },
});

/** A piece of a Dockerfile is a part of one stage. */
function stagesOf(model: DockerfileModel): readonly (readonly Instruction[])[] {
  return model.fragment ? [model.instructions] : model.stages.map(({ instructions }) => instructions);
}
