import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { linter } from "../../server/src/linter.ts";
import { fakeTerminal } from "./fake-terminal.ts";

const examples = fileURLToPath(new URL("../../examples", import.meta.url));

/** `<file>: <rule>` for each finding, each once, in order. */
async function findings(folder: string, preset: string): Promise<string[]> {
  const terminal = fakeTerminal(examples);
  const code = await run(["check", folder, "--preset", preset, "--format", "json"], terminal, linter);
  expect(code).not.toBe(2);
  const report: { files: { path: string; findings: { rule: string }[] }[] } = JSON.parse(terminal.printed());
  expect(report.files.map((file) => file.path)).toEqual(
    [...(folder === "production" ? [".dockerignore"] : []), "Dockerfile", "compose.yaml", "kubernetes.yaml"].map(
      (name) => `${folder}/${name}`,
    ),
  );
  const found = report.files.flatMap(({ path, findings }) =>
    findings.map(({ rule }) => `${path.slice(folder.length + 1)}: ${rule}`),
  );
  return [...new Set(found)].sort();
}

test("the production example is silent in the strict preset, but for what cannot be written down once and for all", async () => {
  // a digest names one build of an image: whoever runs the example pins what they pulled and lets a bot renew it
  const exceptions = [
    "Dockerfile: image/missing-digest",
    "compose.yaml: image/missing-digest",
    "kubernetes.yaml: image/missing-digest",
  ];
  expect(await findings("production", "strict")).toEqual(exceptions);
});

test("the development example shows what people first write", async () => {
  expect(await findings("development", "recommended")).toMatchInlineSnapshot(`
    [
      "Dockerfile: dockerfile/cd-instead-of-workdir",
      "Dockerfile: dockerfile/copy-everything",
      "Dockerfile: dockerfile/development-command",
      "Dockerfile: dockerfile/development-install",
      "Dockerfile: dockerfile/install-before-copy",
      "Dockerfile: dockerfile/interactive-install",
      "Dockerfile: dockerfile/missing-healthcheck",
      "Dockerfile: dockerfile/missing-user",
      "Dockerfile: dockerfile/package-cache-left",
      "Dockerfile: dockerfile/recommended-packages",
      "Dockerfile: dockerfile/relative-workdir",
      "Dockerfile: dockerfile/secret-in-build-variable",
      "Dockerfile: dockerfile/shell-form-command",
      "Dockerfile: dockerfile/stale-package-lists",
      "Dockerfile: image/floating-tag",
      "compose.yaml: compose/development-environment",
      "compose.yaml: compose/missing-healthcheck",
      "compose.yaml: compose/missing-memory-limit",
      "compose.yaml: compose/missing-restart-policy",
      "compose.yaml: compose/obsolete-version",
      "compose.yaml: compose/plaintext-secret",
      "compose.yaml: compose/public-database-port",
      "compose.yaml: compose/source-bind-mount",
      "compose.yaml: compose/stateful-without-volume",
      "compose.yaml: compose/unbounded-logs",
      "compose.yaml: compose/unhardened-service",
      "compose.yaml: image/floating-tag",
      "kubernetes.yaml: image/floating-tag",
      "kubernetes.yaml: kubernetes/dangling-selector",
      "kubernetes.yaml: kubernetes/deprecated-annotation",
      "kubernetes.yaml: kubernetes/ingress-without-tls",
      "kubernetes.yaml: kubernetes/may-run-as-root",
      "kubernetes.yaml: kubernetes/missing-readiness-probe",
      "kubernetes.yaml: kubernetes/missing-resource-requests",
      "kubernetes.yaml: kubernetes/secret-in-env",
      "kubernetes.yaml: kubernetes/service-account-token",
      "kubernetes.yaml: kubernetes/single-replica",
      "kubernetes.yaml: kubernetes/unhardened-container",
      "kubernetes.yaml: kubernetes/unknown-backend",
      "kubernetes.yaml: kubernetes/unknown-config-key",
    ]
  `);
});
