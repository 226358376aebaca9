import { describe, expect, it } from "vitest";
import { checkText, placesOf } from "./checking.ts";
import { privileged, sampleRules } from "./sample-rules.ts";
import { defineRule } from "../../server/src/engine/rule.ts";
import { metadata } from "./sample-rules.ts";

/** What stays open of a file, and what is accepted. */
function judged(path: string, text: string) {
  const report = checkText(path, text);
  return { open: placesOf(report), accepted: placesOf(report, report.suppressed) };
}

describe("our own directives in a Dockerfile", () => {
  it("speak for the next instruction with all its lines, comments and blank lines between", () => {
    const text = "# seaworthy ignore latest-tag -- because\n\n# what it is\nFROM \\\n  a:latest\nFROM b:latest\n";
    expect(judged("Dockerfile", text)).toEqual({ open: ["6:8 latest-tag"], accepted: ["5:5 latest-tag"] });
    expect(checkText("Dockerfile", text).suppressed[0]).toMatchObject({ by: "directive", reason: "because" });
  });

  it("speak for the whole file from any place in it", () => {
    const text = "FROM a:latest\nFROM b:latest\n# seaworthy ignore-file latest-tag\n";
    expect(judged("Dockerfile", text).open).toEqual([]);
  });

  it("speak for every rule without names", () => {
    expect(judged("Dockerfile", "# seaworthy ignore-file\nFROM a:latest\nMAINTAINER me\n").open).toEqual([]);
  });

  it("take slugs, ids and foreign codes, separated by commas or blanks, in any case", () => {
    for (const names of [
      "latest-tag",
      "image/latest-tag",
      "dl3007",
      "Trivy:AVD-DS-0001",
      "x, maintainer latest-tag",
      "DS001,",
    ]) {
      expect(judged("Dockerfile", `# seaworthy ignore ${names}\nFROM a:latest\n`).open, names).toEqual([]);
    }
  });

  it("inside an instruction speak for the next line", () => {
    const word = defineRule("dockerfile", {
      ...metadata("word"),
      *check({ text }) {
        for (const { index } of text.matchAll(/fault/g))
          yield { at: { start: index, end: index + 5 }, message: "A fault." };
      },
    });
    const text = "FROM a:1\nRUN fault \\\n  # seaworthy ignore word\n\n  && fault \\\n  && fault\n";
    expect(placesOf(checkText("Dockerfile", text, {}, [word]))).toEqual(["2:5 word", "6:6 word"]);
  });

  it("leave other rules alone", () => {
    expect(judged("Dockerfile", "# seaworthy ignore maintainer\nFROM a:latest\n").open).toEqual(["2:8 latest-tag"]);
  });

  it("are reported with their names and whether they were used", () => {
    const { directives } = checkText(
      "Dockerfile",
      "# seaworthy ignore latest-tag, maintainer, mantainer\nFROM a:latest\n",
    );
    expect(directives).toHaveLength(1);
    expect(directives[0]?.names.map(({ name, used, suggestion }) => [name, used, suggestion])).toEqual([
      ["latest-tag", true, undefined],
      ["maintainer", false, undefined],
      ["mantainer", false, "maintainer"],
    ]);
  });
});

