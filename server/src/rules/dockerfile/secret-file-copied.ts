import { defineInstructionRule, type Problem } from "../../engine/rule.ts";
import { credentialFileVariables, type SecretFile, secretFile } from "../../knowledge/secret-files.ts";
import type { DockerfileModel, TransferInstruction, Word } from "../../languages/dockerfile/model.ts";
import { isForDevelopment } from "./shared/development.ts";
import { mountedFile, removalOf } from "./shared/secret-file-mounts.ts";

export default defineInstructionRule({
  slug: "secret-file-copied",
  summary: "A file that holds a secret is copied into the image.",
  why: `What is copied is a layer of the image, and everyone who can pull the image can read it; removing the file in a later step hides it and leaves the layer. In a
stage that does not ship it stays in the builder's cache, and in the cache that is pushed for other builders.

A step of the build gets such a file by \`RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\`, built with \`docker build --secret id=npmrc,src=.npmrc .\`,
an SSH key by \`--mount=type=ssh\`. A running program gets it from the platform: a mounted secret, or variables. A file that holds settings alone
(an \`.npmrc\` with \`\${NPM_TOKEN}\` in place of the token) may be copied.`,
  category: "secrets",
  severity: "warning",
  preset: "minimal",
  since: "0.1.0",
  aliases: ["trivy:DS-0031"],
  references: ["https://docs.docker.com/build/building/secrets/"],
  fix: "review",
  examples: [
    {
      bad: "FROM debian:12.10-slim\nCOPY .netrc /root/.netrc\nRUN git clone --depth 1 https://example.com/app.git /app\nUSER nobody\n",
      good: "FROM debian:12.10-slim\nRUN --mount=type=secret,id=netrc,target=/root/.netrc git clone --depth 1 https://example.com/app.git /app\nUSER nobody\n",
    },
  ],
  reads: "workspace",
  instructions: ["COPY", "ADD"],
  suspects: (transfer) => filesIn(transfer).length > 0,
  *check(transfer, model, _options, { path }) {
    // An image of another build is public or not for reasons of its own.
    if (transfer.from !== undefined && transfer.from.stage === undefined) return;
    const development = isForDevelopment(path, transfer.stage);
    for (const found of filesIn(transfer)) yield problemOf(model, transfer, found, development);
  },
});

interface Found {
  readonly word: Word;
  readonly file: SecretFile;
}

/** Each source that is such a file, or the destination where only that says so. */
function filesIn(transfer: TransferInstruction): readonly Found[] {
  // What belongs there is public: the keys that packages are signed with.
  if (/keyrings?(?:\/|$)|trusted\.gpg|\/apk\/keys|rpm-gpg/.test(transfer.destination?.value ?? "")) return [];
  const found = transfer.sources.flatMap((word) => {
    const file = /^[a-z]+:\/\//i.test(word.value) ? undefined : secretFile(word.value);
    return file === undefined ? [] : [{ word, file }];
  });
  const { destination } = transfer;
  if (found.length > 0 || destination === undefined || transfer.sources.length !== 1) return found;
  const variable = /^\$\{?(\w+)\}?$/.exec(destination.value)?.[1];
  const file =
    variable !== undefined && credentialFileVariables.has(variable)
      ? ({ what: "credentials", holds: "always" } as const)
      : destination.variable || isPublic(transfer)
        ? undefined
        : secretFile(destination.value);
  return file === undefined || /(?:^|\/)\.(?:ssh|docker|kube|aws|azure)\/?$/.test(destination.value)
    ? []
    : [{ word: destination, file }];
}

/** Whether the source says that it is none, whatever it becomes: `COPY .env.example .env`. */
function isPublic({ sources }: TransferInstruction): boolean {
  return (
    sources.some(({ value }) => /example|sample|template|dist|default|public|\.pub$/i.test(value)) ||
    sources.length === 0
  );
}

function problemOf(
  model: DockerfileModel,
  transfer: TransferInstruction,
  { word, file }: Found,
  development: boolean,
): Problem {
  const shipped = transfer.stage === undefined || transfer.stage.shipped;
  const mild = !shipped || development || file.holds === "often";
  const removed = removalOf(model, transfer, word);
  const where = shipped ? "into the image" : "into a layer of the build's cache";
  const late = removed === undefined ? "" : ", which it stays in when a later step removes it";
  const holds = file.holds === "often" ? `may hold ${file.what}, and is` : `holds ${file.what} and is`;
  return {
    at: word.span,
    ...(mild ? { severity: "info" } : isKey(file) ? { severity: "error" } : {}),
    message: `\`${word.value}\` ${holds} copied ${where}${late}: mount it with \`RUN --mount=type=secret\`, or give it to the container.`,
    fixes: () => mountedFile(model, transfer, word, file),
    ...(removed === undefined
      ? {}
      : { related: [{ at: removed, message: "removed here, and still in the layer above" }] }),
  };
}

/** What opens a machine or an account to whoever has it. */
function isKey({ what }: SecretFile): boolean {
  return /private|AWS|Azure|Google|cluster/.test(what);
}
