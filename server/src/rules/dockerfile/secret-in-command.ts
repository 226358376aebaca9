import { defineInstructionRule, type Fix, type Problem } from "../../engine/rule.ts";
import { credentialsInUrl, knownToken } from "../../knowledge/secrets.ts";
import type { DockerfileModel, Instruction } from "../../languages/dockerfile/model.ts";
import { replace } from "../../text/edit.ts";
import { type Span, shift, touches } from "../../text/span.ts";
import { plainSecretWhy } from "../shared/literal-secret.ts";
import { type WrittenSecret, secretsInScript } from "./shared/command-secrets.ts";
import { type RunBody, runBodyOf, scriptOfElements } from "./shared/run-bodies.ts";
import { addMount, knowsMounts, secretId } from "./shared/secret-mounts.ts";

export default defineInstructionRule({
  slug: "secret-in-command",
  summary: "A password or token is written into a command.",
  why: `${plainSecretWhy} A command also stands in the image's history, for everyone who can pull it.

Mount what a step needs (\`RUN --mount=type=secret,id=token,env=TOKEN curl -H "Authorization: Bearer $TOKEN" …\`), and give the running program its
secrets by variables or files when the container starts.`,
  category: "secrets",
  severity: "error",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["kics:passwords_and_secrets", "tally:secrets-in-code", "trivy:DS-0031"],
  references: ["https://docs.docker.com/build/building/secrets/"],
  fix: "review",
  examples: [
    {
      bad: "FROM alpine:3.23\nRUN wget -q --http-user=ci --http-password=correct-horse https://example.com/app.tar\nUSER nobody\n",
      good: 'FROM alpine:3.23\nRUN --mount=type=secret,id=http_password,env=HTTP_PASSWORD wget -q --http-user=ci --http-password="$HTTP_PASSWORD" https://example.com/app.tar\nUSER nobody\n',
    },
  ],
  instructions: ["RUN", "CMD", "ENTRYPOINT", "HEALTHCHECK", "COPY", "ADD"],
  mentions:
    /pass|pwd|pword|token|secret|key|cred|auth|@|xox|hooks\.|curl|mysql|mariadb|redis-cli|login|[A-Za-z0-9_-]{20}/i,
  suspects: (instruction) => foundIn(instruction).length > 0,
  *check(instruction, model) {
    for (const found of foundIn(instruction)) yield problem(model, instruction, found);
  },
});

function foundIn(instruction: Instruction): readonly WrittenSecret[] {
  const found: WrittenSecret[] = [...inWords(instruction)];
  const body = bodyIn(instruction);
  for (const secret of body === undefined ? [] : secretsInScript(body)) {
    if (!found.some(({ at }) => touches(at, secret.at))) found.push(secret);
  }
  return found.sort((a, b) => a.at.start - b.at.start);
}

/** Tokens and addresses with a password, wherever they stand. */
function inWords({ words, heredocs }: Instruction): readonly WrittenSecret[] {
  const texts: { readonly text: string; readonly place: Span }[] = [
    ...words.map(({ text, span }) => ({ text, place: span })),
    ...heredocs.map(({ body, bodySpan }) => ({ text: body, place: bodySpan })),
  ];
  return texts.flatMap(({ text, place }) => {
    const token = knownToken(text);
    const at = token?.at ?? credentialsInUrl(text);
    if (at === undefined) return [];
    const exact = place.end - place.start === text.length;
    return [{ what: token?.what ?? "an address with its password", at: exact ? shift(at, place.start) : place }];
  });
}

function bodyIn(instruction: Instruction): (Pick<RunBody, "script"> & Partial<RunBody>) | undefined {
  switch (instruction.name) {
    case "RUN":
      return runBodyOf(instruction);
    case "CMD":
    case "ENTRYPOINT":
    case "HEALTHCHECK": {
      const script = instruction.form === "exec" ? scriptOfElements(instruction.words) : instruction.script;
      return script && { script };
    }
    default:
      return undefined;
  }
}

function problem(model: DockerfileModel, instruction: Instruction, { what, at, variable }: WrittenSecret): Problem {
  const later = instruction.name === "RUN" ? "mount it as a secret" : "give it to the container when it starts";
  return {
    at,
    message: `This writes ${what} into the file and the image's history: ${later}, and change it where it opens something.`,
    fixes: (): readonly Fix[] => {
      if (variable === undefined || instruction.name !== "RUN" || instruction.form === "exec") return [];
      if (instruction.onbuild || !knowsMounts(model) || instruction.script?.broken !== false) return [];
      const { name, value, remove } = variable;
      const edit = remove === undefined ? replace(value, `"$${name}"`) : remove(model);
      if (edit === undefined) return [];
      const id = secretId(name);
      return [
        {
          title: `Mount it as a secret (build with \`docker build --secret id=${id},env=${name} .\`)`,
          safety: "review",
          edits: [addMount(instruction, `type=secret,id=${id},env=${name}`), edit],
        },
      ];
    },
  };
}