describe("our own directives in YAML", () => {
  const compose = (image: string, above = "") => `services:\n${above}  web:\n    ${image}\n    restart: always\n`;

  it("speak for their own line at its end", () => {
    expect(judged("compose.yaml", compose("image: a:latest # seaworthy ignore latest-tag"))).toEqual({
      open: [],
      accepted: ["3:14 latest-tag"],
    });
  });

  it("speak for the whole entry or item below, when they stand alone", () => {
    const ignore = "# seaworthy ignore latest-tag\n";
    const image = "image: a:latest";
    expect(judged("compose.yaml", compose(`${ignore}    # and more\n    ${image}`)).open).toEqual([]);
    expect(judged("compose.yaml", compose(image, `  ${ignore}`)).open).toEqual([]);
    expect(judged("compose.yaml", compose(`init: true ${ignore}    ${image}`)).open).toEqual(["4:14 latest-tag"]);
    expect(judged("compose.yaml", compose(`${ignore}    init: true\n    ${image}`)).open).toEqual(["5:14 latest-tag"]);
    const two = `    - name: a\n      image: a:latest\n    - name: b\n      image: b:latest\n`;
    const pod = `apiVersion: v1\nkind: Pod\nspec:\n  containers:\n`;
    expect(judged("m.yaml", `${pod}    ${ignore}${two}`).open).toEqual(["9:16 latest-tag"]);
    expect(judged("m.yaml", `${pod.replace("  containers", `  ${ignore}  containers`)}${two}`).open).toEqual([]);
  });

  it("above the first key of a document speak for the document", () => {
    const pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: a:latest\n";
    expect(judged("m.yaml", `# seaworthy ignore latest-tag\n${pod}---\n${pod}`).open).toEqual(["12:16 latest-tag"]);
  });

  it("do not reach what stands elsewhere and is only named below", () => {
    const text = "x-a: &a\n  image: a:latest\nservices:\n  # seaworthy ignore latest-tag\n  web: *a\n";
    expect(judged("compose.yaml", text).open.filter((place) => place.endsWith("latest-tag"))).toHaveLength(1);
  });

  it("speak for a scalar that begins on the line, however long it is", () => {
    const inside = defineRule("compose", {
      ...metadata("inside"),
      *check({ document }) {
        const at = document.text.indexOf("fault");
        yield { at: { start: at, end: at + 5 }, message: "A fault." };
      },
    });
    const text = (comment: string) =>
      `services:\n  web:\n    # seaworthy ignore ${comment}\n    command: |\n      a\n      fault\n    image: a:1\n`;
    expect(checkText("compose.yaml", text("inside"), {}, [inside]).findings).toEqual([]);
    expect(checkText("compose.yaml", text("other"), {}, [inside]).findings).toHaveLength(1);
  });

  it("are not read out of strings", () => {
    const text = "services:\n  web:\n    image: a:latest\n    restart: '# seaworthy ignore-file latest-tag'\n";
    expect(judged("compose.yaml", text).open).toEqual(["3:14 latest-tag"]);
  });

  it("for the whole file reach the other documents", () => {
    const pod = "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - image: a:latest\n";
    expect(judged("m.yaml", `# seaworthy ignore-file latest-tag\n${pod}---\n${pod}`).open).toEqual([]);
    expect(judged("m.yaml", `${pod}---\n# seaworthy ignore-file latest-tag\n${pod}`).open).toEqual([]);
  });
});

