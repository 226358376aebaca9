import { defineInstructionRule, type Problem } from "../../engine/rule.ts";
import { isPlainLiteral, looksLikeSecretName } from "../../knowledge/secrets.ts";
import type { DockerfileModel, Pair, VariableInstruction } from "../../languages/dockerfile/model.ts";
import { literalSecret, plainSecretWhy } from "../shared/literal-secret.ts";
import { mountedInstead, secretId } from "./shared/secret-mounts.ts";

export default defineInstructionRule({
  slug: "secret-in-build-variable",
  summary: "A secret is handed to the build by `ARG`, or kept in the image by `ENV`.",
  why: `\`ENV\` is part of the image: everyone who can pull it reads it with \`docker inspect\`, and every process of the container inherits it. The value of an
\`ARG\` stays in the image's history and in the build's provenance. Taking it out in a later step changes nothing, since the earlier layer is still there.

What a step of the build needs is mounted for that step alone: \`RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci\`, built with
\`docker build --secret id=npm_token,env=NPM_TOKEN .\`. What the program needs is given when the container starts.

${plainSecretWhy}`,
  category: "secrets",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: [
    "hadolint:DL3064",
    "buildkit:SecretsUsedInArgOrEnv",
    "trivy:DS-0031",
    "droast:DF013",
    "droast:DF014",
    "semgrep:secret-in-build-arg",
    "sonar:S6472",
    "tally:secrets-in-code",
    "tally:ruby/secrets-in-arg-or-env",
  ],
  references: [
    "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/",
    "https://docs.docker.com/build/building/secrets/",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM node:22.14-alpine\nWORKDIR /app\nARG NPM_TOKEN\nCOPY package.json package-lock.json ./\nRUN npm ci --omit=dev && npm cache clean --force\nUSER node\nCMD ["node", "server.js"]\n',
      good: 'FROM node:22.14-alpine\nWORKDIR /app\nCOPY package.json package-lock.json ./\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci --omit=dev && npm cache clean --force\nUSER node\nCMD ["node", "server.js"]\n',
    },
  ],
  instructions: ["ARG", "ENV"],
  suspects: (variables) => variables.pairs.some((pair) => suspicion(variables, pair) !== undefined),
  *check(variables, model) {
    for (const pair of variables.pairs) {
      const found = suspicion(variables, pair);
      if (found !== undefined) yield problem(model, variables, pair, found);
    }
  },
});

/** Why a variable should not be there: a literal, in words, or that it is handed to the build or kept in the image. */
type Suspicion = { readonly literal: string } | "handed over" | "kept";

function suspicion({ name: keyword }: VariableInstruction, { name, value }: Pair): Suspicion | undefined {
  const half = halfOfKey.has(name.toUpperCase());
  const literal = half || value === undefined || value.includes("$") ? undefined : literalSecret(name, value);
  if (literal !== undefined) return { literal };
  if (!half && !looksLikeSecretName(name)) return undefined;
  if (keyword === "ENV") return value === undefined || value === "" || isHarmless(value) ? undefined : "kept";
  return value !== undefined && isHarmless(value) ? undefined : "handed over";
}

function problem(model: DockerfileModel, variables: VariableInstruction, pair: Pair, found: Suspicion): Problem {
  const { name, nameSpan: at, value } = pair;
  const { name: keyword, onbuild, stage } = variables;
  const argument = keyword === "ARG" ? name : /^\$\{?(\w+)\}?$/.exec(value ?? "")?.[1];
  const fixes = () => {
    const fix = onbuild || argument === undefined ? undefined : mountedInstead(model, argument);
    return fix === undefined ? [] : [fix];
  };
  if (typeof found === "object") {
    const where = keyword === "ENV" ? "the image and the file" : "the file and the image's history";
    return {
      at,
      severity: "error",
      message: `\`${name}\` writes ${found.literal} into ${where}: take it out and change it where it opens something.`,
      fixes,
    };
  }
  if (found === "kept") {
    return {
      at,
      message: `Everyone who can pull the image reads \`${name}\`: leave it out and set it when the container starts.`,
      fixes,
    };
  }
  return {
    at,
    // What is not shipped stays on the builder, in its cache and the build's provenance.
    ...(stage !== undefined && !stage.shipped ? { severity: "info" } : {}),
    message: `A build argument is no place for \`${name}\`, it stays in the history: mount it with \`RUN --mount=type=secret,id=${secretId(name)},env=${name}\`.`,
    fixes,
  };
}

/** Not secret by itself, and always handed over with the key that is. */
const halfOfKey = new Set(["AWS_ACCESS_KEY_ID"]);

/** A switch, a number, a path or a plain address. */
function isHarmless(value: string): boolean {
  return value !== "" && (isPlainLiteral(value) || /^(?:\.{0,2}\/|[a-z][a-z0-9+.-]*:\/\/)/i.test(value));
}
