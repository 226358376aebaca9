import { describe, expect, it } from "vitest";
import { type FileConfig, parseConfig, resolveConfig } from "../../server/src/engine/config.ts";
import { linter } from "../../server/src/linter.ts";
import { createWorkspace } from "../../server/src/workspace/index.ts";

const fileOf = (text: string) => parseConfig("/repo/.hadolint.yaml", text, linter.rules);
const configOf = (text: string, path = "/repo/api/Dockerfile"): FileConfig =>
  resolveConfig(path, { file: fileOf(text) }, linter.rules);
const severityOf = (text: string, rule: string) => configOf(text).rule(rule).severity;

describe("codes", () => {
  it("switches off the rules that answer to an ignored code", () => {
    const text = "ignored:\n  - DL3002\n  - DL3059\n";
    expect(severityOf(text, "dockerfile/root-user")).toBe("off");
    expect(configOf(text).rule("dockerfile/consecutive-runs")).toMatchObject({
      severity: "off",
      from: ".hadolint.yaml",
    });
    expect(severityOf(text, "dockerfile/missing-user")).toBe("warning");
    expect(fileOf(text).problems).toEqual([]);
  });

  it("takes over severities, of which `style` is the mildest, and turns the rules on", () => {
    expect(severityOf("override: { error: [DL3025] }", "dockerfile/shell-form-command")).toBe("error");
    expect(severityOf("override: { style: [DL3008] }", "dockerfile/unpinned-system-package")).toBe("hint");
    expect(severityOf("{}", "dockerfile/unpinned-system-package")).toBe("off");
  });

  it("lets an ignored code win over the severity of another one of the same rule, and the graver severity over the milder", () => {
    const rule = "dockerfile/unpinned-system-package";
    expect(severityOf("ignored: [DL3008]\noverride: { error: [DL3018] }", rule)).toBe("off");
    expect(severityOf("override: { info: [DL3018], error: [DL3008], warning: [DL3033] }", rule)).toBe("error");
  });

  it("hints at codes that no rule answers to", () => {
    const { problems } = fileOf("ignored: [DL3002, DL9999]\noverride: { error: [SC9999] }\n");
    expect(problems.map(({ severity, message }) => [severity, message])).toEqual([
      ["hint", "No rule of Seaworthy answers to `DL9999`."],
      ["hint", "`SC9999` is ShellCheck's: Seaworthy can leave a single one out, but give it no severity."],
    ]);
  });

  it("leaves a single code of ShellCheck out", () => {
    const config = configOf("ignored: [SC2086, sc2046, DL3002]\n");
    expect(config.rule("dockerfile/shellcheck").options).toEqual({ ignore: ["SC2086", "SC2046"] });
    expect(config.rule("dockerfile/shellcheck").severity).toBe("warning");
  });
});

describe("options", () => {
  it("takes trusted registries, under both names, and Docker Hub under its second one", () => {
    const options = (text: string) => configOf(text).rule("image/untrusted-registry").options;
    expect(options("trustedRegistries: [hub.docker.com, ghcr.io]")).toEqual({ allow: ["docker.io", "ghcr.io"] });
    expect(options("trusted-registries: ghcr.io")).toEqual({ allow: ["ghcr.io"] });
    expect(options("{}")).toEqual({ allow: [] });
  });

  it("takes the schema of labels", () => {
    const config = configOf(
      "label-schema: { author: text, contact: email, built: rfc3339, of: '' }\nstrict-labels: true\n",
    );
    const names = ["author", "contact", "built", "of"];
    expect(config.rule("dockerfile/missing-label").options).toEqual({ required: names });
    expect(config.rule("dockerfile/superfluous-label").options).toEqual({ strict: true, allow: names });
    expect(config.rule("dockerfile/invalid-label-value").options).toMatchObject({
      texts: ["author", "of"],
      emails: ["contact"],
      times: ["built"],
      urls: [],
    });
  });

  it("keeps a rule off that is ignored though it has options", () => {
    expect(severityOf("ignored: [DL3049]\nlabel-schema: { a: text }\n", "dockerfile/missing-label")).toBe("off");
  });

  it("takes the threshold of failure", () => {
    const failOn = (text: string) => configOf(text).failOn;
    expect(["error", "style", "none", "ignore"].map((word) => failOn(`failure-threshold: ${word}`))).toEqual([
      "error",
      "hint",
      "never",
      "never",
    ]);
    expect(failOn("no-fail: true\nfailure-threshold: error\n")).toBe("never");
    expect(failOn("{}")).toBe("warning");
  });

  it("takes away the say of comments", () => {
    expect(configOf("disable-ignore-pragma: true").ignoreComments).toBe(false);
    expect(configOf("disable-ignore-pragma: false").ignoreComments).toBe(true);
    const text = "FROM alpine:3.23\n# hadolint ignore=DL3002\nUSER root\n";
    const check = (config: FileConfig) =>
      linter
        .check({ file: { path: "Dockerfile", text }, config, workspace: createWorkspace().view("Dockerfile") })
        ?.findings.map(({ rule }) => rule);
    expect(check(configOf("{}"))).not.toContain("dockerfile/root-user");
    expect(check(configOf("disable-ignore-pragma: true"))).toContain("dockerfile/root-user");
  });

  it("leaves out what says nothing about findings", () => {
    const file = fileOf("format: json\nno-color: true\n");
    expect(file).toMatchObject({ config: { rules: {} }, problems: [] });
  });
});

it("is for Dockerfiles alone", () => {
  const text = "ignored: [DL3007]\nfailure-threshold: error\n";
  const at = (path: string) => {
    const config = configOf(text, path);
    return [config.rule("image/floating-tag").severity === "off", config.failOn, config.source];
  };
  for (const path of ["/repo/Dockerfile", "/repo/api/web.dockerfile", "/repo/Containerfile.dev"]) {
    expect(at(path), path).toEqual([true, "error", ".hadolint.yaml"]);
  }
  for (const path of ["/repo/compose.yaml", "/repo/k8s/pod.yml", "/repo/pod.json", "/repo/.dockerignore"]) {
    expect(at(path), path).toEqual([false, "warning", "defaults"]);
  }
});

it("tells of what it does not understand, and takes the rest", () => {
  const text = `ignore: [DL3002]
ignored: { DL3059: true }
override: { fatal: [DL3025], warning: [3025] }
label-schema: { a: uri }
failure-threshold: warn
strict-labels: maybe
trustedRegistries: ghcr.io
`;
  const { problems, config } = fileOf(text);
  expect(problems.map(({ at, message }) => `${text.slice(at.start, at.end)}: ${message}`)).toEqual([
    "ignore: hadolint has no key `ignore`. Did you mean `ignored`?",
    "{ DL3059: true }: This must be a list of strings.",
    "fatal: hadolint has no severity `fatal`.",
    "3025: This must be a list of strings.",
    "uri: hadolint knows no type `uri` of labels. Did you mean `url`?",
    "warn: hadolint has no severity `warn`.",
    "maybe: `strict-labels` must be `true` or `false`.",
  ]);
  expect(config.rules).toEqual({ "image/untrusted-registry": { allow: ["ghcr.io"] } });
  for (const broken of ["- a\n", "a: [", "", "\u0000", "ignored:\n", "? : :\n"])
    expect(() => fileOf(broken)).not.toThrow();
  expect(fileOf("- a\n").problems).toHaveLength(1);
  expect(fileOf("").problems).toEqual([]);
});
