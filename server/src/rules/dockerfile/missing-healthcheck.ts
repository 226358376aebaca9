import { defineRule, type Fix } from "../../engine/rule.ts";
import { toExecForm } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import { hasHealthcheck } from "../../languages/image/index.ts";
import type { WorkspaceView } from "../../workspace/workspace.ts";
import { isForDevelopment } from "./shared/development.ts";
import { insertBeforeStart } from "./shared/epilogue.ts";
import { type FinalImage, finalImage } from "./shared/final-image.ts";
import { healthCommand } from "./shared/health-command.ts";
import { imageNames } from "./shared/image-names.ts";
import { serves } from "./shared/serving.ts";

export default defineRule("dockerfile", {
  slug: "missing-healthcheck",
  summary: "An image that serves has no health check.",
  why: `Without a health check a container counts as well for as long as its process lives. A server that hangs, has lost its database or still starts
gets traffic all the same: Compose's \`depends_on\` with \`condition: service_healthy\` has nothing to wait for, and Swarm nothing to replace.

The other side: Kubernetes ignores \`HEALTHCHECK\` and has probes of its own, and a Compose file can bring its own \`healthcheck\`; where a service of the
workspace does, or a workload probes an image of that name, nothing is said, nor where the base image brings a check: that is known of common ones, and of any whose
registry was asked what it is. An image that is only ever run by Kubernetes needs none: \`HEALTHCHECK NONE\` says so.

The check runs inside the container, so it can use only what the image has; many have neither curl nor wget. It should ask the program itself, quickly,
and nothing that the program depends on.`,
  category: "health",
  severity: "info",
  preset: "recommended",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3057",
    "trivy:DS-0026",
    "checkov:CKV_DOCKER_2",
    "kics:healthcheck_instruction_missing",
    "droast:DF012",
  ],
  references: ["https://docs.docker.com/reference/dockerfile/#healthcheck"],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nEXPOSE 3000\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY server.js ./\nUSER node\nEXPOSE 3000\nHEALTHCHECK --interval=30s --timeout=5s --start-period=30s \\\n  CMD ["wget", "-q", "-O", "/dev/null", "http://127.0.0.1:3000/"]\nCMD ["node", "server.js"]\n',
    },
  ],
  reads: "workspace",
  *check(model, _options, workspace) {
    const image = finalImage(model);
    if (image === undefined || image.stage.last("HEALTHCHECK") !== undefined || !serves(image)) return;
    if (hasHealthcheck(image) === true || checkedElsewhere(image, workspace)) return;
    const command = image.stage.windows ? undefined : healthCommand(image.stage, image.facts);
    yield {
      at: image.word.span,
      message: messageFor(image, command !== undefined),
      // It would take a change of the program, where most of these run on platforms that ask from outside.
      ...(isBare(image) ? { severity: "hint" as const } : {}),
      fixes: () => (command === undefined ? [] : [fixFor(model, image, command)]),
    };
  },
});

/** By a service or a workload that runs the image; or the image is for a developer, who sees whether it works. */
function checkedElsewhere({ stage }: FinalImage, workspace: WorkspaceView): boolean {
  if (isForDevelopment(workspace.path, stage)) return true;
  const builders = workspace.builders();
  if (builders.some(({ service }) => service.healthcheck)) return true;
  const names = imageNames(workspace);
  return (
    names.length > 0 &&
    workspace
      .manifests()
      .allWorkloads()
      .some(({ workload }) => workload.probed.some((name) => names.includes(name)))
  );
}

/** Whether there is nothing in the image but the program. */
function isBare({ stage, facts }: Pick<FinalImage, "stage" | "facts">): boolean {
  return stage.scratch || facts?.shell === false;
}

function messageFor({ stage, facts, base }: FinalImage, can: boolean): string {
  const lead = "The image serves and has no `HEALTHCHECK`, so a server that hangs passes for a healthy one";
  if (can) return `${lead}: add one.`;
  if (isBare({ stage, facts })) {
    return `${lead}: let the program check itself by a flag of its own, as \`${base}\` has nothing to ask with.`;
  }
  return `${lead}: add one that asks with a program the image has.`;
}

function fixFor(
  model: DockerfileModel,
  { stage }: FinalImage,
  { words, program, asks }: NonNullable<ReturnType<typeof healthCommand>>,
): Fix {
  return {
    title: `Add a \`HEALTHCHECK\` that asks ${asks} with \`${program}\` (the container is unhealthy if that fails)`,
    safety: "review",
    edits: [
      insertBeforeStart(model, stage, [
        `HEALTHCHECK --interval=30s --timeout=5s --start-period=30s ${model.escape}`,
        `  CMD ${toExecForm(words)}`,
      ]),
    ],
  };
}
