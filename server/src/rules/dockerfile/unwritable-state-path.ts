import { defineRule, type Fix } from "../../engine/rule.ts";
import { appendToRun, insertBefore } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, RunInstruction, Stage } from "../../languages/dockerfile/model.ts";
import { createdUsers } from "./shared/created-user.ts";
import { mayBeGiven, type StateFolder, stateFolders } from "./shared/state-folders.ts";
import { finalUser, type StepUser, userBefore } from "./shared/step-user.ts";

export default defineRule("dockerfile", {
  slug: "unwritable-state-path",
  summary: "The program runs as a user that cannot write to the folder for its data.",
  why: `Root makes the folder during the build, and \`USER\` names somebody else: the first file the program writes there fails with "permission denied". An engine that
makes a volume of it copies the folder's owner as well, so a fresh named volume belongs to root just the same.

\`chown\` the folder to the user before \`VOLUME\` declares it; the classic builder and others forget what is changed behind that line. A folder mounted from the host
keeps the host's owner whatever the image says. On Kubernetes \`fsGroup\` makes volumes writable; where that is set, this can be ignored.`,
  category: "storage",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: ["tally:ruby/state-paths-not-writable-as-non-root"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#volume",
    "https://kubernetes.io/docs/tasks/configure-pod-container/security-context/",
  ],
  fix: "review",
  examples: [
    {
      bad: "FROM node:22.14-alpine\nRUN mkdir -p /srv/data\nVOLUME /srv/data\nUSER node\n",
      good: "FROM node:22.14-alpine\nRUN mkdir -p /srv/data && chown node /srv/data\nVOLUME /srv/data\nUSER node\n",
    },
  ],
  *check(model) {
    const stage = model.finalStage;
    if (stage?.last("USER") === undefined || stage.windows) return;
    const user = finalUser(stage);
    if (user?.plain !== true) return;
    for (const folder of stateFolders(stage)) {
      if (!isMade(stage, folder) || mayBeGiven(stage, folder.path)) continue;
      yield {
        at: folder.at,
        message: `\`${user.text}\`, whom the container runs as, cannot write to \`${folder.path}\`, which root makes: give it to that user before \`USER\`.`,
        fixes: () => fixesFor(model, stage, folder, user),
      };
    }
  },
});

/** Whether it is sure that root makes the folder: a step does, or the engine, where neither the base image nor a package may bring it. */
function isMade(stage: Stage, { step, kind, path }: StateFolder): boolean {
  if (kind === "made") return userBefore(stage, step)?.root === true;
  const ofDistribution = stage.baseFacts?.server === undefined && stage.baseFacts !== undefined;
  return ofDistribution && stage.baseFacts.user.uid === 0 && !/^\/(?:var|etc|usr|home|opt)\//.test(path);
}

function fixesFor(model: DockerfileModel, stage: Stage, folder: StateFolder, user: StepUser): readonly Fix[] {
  const { step, path, kind } = folder;
  const title = `Give \`${path}\` to \`${user.text}\` (a volume that exists keeps its owner)`;
  if (!/^[\w-]+(?::[\w-]+)?$/.test(user.text)) return [];
  if (kind === "made" && step.name === "RUN") {
    if (!isKnownAfter(stage, step, user.text)) return [];
    const edit = step.form === "exec" ? undefined : appendToRun(model, step, `chown ${user.text} ${path}`);
    return edit === undefined ? [] : [{ title, safety: "review", edits: [edit] }];
  }
  const before = stage.instructions.findLast((each) => each.name === "RUN" && each.span.start < step.span.start);
  if (step.stage !== stage || userBefore(stage, step)?.root !== true || stage.baseFacts?.shell !== true) return [];
  if (!isKnownAfter(stage, before?.name === "RUN" ? before : undefined, user.text)) return [];
  const line = `RUN mkdir -p ${path} && chown ${user.text} ${path}`;
  return [{ title, safety: "review", edits: [insertBefore(model, step, [line], "keep")] }];
}

/** Whether the user's name means something behind a step, if any. */
function isKnownAfter(stage: Stage, run: RunInstruction | undefined, user: string): boolean {
  return user.split(":").every((name) => {
    if (/^\d+$/.test(name)) return true;
    if ([stage.baseFacts?.user, stage.baseFacts?.nonRootUser].some((known) => known?.name === name)) return true;
    return createdUsers(stage).some(
      (each) =>
        each !== "unknown" &&
        (each.name === name || each.group === name) &&
        run !== undefined &&
        each.run.span.start <= run.span.start,
    );
  });
}
