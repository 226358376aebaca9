import { defineRule } from "../../engine/rule.ts";
import type { BaseImageFacts } from "../../knowledge/base-images/index.ts";
import type { Stage } from "../../languages/dockerfile/model.ts";
import { contextName, startUserOf } from "../../languages/image/index.ts";
import { handedContexts } from "../../workspace/handed-contexts.ts";
import { isForDevelopment } from "./shared/development.ts";
import { createdUser } from "./shared/created-user.ts";
import { commandOf, type FinalImage, finalImage } from "./shared/final-image.ts";
import { handlesRoot } from "./shared/privileges.ts";
import { needsNumber } from "./shared/image-names.ts";
import { rootWhy } from "./shared/root-why.ts";
import { userPlan } from "./shared/running-user.ts";
import { runsBaseServer, type StartedProgram, startedPrograms, startsPrompt } from "./shared/start.ts";
import { userFixes } from "./shared/user-fixes.ts";

export default defineRule("dockerfile", {
  slug: "missing-user",
  summary: "Nothing says which user the image runs as, so it runs as root.",
  why: `${rootWhy}

Many images bring a user for the purpose (\`node\`, \`www-data\`, .NET's \`app\`, distroless' \`nonroot\`); elsewhere a line creates one. Put \`USER\` behind the last
step that installs something, and give the user the folders it writes to. The code itself had better stay root's: whoever breaks in can then read it and not change it.
Kubernetes' \`runAsNonRoot\` wants a number rather than a name: the fix writes one where a workload of the workspace sets that for an image of this name, and
everywhere with the option \`numeric\`.

Images whose entrypoint gives root up by itself (those of most databases), or that use \`gosu\`, \`su-exec\` and the like, are left alone, and so are bases that
already run as somebody else. It is a hint where the base image is not known, since that may set a user (asking its registry what it is settles that), and advice where nothing but a shell is started:
others build upon that image and name the user there. Nothing is inserted for servers like Tomcat, which write to folders of their own that a new user cannot, nor for
those that need root, like an NFS server.`,
  category: "security",
  severity: "warning",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "trivy:DS-0002",
    "checkov:CKV_DOCKER_3",
    "kics:missing_user_instruction",
    "droast:DF020",
    "semgrep:missing-user",
    "semgrep:missing-user-entrypoint",
    "sonar:S6471",
    "tally:stateful-root-runtime",
    "tally:user-created-but-never-used",
  ],
  references: [
    "https://docs.docker.com/build/building/best-practices/#user",
    "https://docs.docker.com/reference/dockerfile/#user",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nCMD ["node", "server.js"]\n',
    },
    {
      bad: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY app.py ./\nCMD ["python", "app.py"]\n',
      good: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY app.py ./\nRUN useradd --system --create-home --user-group app\nUSER app\nCMD ["python", "app.py"]\n',
    },
  ],
  options: {
    numeric: {
      default: false,
      description: "Let the fix write the user's number, which Kubernetes' `runAsNonRoot` needs, in place of its name.",
    },
  },
  reads: "workspace",
  *check(model, { numeric }, workspace) {
    const image = finalImage(model);
    if (image === undefined || image.stage.windows || (image.stage.last("USER")?.words.length ?? 0) > 0) return;
    const { stage, word, base, facts } = image;
    // Who runs in what is built elsewhere is said there.
    const { baseImage } = stage;
    if (baseImage !== undefined && handedContexts(workspace).has(contextName(baseImage))) return;
    const start = startUserOf(image);
    if (start !== undefined && start.uid !== 0) return;
    if (start === undefined && /nonroot|non-root|rootless|unprivileged/i.test(base)) return;
    const starts = stage.last("CMD") !== undefined || stage.last("ENTRYPOINT") !== undefined;
    // Files to be copied out or built upon: nothing runs there.
    if (stage.scratch && !starts) return;
    if (handlesRoot(model, stage, facts, workspace)) return;
    if (staysRoot(stage, facts)) {
      const user = facts?.workersDropRoot === true ? `\`${facts.nonRootUser?.name ?? "nobody"}\`` : "another user";
      yield {
        at: word.span,
        severity: "info",
        message: `The first process of the image stays root, and only its workers run as ${user}: ${instead(facts?.family)}.`,
      };
      return;
    }
    const serves = starts ? !startsPrompt(stage) : facts?.server !== undefined && runsBaseServer(stage, facts);
    // Without facts it is a guess: the base image may set a user, or its entrypoint may become one.
    const guess = start === undefined || mayDropRoot(image) || isForDevelopment(workspace.path, stage);
    yield {
      at: word.span,
      message: messageFor(image),
      fixes: () => {
        const plan = userPlan(stage, facts, numeric || needsNumber(workspace));
        return plan === undefined ? [] : userFixes(model, image, plan);
      },
      ...(guess ? { severity: "hint" } : serves ? {} : { severity: "info" }),
    };
  },
});

