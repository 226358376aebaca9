import { defineRule, type Fix } from "../../engine/rule.ts";
import type { DockerfileModel } from "../../languages/dockerfile/model.ts";
import { hasHealthcheck } from "../../languages/image/index.ts";
import { insertBeforeStart } from "./shared/epilogue.ts";
import { type FinalImage, finalImage } from "./shared/final-image.ts";
import { isServerless, serves } from "./shared/serving.ts";

export default defineRule("dockerfile", {
  slug: "undeclared-healthcheck",
  summary: "An image that does not seem to serve says nothing of its health.",
  why: `Some rules of the house (the CIS benchmark for Docker is one) want every image to have a \`HEALTHCHECK\` or to say that it has none. A worker that takes
jobs from a queue can hang as a server can, and a check that looks at the age of a file it touches would tell.

For a tool, a job that ends, or an image that others build upon, there is nothing to ask, so this is off until asked for; images that serve are another
rule's business. \`HEALTHCHECK NONE\` settles it, and also takes away a check that the base image brings.`,
  category: "health",
  severity: "hint",
  preset: "all",
  since: "0.1.0",
  aliases: ["hadolint:DL3057", "trivy:DS-0026", "checkov:CKV_DOCKER_2", "kics:healthcheck_instruction_missing"],
  references: [
    "https://docs.docker.com/reference/dockerfile/#healthcheck",
    "https://www.cisecurity.org/benchmark/docker",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM python:3.13-slim\nCOPY report.py /\nUSER nobody\nCMD ["python", "/report.py"]\n',
      good: 'FROM python:3.13-slim\nCOPY report.py /\nUSER nobody\nHEALTHCHECK NONE\nCMD ["python", "/report.py"]\n',
    },
  ],
  *check(model) {
    const image = finalImage(model);
    if (image === undefined || image.stage.last("HEALTHCHECK") !== undefined) return;
    if (hasHealthcheck(image) === true || isServerless(image) || serves(image)) return;
    yield {
      at: image.word.span,
      message:
        "Nothing says how the health of the image is checked: add a `HEALTHCHECK`, or `HEALTHCHECK NONE` where there is nothing to ask.",
      fixes: () => [decline(model, image)],
    };
  },
});

function decline(model: DockerfileModel, { stage }: FinalImage): Fix {
  return {
    title: "Say that nothing is checked (which also drops a check of the base image)",
    safety: "review",
    edits: [insertBeforeStart(model, stage, ["HEALTHCHECK NONE"])],
  };
}
