import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { run } from "../../server/src/cli/run.ts";
import { parseConfig } from "../../server/src/engine/config.ts";
import { linter } from "../../server/src/linter.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

async function seaworthy(folder: string, ...argv: readonly string[]) {
  const terminal = fakeTerminal(folder);
  const code = await run(argv, terminal, linter);
  return { code, printed: terminal.printed(), told: terminal.told() };
}

const written = (folder: string): string => readFileSync(join(folder, ".seaworthy.yaml"), "utf8");

async function findings(folder: string): Promise<{ code: number; list: readonly string[] }> {
  const { code, printed } = await seaworthy(folder, "check", "--format", "json");
  const report: { files: { path: string; findings: { rule: string; severity: string; range: object }[] }[] } =
    JSON.parse(printed);
  const list = report.files.flatMap((file) =>
    file.findings.map((one) => `${file.path} ${one.rule} ${one.severity} ${JSON.stringify(one.range)}`),
  );
  return { code, list: list.sort() };
}

const hadolint = `ignored:
  - DL3059
  - DL3007
  - SC2046
override:
  error: [DL4000]
  style: [DL3008]
trustedRegistries: [docker.io]
label-schema:
  author: text
  "team #1": email
strict-labels: true
failure-threshold: error
format: sarif
`;

const project = {
  Dockerfile: `FROM ghcr.io/acme/base:latest
LABEL author="" "team #1"="web" other=1
RUN apt-get update && apt-get install -y curl
RUN echo
MAINTAINER Ada
CMD ["node", "server.js"]
`,
  "api/Containerfile": "FROM debian:latest\n",
  "compose.yaml": "services:\n  web:\n    image: ghcr.io/acme/web:latest\n",
};

describe("init", () => {
  test("writes a config that changes nothing, and none where there is one", async () => {
    const folder = folderWith(project);
    const before = await findings(folder);
    expect(await seaworthy(folder, "init")).toMatchObject({ code: 0, told: "seaworthy: wrote .seaworthy.yaml\n" });
    expect(parseConfig(".seaworthy.yaml", written(folder), linter.rules).problems).toEqual([]);
    expect(await findings(folder)).toEqual(before);

    const text = written(folder);
    const again = await seaworthy(folder, "init");
    expect(again.code).toBe(2);
    expect(again.told).toContain(".seaworthy.yaml is there already");
    expect(written(folder)).toBe(text);
    expect((await seaworthy(folder, "init", "--from", "hadolint")).code).toBe(2);
    expect(written(folder)).toBe(text);
  });

  test("does not write beside a config of another name", async () => {
    const folder = folderWith({ ".seaworthy.json": "{}", ".hadolint.yaml": hadolint });
    expect((await seaworthy(folder, "init", "--from", "hadolint")).told).toContain(".seaworthy.json is there already");
    expect(existsSync(join(folder, ".seaworthy.yaml"))).toBe(false);
  });

  test("takes over hadolint's, with the same findings afterwards, hadolint's file there or not", async () => {
    const folder = folderWith({ ...project, ".hadolint.yaml": hadolint });
    const before = await findings(folder);
    // What hadolint's file asks for shows in the findings, so that the comparison means something.
    expect(before.list.join("\n")).toMatch(/dockerfile\/missing-label|dockerfile\/invalid-label-value/);
    expect(before.list.join("\n")).toContain("dockerfile/maintainer error");
    expect(before.list.join("\n")).toContain("dockerfile/superfluous-label");
    expect(before.list.filter((one) => one.includes("untrusted-registry"))).toHaveLength(1);
    expect(before.list.filter((one) => one.includes("floating-tag")).join()).toMatch(/^compose\.yaml/);

    expect((await seaworthy(folder, "init", "--from", "hadolint")).code).toBe(0);
    expect(parseConfig(".seaworthy.yaml", written(folder), linter.rules).problems).toEqual([]);
    expect(await findings(folder)).toEqual(before);
    rmSync(join(folder, ".hadolint.yaml"));
    expect(await findings(folder)).toEqual(before);
  });

  test("says of each line where it comes from, and loses nothing", async () => {
    const folder = folderWith({ ".hadolint.yml": hadolint });
    await seaworthy(folder, "init", "--from", "hadolint");
    expect(
      written(folder),
    ).toBe(`# Taken over from .hadolint.yml, which Seaworthy no longer reads now that this file is here.

rules:
  dockerfile/consecutive-runs: off # ignored: DL3059
  dockerfile/invalid-label-value: # label-schema
    texts: ["author"]
    emails: ["team #1"]
  dockerfile/maintainer: error # override error: DL4000
  dockerfile/missing-label: # label-schema
    required: ["author","team #1"]
  dockerfile/shellcheck: # ignored: SC2046
    ignore: ["SC2046"]
  dockerfile/superfluous-label: # strict-labels
    strict: true
    allow: ["author","team #1"]
  dockerfile/unpinned-system-package: hint # override style: DL3008

overrides:
  # Hadolint knows Dockerfiles alone. Under \`rules\` above, these hold for Compose files and manifests, too.
  - files: ["[Dd]ockerfile*", "[Cc]ontainerfile*", "*.[Dd]ockerfile", "*.[Cc]ontainerfile"]
    rules:
      image/floating-tag: off # ignored: DL3007
      image/untrusted-registry: # trustedRegistries
        allow: ["docker.io"]

fail-on: error # for every file, not for Dockerfiles alone

# Without an equal here:
#   format: sarif (see \`seaworthy check --format\`)
`);
  });

  test("reads the file it is given, and tells where there is none or it is broken", async () => {
    const folder = folderWith({ "old/lint.yaml": "ignored: [DL3059]\n", "broken.yaml": "ignored: [" });
    expect((await seaworthy(folder, "init", "--from", "hadolint")).told).toContain(
      "no .hadolint.yaml or .hadolint.yml",
    );
    expect((await seaworthy(folder, "init", "--from", "hadolint", "nowhere.yaml")).code).toBe(2);
    const broken = await seaworthy(folder, "init", "--from", "hadolint", "broken.yaml");
    expect(broken.code).toBe(2);
    expect(broken.told).toMatch(/^broken\.yaml:\d+:\d+: error: /);
    expect(existsSync(join(folder, ".seaworthy.yaml"))).toBe(false);
    expect((await seaworthy(folder, "init", "--from", "hadolint", "old/lint.yaml")).code).toBe(0);
    expect(written(folder)).toContain("dockerfile/consecutive-runs: off # ignored: DL3059");
  });

  test("takes no paths, knows hadolint alone, and has a help", async () => {
    const folder = folderWith({});
    expect((await seaworthy(folder, "init", "x")).code).toBe(2);
    expect((await seaworthy(folder, "init", "--from", "tally")).code).toBe(2);
    expect((await seaworthy(folder, "init", "--help")).printed).toContain("--from hadolint");
    expect((await seaworthy(folder, "help")).printed).toContain("init");
  });
});