function messageFor(image: FinalImage): string {
  const { base, facts, stage } = image;
  const created = createdUser(stage);
  const unused = created === undefined || created === "unknown" ? undefined : created.name;
  if (facts === undefined && startUserOf(image) !== undefined) {
    const root = `\`${base}\` starts as root${mayDropRoot(image) ? ", unless its entrypoint becomes somebody else" : ""}, and so does the image`;
    return unused === undefined
      ? `${root}: create a user and name it with \`USER\`.`
      : `${root}, though \`${unused}\` is created: end it with \`USER ${unused}\`.`;
  }
  if (facts === undefined) {
    const may = `Nothing says which user the image runs as, and \`${base}\` may leave it root`;
    return unused === undefined
      ? `${may}: name one with \`USER\`.`
      : `${may}: \`${unused}\` is created, and no \`USER\` names it.`;
  }
  if (unused !== undefined) {
    return `The image runs as root, and \`${unused}\` is created, and no \`USER\` names it: end it with \`USER ${unused}\`.`;
  }
  const plan = userPlan(stage, facts, false);
  if (plan === undefined) return `The image runs as root: create a user and name it with \`USER\`.`;
  if (plan.create === undefined) return `The image runs as root: end it with \`USER ${plan.user}\`.`;
  return `The image runs as root, and \`${base}\` has no other user for it: create one and name it with \`USER\`.`;
}

/** Of an image that we know by its registry alone nobody knows what its entrypoint does, where that is still in effect. */
function mayDropRoot({ facts, description, stage }: FinalImage): boolean {
  return (
    facts === undefined && (description?.entrypoint?.length ?? 0) > 0 && commandOf(stage, "ENTRYPOINT") === undefined
  );
}

/** Servers that keep root for their first process, by the base image or by their name. */
function staysRoot(stage: Stage, facts: BaseImageFacts | undefined): boolean {
  if (facts?.workersDropRoot === true && runsBaseServer(stage, facts)) return true;
  return startedPrograms(stage).some((program) => isWebServer(stage, program));
}

function isWebServer(stage: Stage, { name, args }: StartedProgram): boolean {
  // busybox has a server of that name, which stays what it is started as.
  if (name === "httpd" && isBusybox(stage, args)) return false;
  return /^(?:nginx|httpd|httpd-foreground|apache2|apache2-foreground|apache2ctl|apachectl|php-fpm[\d.]*)$/.test(name);
}

function isBusybox({ baseFacts, history }: Stage, args: readonly (string | undefined)[]): boolean {
  if (baseFacts?.os !== "alpine" && baseFacts?.os !== "busybox") return false;
  if (args.some((arg) => arg !== undefined && /^-(?:D|k)/.test(arg))) return false;
  return !history.some(
    (step) =>
      step.name === "RUN" &&
      step.script?.everyCommand.some(({ operands }) =>
        operands.some(({ value }) => value?.startsWith("apache2") === true),
      ) === true,
  );
}

function instead(family: string | undefined): string {
  return family === "nginx"
    ? "start from `nginxinc/nginx-unprivileged`, which listens on 8080"
    : "let it listen above port 1024, give that user what it writes to, and name it with `USER`";
}
