import { defineRule, type Fix } from "../../engine/rule.ts";
import { removeInstruction, replaceWord } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, Stage, Word } from "../../languages/dockerfile/model.ts";
import { startUserOf } from "../../languages/image/index.ts";
import { replace, type TextEdit } from "../../text/edit.ts";
import { isForDevelopment } from "./shared/development.ts";
import { insertBeforeStart } from "./shared/epilogue.ts";
import { type FinalImage, finalImage } from "./shared/final-image.ts";
import { handlesRoot } from "./shared/privileges.ts";
import { needsNumber } from "./shared/image-names.ts";
import { rootWhy } from "./shared/root-why.ts";
import { userPlan } from "./shared/running-user.ts";
import { isRootName } from "./shared/step-user.ts";
import { userFixes } from "./shared/user-fixes.ts";

export default defineRule("dockerfile", {
  slug: "root-user",
  summary: "The last `USER` is root.",
  why: `${rootWhy}

\`USER root\` is right in front of the steps that install something. What counts is the last \`USER\` of the final stage, since that is who runs the program: go back to
the user without privileges behind those steps. Stages that are only copied from may stay root, and so may images whose entrypoint gives root up by itself
(\`gosu\`, \`su-exec\`, the entrypoints of most databases).`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3002",
    "trivy:DS-0002",
    "checkov:CKV_DOCKER_8",
    "kics:last_user_is_root",
    "droast:DF002",
    "semgrep:last-user-is-root",
    "sonar:S6471",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#user",
    "https://docs.docker.com/reference/dockerfile/#user",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM nginxinc/nginx-unprivileged:1.30-alpine\nUSER root\nRUN apk add --no-cache brotli\nHEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]\nCMD ["nginx", "-g", "daemon off;"]\n',
      good: 'FROM nginxinc/nginx-unprivileged:1.30-alpine\nUSER root\nRUN apk add --no-cache brotli\nHEALTHCHECK CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:8080/"]\nUSER nginx\nCMD ["nginx", "-g", "daemon off;"]\n',
    },
    {
      bad: 'FROM node:22.14-alpine\nUSER root\nCMD ["node"]\n',
      good: 'FROM node:22.14-alpine\nUSER node\nCMD ["node"]\n',
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const stage = model.finalStage;
    const user = stage?.last("USER");
    const word = user?.words[0];
    if (stage === undefined || user === undefined || word === undefined || !isRoot(word)) return;
    const image = finalImage(model);
    if (handlesRoot(model, stage, image?.facts, workspace)) return;
    yield {
      at: word.span,
      message: `The image runs as \`${word.text}\`${word.variable ? ", which is root" : ""}: name a user without privileges behind the last step that needs root.`,
      fixes: () =>
        image === undefined || stage.windows ? [] : fixesFor(model, image, user, word, needsNumber(workspace)),
      ...(isForDevelopment(workspace.path, stage) ? { severity: "hint" } : {}),
    };
  },
});

function isRoot({ resolved }: Word): boolean {
  return resolved !== undefined && isRootName(resolved);
}

function fixesFor(
  model: DockerfileModel,
  image: FinalImage,
  user: Instruction,
  word: Word,
  numeric: boolean,
): readonly Fix[] {
  const { stage, facts } = image;
  const earlier = earlierUser(image);
  if (earlier !== undefined) return [goBack(model, stage, user, word, earlier)];
  const plan = userPlan(stage, facts, numeric);
  if (plan === undefined) return [];
  // With nothing but root's steps behind it the line would say what the new one takes back.
  if (isNeeded(stage, user)) return userFixes(model, image, plan);
  return userFixes(model, image, plan).map((fix) => ({ ...fix, edits: inPlaceOf(model, user, fix.edits) }));
}

/** Takes the `USER` out that the edits make up for; at the end of the file they stand behind it. */
function inPlaceOf(model: DockerfileModel, user: Instruction, edits: readonly TextEdit[]): readonly TextEdit[] {
  const behind = edits.find(({ span }) => span.start === user.span.end);
  if (behind === undefined) return [removeInstruction(model, user), ...edits];
  return edits.map((edit) => (edit === behind ? replace(user.span, edit.text.trimStart()) : edit));
}

/** Whether steps behind a `USER` run as it, or another stage has it. */
function isNeeded(stage: Stage, user: Instruction): boolean {
  const behind = stage.instructions.slice(stage.instructions.indexOf(user) + 1);
  return user.stage !== stage || behind.some((step) => step.name === "RUN" || step.name === "WORKDIR");
}

function goBack(model: DockerfileModel, stage: Stage, user: Instruction, word: Word, name: string): Fix {
  const edit = isNeeded(stage, user) ? insertBeforeStart(model, stage, [`USER ${name}`]) : replaceWord(word, name);
  return {
    title: `Go back to \`${name}\` behind the steps that need root`,
    safety: "review",
    edits: [edit],
  };
}

/** The user that the file or its base image ran as before it became root. */
function earlierUser(image: FinalImage): string | undefined {
  const { stage } = image;
  const earlier = stage.history.findLast(
    ({ name, words: [word] }) => name === "USER" && word?.resolved !== undefined && !isRoot(word),
  )?.words[0];
  const start = startUserOf(image);
  return earlier?.text ?? (start?.uid === 0 ? undefined : start?.name);
}
