import { describe, expect, it } from "vitest";
import {
  applyBaseline,
  baselineOf,
  fingerprint,
  parseBaseline,
  printBaseline,
} from "../../server/src/engine/baseline.ts";
import { createLinter } from "../../server/src/linter.ts";
import { resolveConfig } from "../../server/src/engine/config.ts";
import { createWorkspace } from "../../server/src/workspace/index.ts";
import { checkText, placesOf } from "./checking.ts";
import { sampleRules } from "./sample-rules.ts";

const prints = (path: string, text: string) => {
  const report = checkText(path, text);
  return report.findings.map((finding) => fingerprint(finding, report.parsed));
};

const manifest = (containers: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n${containers}`;
const container = (name: string, image = "a:latest") => `    - name: ${name}\n      image: ${image}\n`;

describe("the fingerprint", () => {
  it("stays when lines move", () => {
    const text = "FROM a:latest\nMAINTAINER me\n";
    expect(prints("Dockerfile", `# one\n\n# two\n${text}`)).toEqual(prints("Dockerfile", text));
    expect(prints("m.yaml", manifest(`${container("x", "a:1")}${container("y")}`))).toEqual(
      prints("m.yaml", manifest(container("y"))),
    );
    const other = "apiVersion: v1\nkind: ConfigMap\n---\n";
    expect(prints("m.yaml", other + manifest(container("y")))).toEqual(prints("m.yaml", manifest(container("y"))));
  });

  it("tells rules, containers, objects, stages and words apart", () => {
    const all = [
      ...prints("Dockerfile", "FROM a:latest AS one\nFROM a:latest AS two\nMAINTAINER me\n"),
      ...prints("m.yaml", manifest(container("x") + container("y"))),
      ...prints("m.yaml", manifest(container("x")).replace("web", "api")),
    ];
    expect(new Set(all).size).toBe(all.length);
    expect(all.every((print) => /^[0-9a-f]{16}$/.test(print))).toBe(true);
  });
});

describe("a baseline", () => {
  const text = "FROM a:latest\nMAINTAINER me\nFROM a:latest\n";
  const report = checkText("Dockerfile", text);
  const baseline = baselineOf([report]);

  it("accepts what was there and lets through what is new", () => {
    const later = checkText("Dockerfile", `# moved\n${text}FROM new:latest\n`);
    const judged = applyBaseline(later.findings, later.parsed, baseline);
    expect(placesOf(later, judged.findings)).toEqual(["5:10 latest-tag"]);
    expect(judged.accepted).toHaveLength(3);
    expect(judged.accepted.every(({ by }) => by === "baseline")).toBe(true);
    expect(judged.stale).toEqual([]);
  });

  it("counts findings that look alike", () => {
    const twice = "FROM a:1\nRUN true\nMAINTAINER me\nMAINTAINER me\n";
    const before = baselineOf([checkText("Dockerfile", twice)]);
    const later = checkText("Dockerfile", `${twice}MAINTAINER me\n`);
    expect(applyBaseline(later.findings, later.parsed, before).findings).toHaveLength(1);
  });

  it("tells which entries are stale", () => {
    const later = checkText("Dockerfile", "FROM a:latest\n");
    const { stale } = applyBaseline(later.findings, later.parsed, baseline);
    expect(stale.map(({ rule, count }) => [rule, count])).toEqual(
      expect.arrayContaining([
        ["dockerfile/maintainer", 1],
        ["image/latest-tag", 1],
      ]),
    );
    expect(stale).toHaveLength(2);
  });

  it("survives being written and read", () => {
    const written = printBaseline(baseline);
    const read = parseBaseline(written);
    expect(read.problems).toEqual([]);
    expect(read.baseline).toEqual(baseline);
    expect(printBaseline(read.baseline)).toBe(written);
    expect(JSON.parse(printBaseline({ files: new Map() }))).toEqual({ version: 1, files: {} });
    expect([...parseBaseline(written, "/repo").baseline.files.keys()]).toEqual(["/repo/Dockerfile"]);
  });

  it("never throws on what it is given to read", () => {
    for (const broken of [
      "",
      "{",
      "[]",
      "null",
      '{"version":2,"files":{}}',
      '{"version":1,"files":{"a":[{"rule":1}],"b":3}}',
    ]) {
      expect(parseBaseline(broken).problems.length, broken).toBeGreaterThan(0);
    }
  });

  it("is kept by a new baseline, but what a comment accepts is not in it", () => {
    const check = (content: string) =>
      createLinter(sampleRules).check({
        file: { path: "Dockerfile", text: content },
        config: resolveConfig("Dockerfile", {}, sampleRules),
        workspace: createWorkspace().view("Dockerfile"),
        baseline,
      });
    const again = check(text);
    expect(again?.findings).toEqual([]);
    expect(again?.suppressed).toHaveLength(3);
    expect(again === undefined ? undefined : baselineOf([again])).toEqual(baseline);
    const ignored = check(`# seaworthy ignore-file\n${text}`);
    expect(ignored === undefined ? undefined : baselineOf([ignored]).files.size).toBe(0);
  });
});
