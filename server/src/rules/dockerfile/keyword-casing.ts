import { defineRule, type Fix } from "../../engine/rule.ts";
import type { Instruction } from "../../languages/dockerfile/model.ts";
import { replace } from "../../text/edit.ts";
import { asWord, keywordCasing } from "./shared/casing.ts";

export default defineRule("dockerfile", {
  slug: "keyword-casing",
  summary: "Instructions are written in upper case here and in lower case there.",
  why: `A builder reads \`run\` as it reads \`RUN\`. People do not: the eye goes down the capitals at the left edge, and an instruction that is not written so is
taken for a part of the one above. Searching the file for \`COPY\` finds half of them.

Either way of writing is fine as long as it is one; the rule goes by what most instructions of the file do.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: ["buildkit:ConsistentInstructionCasing", "dockerfile-utils:CASING_INSTRUCTION", "sonar:S6476"],
  references: ["https://docs.docker.com/reference/build-checks/consistent-instruction-casing/"],
  fix: "safe",
  examples: [
    {
      bad: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\ncopy --from=files /srv /srv\n",
      good: "FROM alpine:3.23@sha256:a8560b36e8b8210634f77d9f7f9efd7ffa463e380b75e2e74aff4511df3ef88c AS files\nWORKDIR /srv\n\nFROM scratch\nCOPY --from=files /srv /srv\n",
    },
  ],
  *check(model) {
    const casing = keywordCasing(model);
    if (casing === undefined) return;
    const toLower = casing === "lower";
    for (const instruction of model.instructions) {
      const { name, keyword, keywordSpan } = instruction;
      if (name === "unknown") continue;
      const wanted = toLower ? name.toLowerCase() : name;
      if (keyword === wanted) continue;
      yield {
        at: keywordSpan,
        message: `\`${keyword}\` stands out among instructions in ${toLower ? "lower" : "upper"} case: write \`${wanted}\`.`,
        fixes: () => fixesFor(instruction, wanted, toLower),
      };
    }
  },
});

function fixesFor(instruction: Instruction, wanted: string, toLower: boolean): readonly Fix[] {
  const as = instruction.name === "FROM" ? asWord(instruction) : undefined;
  const asWanted = toLower ? "as" : "AS";
  return [
    {
      title: `Write \`${wanted}\``,
      safety: "safe",
      edits: [
        replace(instruction.keywordSpan, wanted),
        ...(as === undefined || as.text === asWanted ? [] : [replace(as.span, asWanted)]),
      ],
    },
  ];
}