describe("other tools' directives in a Dockerfile", () => {
  const both = "FROM a:latest\nMAINTAINER me\n";
  const bothOpen = ["latest-tag", "maintainer"];
  const open = (text: string) => judged("Dockerfile", text).open.map((place) => place.split(" ")[1]);

  it.each<[string, string, readonly string[]]>([
    ["hadolint, the next instruction", `# hadolint ignore=DL3007\n${both}`, ["maintainer"]],
    ["hadolint, several codes and a reason", `# hadolint ignore=DL4000, DL3007 # why\n${both}`, ["maintainer"]],
    ["hadolint, not the one after", `# hadolint ignore=DL4000\n${both}`, bothOpen],
    ["hadolint, the whole file", `# hadolint global ignore=DL3007,DL4000\n${both}`, []],
    [
      "hadolint, a stage",
      `# hadolint stage ignore=DL4000\n${both}FROM b:1\nMAINTAINER me\n`,
      ["latest-tag", "maintainer"],
    ],
    ["hadolint, a code that is none of ours", `# hadolint ignore=DL9999\n${both}`, bothOpen],
    ["hadolint, a name that it does not read", `# hadolint ignore=crazy,DL3007\n${both}`, bothOpen],
    ["hadolint, such a name at the end", `# hadolint ignore=DL3007,crazy\n${both}`, bothOpen],
    ["hadolint, another setting", `# hadolint shell=powershell\n${both}`, bothOpen],
    ["tally, by code", `# tally ignore=DL3007;reason=known\n${both}`, ["maintainer"]],
    ["tally, with the tool's name", `# tally global ignore=hadolint/DL3007,buildkit/MaintainerDeprecated\n${both}`, []],
    ["tally, all", `# tally global ignore=all\n${both}`, []],
    ["BuildKit, a parser directive", `# check=skip=MaintainerDeprecated;error=true\n${both}`, ["latest-tag"]],
    ["BuildKit, all", `# check=skip=all\n${both}`, ["latest-tag"]],
    ["BuildKit, other settings", `# check=error=true\n${both}`, bothOpen],
    [
      "BuildKit, above an instruction",
      `FROM a:latest\n# check=skip=MaintainerDeprecated\nMAINTAINER me\n`,
      ["latest-tag"],
    ],
    ["checkov", `#checkov:skip=CKV_DOCKER_7: reason\n${both}`, ["maintainer"]],
    ["checkov, below", `${both}# checkov:skip=CKV_DOCKER_7\n`, ["maintainer"]],
    ["trivy", `#trivy:ignore:DS-0001\n${both}`, ["maintainer"]],
    [
      "trivy, two at once in the old spelling",
      `# trivy:ignore:AVD-DS-0099 trivy:ignore:AVD-DS-0001\n${both}`,
      ["maintainer"],
    ],
    ["dockerfile-utils, nothing of its own here", `# dockerfile-utils: ignore\n${both}`, bothOpen],
    ["KICS knows neither", `# kics-scan ignore\n${both}`, bothOpen],
    ["a sentence", `# hadolint is happy with DL3007\n${both}`, bothOpen],
  ])("%s", (_, text, expected) => {
    expect(open(text)).toEqual(expected);
  });

  it("BuildKit's comment above an instruction, for that one alone", () => {
    const env = defineRule("dockerfile", {
      ...metadata("secret", { aliases: ["buildkit:SecretsUsedInArgOrEnv", "dockerfile-utils:SECRET"] }),
      *check(model) {
        for (const { name, keywordSpan } of model.instructions) {
          if (name === "ENV" || name === "RUN") yield { at: keywordSpan, message: "A secret." };
        }
      },
    });
    const places = (text: string) => placesOf(checkText("Dockerfile", text, {}, [env]));
    const comment = "# check=skip=SecretsUsedInArgOrEnv // known";
    expect(places(`FROM a:1\n${comment}\nENV A=b\nENV C=d\n`)).toEqual(["4:1 secret"]);
    expect(places(`FROM a:1\n${comment}\nRUN true\nRUN true\n`)).toEqual(["4:1 secret"]);
    expect(places("FROM a:1\n# dockerfile-utils: ignore\nENV A=b\n")).toEqual([]);
    const report = checkText("Dockerfile", `FROM a:1\n${comment}\nENV A=b\n`, {}, [env]);
    expect(report.suppressed[0]).toMatchObject({ by: "foreign-directive", reason: "known" });
  });
});