describe("a .hadolint.yaml", () => {
  test("counts where there is no config of ours up to the repository's root", async () => {
    const folder = folderWith({
      ".git/HEAD": "",
      "a/.hadolint.yaml": "ignored: [DL3002]\n",
      "a/Dockerfile": "FROM alpine:3.23\nUSER root\n",
      "b/.hadolint.yml": "ignored: [DL3002]\n",
      "b/.seaworthy.yaml": "rules: {}\n",
      "b/Dockerfile": "FROM alpine:3.23\nUSER root\n",
    });
    const rooted = async () =>
      (await findings(folder)).list.filter((one) => one.includes("root-user")).map((one) => one.split(" ")[0]);
    expect(await rooted()).toEqual(["b/Dockerfile"]);
  });

  test("decides by its threshold what makes the command fail, and what fails is shown", async () => {
    const code = async (config: string, ...argv: readonly string[]) => {
      const folder = folderWith({
        Dockerfile: "FROM alpine:3.23\nMAINTAINER Ada\nUSER nobody\n",
        ".hadolint.yaml": config,
      });
      return seaworthy(folder, "check", ...argv);
    };
    expect((await code("{}")).code).toBe(0);
    expect((await code("failure-threshold: info\n")).code).toBe(1);
    const mild = await code("failure-threshold: style\noverride: { style: [DL4000] }\n");
    expect(mild.code).toBe(1);
    expect(mild.printed).toContain("dockerfile/maintainer");
    expect((await code("override: { error: [DL4000] }\n")).code).toBe(1);
    expect((await code("no-fail: true\noverride: { error: [DL4000] }\n")).code).toBe(0);
    expect((await code("no-fail: true\noverride: { error: [DL4000] }\n", "--fail-on", "error")).code).toBe(1);
    expect((await code("failure-threshold: info\n", "--min-severity", "warning")).code).toBe(0);
  });

  test("is what explain says a rule's severity and options come from", async () => {
    const config = "override: { error: [DL4000] }\ntrustedRegistries: [ghcr.io]\n";
    const folder = folderWith({ ".hadolint.yaml": config });
    const { printed } = await seaworthy(folder, "explain", "DL4000", "DL3026", "compose/privileged-service");
    expect(printed).toContain("In this folder\n  error, by .hadolint.yaml\n");
    expect(printed).toContain(`In this folder\n  warning, by the rule's default\n  allow: ["ghcr.io"]\n`);
    expect(printed.match(/In this folder/g)).toHaveLength(2);
  });

  test("tells of slips, and says nothing of codes we have no rule for", async () => {
    const folder = folderWith({
      Dockerfile: "FROM alpine:3.23\nUSER nobody\n",
      ".hadolint.yaml": "ignred: []\nignored: [SC2046]\n",
    });
    const { told } = await seaworthy(folder, "check");
    expect(told).toMatch(/^\.hadolint\.yaml:1:1: warning: .*`ignored`/);
    expect(told).not.toContain("SC2046");
  });
});

test("fail-on and ignore-comments of our own config", async () => {
  const folder = folderWith({
    ".seaworthy.yaml": "fail-on: never\nignore-comments: false\nrules: { maintainer: error }\n",
    Dockerfile: "FROM alpine:3.23\n# seaworthy ignore maintainer\nMAINTAINER Ada\nUSER nobody\n",
  });
  const { code, list } = await findings(folder);
  expect(list.join("\n")).toMatch(/dockerfile\/maintainer error/);
  expect(list.join("\n")).not.toContain("unused-directive");
  expect(code).toBe(0);
  expect(parseConfig(".seaworthy.yaml", "fail-on: warn\nignore-comments: 1\n", linter.rules).problems).toHaveLength(2);
});
