import { defineRule, type Fix } from "../../engine/rule.ts";
import { insertBefore } from "../../languages/dockerfile/edit.ts";
import type { DockerfileModel, Instruction, Stage, TransferInstruction } from "../../languages/dockerfile/model.ts";
import { joinPath } from "../../text/path.ts";
import { type FinalImage, finalImage } from "./shared/final-image.ts";
import { mayPlace } from "./shared/placed-files.ts";
import { startedPrograms } from "./shared/start.ts";

export default defineRule("dockerfile", {
  slug: "missing-ca-certificates",
  summary: "A program in an empty image has no certificates to check TLS by.",
  why: `\`scratch\` and busybox hold no list of certificate authorities. A program there that calls an API, a database or an identity provider by TLS fails with
\`x509: certificate signed by unknown authority\`, and often not before production, since nothing is called in a test of the image.

The build image nearly always has the list: copy \`/etc/ssl/certs/ca-certificates.crt\`, or start from \`distroless/static\`, which brings it together with time zones and a
user. A program that calls nobody, or that has the list compiled in (Go's \`x509roots/fallback\`, Rust's \`webpki-roots\`), needs nothing; this is a hint for that
reason, and only the strict preset has it.`,
  category: "correctness",
  severity: "hint",
  preset: "strict",
  since: "0.1.0",
  aliases: [],
  references: [
    "https://pkg.go.dev/crypto/x509#SystemCertPool",
    "https://github.com/GoogleContainerTools/distroless/blob/main/base/README.md",
  ],
  fix: "review",
  examples: [
    {
      bad: 'FROM golang:1.26.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS build\nWORKDIR /src\nCOPY main.go ./\nRUN CGO_ENABLED=0 go build -o /app main.go\n\nFROM scratch\nCOPY --from=build /app /app\nUSER 10001:10001\nENTRYPOINT ["/app"]\n',
      good: 'FROM golang:1.26.1@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef AS build\nWORKDIR /src\nCOPY main.go ./\nRUN CGO_ENABLED=0 go build -o /app main.go\n\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /app /app\nUSER 10001:10001\nENTRYPOINT ["/app"]\n',
    },
  ],
  *check(model) {
    const image = finalImage(model);
    const { os, family } = image?.facts ?? {};
    // What else is empty runs its own program.
    if (image === undefined || (family !== "scratch" && os !== "busybox")) return;
    const copy = programCopy(image.stage);
    if (copy === undefined || bringsCertificates(model, image.stage)) return;
    yield {
      at: image.word.span,
      message: `\`${image.base}\` has no certificates, so TLS to anybody fails: copy \`${bundle}\` from the build stage.`,
      fixes: () => fixesFor(model, image, copy),
    };
  },
});

const bundle = "/etc/ssl/certs/ca-certificates.crt";

/** The copy of a program that the image starts, from a stage that compiled it. */
function programCopy(stage: Stage): TransferInstruction | undefined {
  const started = new Set(startedPrograms(stage).map(({ name }) => name));
  if (started.size === 0) return undefined;
  for (const step of stage.history) {
    if (step.name !== "COPY") continue;
    const runtime = step.from?.stage?.baseFacts?.runtime;
    if (runtime !== "go" && runtime !== "rust") continue;
    // A host runs WebAssembly, and opens its connections.
    if (step.sources.some(({ value }) => value.endsWith(".wasm"))) continue;
    const names = [...step.sources, ...(step.destination === undefined ? [] : [step.destination])];
    if (names.some(({ value }) => started.has(joinPath("/", value).replace(/^.*\//, "")))) return step;
  }
  return undefined;
}

function bringsCertificates(model: DockerfileModel, stage: Stage): boolean {
  return stage.history.some((step) => {
    if ((step.name === "COPY" || step.name === "ADD") && mayPlace(stage, step, bundle)) return true;
    return mentions.test(model.text.slice(step.span.start, step.span.end));
  });
}

const mentions = /\bcerts?\b|certificate|\bssl\b|SSL_CERT|\.pem\b|\.crt\b|\bca-bundle\b/i;

function fixesFor(model: DockerfileModel, { stage }: FinalImage, copy: TransferInstruction): readonly Fix[] {
  const from = copy.from?.stage;
  const place: Instruction | undefined =
    stage.instructions.find(({ name }) => name === "COPY") ?? stage.instructions[1];
  // These images of Go and Rust all have it, Debian's from `ca-certificates` and Alpine's from its bundle.
  if (from === undefined || place === undefined || !/^(?:golang|rust)$/.test(from.baseFacts?.family ?? "")) return [];
  const line = `COPY --from=${from.name ?? from.index} ${bundle} /etc/ssl/certs/`;
  return [
    {
      title: `Copy the certificates from \`${from.name ?? from.index}\` (the image then trusts the same authorities)`,
      safety: "review",
      edits: [insertBefore(model, place, [line], "keep")],
    },
  ];
}