describe("other tools' directives in YAML", () => {
  const pod = (annotations: string, extra = "") =>
    `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  annotations:\n    ${annotations}\nspec:\n  containers:\n    - name: web\n      image: a:latest${extra}\n      securityContext:\n        privileged: true\n`;
  const deployment = (annotations: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\nspec:\n  template:\n    metadata:\n      annotations:\n        ${annotations}\n    spec:\n      containers:\n        - name: web\n          image: a:1\n          securityContext:\n            privileged: true\n`;
  const open = (path: string, text: string) => judged(path, text).open.map((place) => place.split(" ")[1]);

  it.each<[string, readonly string[]]>([
    ['ignore-check.kube-linter.io/privileged-container: "why"', ["latest-tag"]],
    ['ignore-check.kube-linter.io/other: "why"', ["latest-tag", "privileged"]],
    ['kube-linter.io/ignore-all: ""', []],
    ['polaris.fairwinds.com/exempt: "true"', ["latest-tag"]],
    ['polaris.fairwinds.com/exempt: "false"', ["latest-tag", "privileged"]],
    ['polaris.fairwinds.com/runAsPrivileged-exempt: "true"', ["latest-tag"]],
    ["kube-score/ignore: other,container-security-context-privileged", ["latest-tag"]],
    ["checkov.io/skip1: CKV_K8S_16=it must = be", ["latest-tag"]],
    ["bridgecrew.io/skip: CKV_K8S_16", ["latest-tag"]],
    ["example.com/skip: CKV_K8S_16", ["latest-tag", "privileged"]],
  ])("annotation %s", (annotation, expected) => {
    expect(open("m.yaml", pod(annotation))).toEqual(expected);
  });

  it("an annotation speaks for its object alone", () => {
    const text = `${pod('kube-linter.io/ignore-all: ""')}---\n${pod("a: b")}`;
    expect(open("m.yaml", text)).toEqual(["latest-tag", "privileged"]);
  });

  it("kube-score's annotation counts on the pod template, KubeLinter's does not", () => {
    expect(open("m.yaml", deployment("kube-score/ignore: container-security-context-privileged"))).toEqual([]);
    expect(open("m.yaml", deployment("ignore-check.kube-linter.io/privileged-container: why"))).toEqual(["privileged"]);
  });

  it("the reason of an annotation is kept", () => {
    const text = pod("checkov.io/skip1: CKV_K8S_16=it must = be");
    expect(checkText("m.yaml", text).suppressed[0]?.reason).toBe("it must = be");
  });

  it("comments of checkov and trivy", () => {
    expect(open("m.yaml", `# checkov:skip=CKV_DOCKER_7: why\n${pod("a: b")}`)).toEqual(["privileged"]);
    expect(open("m.yaml", pod("a: b", " # trivy:ignore:DS-0001"))).toEqual(["privileged"]);
    expect(open("m.yaml", `# trivy:ignore:DS-0001\n${pod("a: b")}`)).toEqual(["privileged"]);
  });

  it("comments of KICS by line, block and file", () => {
    const text = (first: string, second: string, third: string) =>
      `${first}services:\n${second}  web:\n${third}    image: a:1\n  api:\n    image: a:1\n`;
    expect(open("compose.yaml", text("", "  # kics-scan ignore-line\n", ""))).toEqual(["missing-restart"]);
    expect(open("compose.yaml", text("", "  # kics-scan ignore-block\n", ""))).toEqual(["missing-restart"]);
    expect(open("compose.yaml", text("# kics-scan ignore-block\n", "", ""))).toEqual([]);
    expect(open("compose.yaml", text("# kics-scan ignore-line\n", "", ""))).toHaveLength(2);
    expect(open("compose.yaml", text("# kics-scan ignore\n", "", ""))).toEqual([]);
    expect(
      open("compose.yaml", text("# kics-scan disable=9f88c88d-824d-4d9a-b985-e22977046042\n", "", "")),
    ).toHaveLength(2);
  });

  it("comments of dclint", () => {
    const named = defineRule("compose", {
      ...metadata("version", { aliases: ["dclint:no-version-field"] }),
      *check() {
        yield { at: { start: 0, end: 1 }, message: "A version." };
      },
    });
    const left = (text: string) => checkText("compose.yaml", text, {}, [named]).findings.length;
    const file = "services: {}\n";
    expect(left(`${file}# dclint disable-file\n`)).toBe(0);
    expect(left(`${file}# dclint disable no-version-field\n`)).toBe(0);
    expect(left(`${file}# dclint disable services-alphabetical-order\n`)).toBe(1);
    expect(left(`services: {} # dclint disable-line\n`)).toBe(0);
    expect(left(`services: {} # dclint disable-line no-version-field other\n`)).toBe(0);
    expect(left(`services: {} # dclint disable-line other\n`)).toBe(1);
  });

  it("are not counted among ours", () => {
    expect(sampleRules).toContain(privileged);
    expect(checkText("m.yaml", `# checkov:skip=CKV_DOCKER_7\n${pod("a: b")}`).directives).toEqual([]);
  });
});
