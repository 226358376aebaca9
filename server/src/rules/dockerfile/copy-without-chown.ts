import { defineInstructionRule } from "../../engine/rule.ts";
import type { Stage, TransferInstruction } from "../../languages/dockerfile/model.ts";
import { insert } from "../../text/edit.ts";
import { placeOf } from "./shared/placed-files.ts";
import { isStatePath } from "./shared/state-folders.ts";
import { type StepUser, userBefore } from "./shared/step-user.ts";

export default defineInstructionRule({
  slug: "copy-without-chown",
  summary: "Files are copied behind a `USER` and belong to root all the same.",
  why: `\`USER\` does not count for \`COPY\` and \`ADD\`: what they bring belongs to root unless \`--chown\` says otherwise. A later \`RUN\` as the user, or the program, can
read these files and not change them: \`npm install\` fails at the lock file, a build at its output folder, a database at its file.

For the code of a program that is as it should be: whoever breaks into it cannot rewrite it. So this is asked only where a step behind the copy runs as that user, or
the copy goes to a place with data in it; see \`writable-program\` for the other side.`,
  category: "correctness",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["tally:copy-after-user-without-chown"],
  references: ["https://docs.docker.com/reference/dockerfile/#copy---chown---chmod"],
  fix: "review",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nWORKDIR /app\nUSER node\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/home/node/.npm,uid=1000 npm ci --omit=dev\n",
      good: "FROM node:22.14-alpine\nWORKDIR /app\nUSER node\nCOPY --chown=node package.json package-lock.json ./\nRUN --mount=type=cache,target=/home/node/.npm,uid=1000 npm ci --omit=dev\n",
    },
  ],
  instructions: ["COPY", "ADD"],
  suspects: (copy) => copy.flag("chown") === undefined && copy.destination !== undefined,
  *check(copy) {
    const { stage, onbuild } = copy;
    if (stage === undefined || onbuild || stage.windows) return;
    const user = userBefore(stage, copy);
    if (user?.plain !== true || !isNamedHere(stage) || !isWritten(stage, copy)) return;
    yield {
      at: copy.keywordSpan,
      message: `What is copied belongs to root, and \`${user.text}\` cannot change it: say \`--chown=${user.text}\` if it has to.`,
      fixes: () => [
        {
          title: `Add \`--chown=${user.text}\` (the user can then change what is copied)`,
          safety: "review",
          edits: [insert((copy.flags.at(-1)?.span ?? copy.keywordSpan).end, ` --chown=${user.text}`)],
        },
      ],
    };
  },
});

/** Where nothing but the base image names the user, the file says nothing about who is to own what. */
function isNamedHere(stage: Stage): boolean {
  return stage.last("USER") !== undefined;
}

function isWritten(stage: Stage, copy: TransferInstruction): boolean {
  const to = placeOf(stage, copy);
  if (to !== undefined && isStatePath(stage, to)) return true;
  return stepsOf(stage, copy).some(({ plain }) => plain);
}

/** Who the RUNs behind a copy run as. */
function stepsOf(stage: Stage, copy: TransferInstruction): readonly StepUser[] {
  return stage.instructions.flatMap((step) => {
    if (step.name !== "RUN" || step.span.start < copy.span.start) return [];
    return userBefore(stage, step) ?? [];
  });
}
