import { describe, expect, test } from "vitest";
import { sarifReport } from "../../server/src/cli/reporters/sarif.ts";
import type { CheckResult, LocatedFinding } from "../../server/src/cli/result.ts";
import { run } from "../../server/src/cli/run.ts";
import { linter } from "../../server/src/linter.ts";
import { fakeTerminal, folderWith } from "./fake-terminal.ts";

const rule = "image/floating-tag";
const index = linter.rules.findIndex(({ id }) => id === rule);

const finding: LocatedFinding = {
  rule,
  severity: "warning",
  message: "`node` moves.",
  range: { start: { line: 2, character: 5 }, end: { line: 2, character: 9 } },
  fixes: [
    {
      title: "Name the version",
      safety: "review",
      replacements: [{ range: { start: { line: 2, character: 9 }, end: { line: 2, character: 9 } }, text: ":22" }],
      creates: [{ path: "b c/.dockerignore", text: ".git\n" }],
      appends: false,
    },
    { title: "Pin the digest", safety: "safe", replacements: undefined, creates: [], appends: false },
  ],
  related: [
    {
      path: "b c/Dockerfile",
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } },
      message: "first here",
    },
  ],
  excerpt: { text: "FROM node", cut: 0 },
  fingerprint: "0123456789abcdef",
};

const result: CheckResult = {
  files: [
    {
      path: "b c/Dockerfile",
      absolutePath: "/w/b c/Dockerfile",
      kind: "dockerfile",
      failOn: "warning",
      findings: [finding],
      suppressed: [
        { ...finding, by: "directive", reason: "rebuilt nightly" },
        { ...finding, severity: "hint", by: "baseline", reason: undefined },
      ],
      fixed: [],
    },
    {
      path: "/elsewhere/a#b.yaml",
      absolutePath: "/elsewhere/a#b.yaml",
      kind: "kubernetes",
      failOn: "warning",
      findings: [{ ...finding, fixes: [] }],
      suppressed: [],
      fixed: [],
    },
  ],
  notices: [{ text: "x: permission denied", failure: false }],
  hidden: 0,
};

async function fingerprints(text: string): Promise<string[]> {
  const terminal = fakeTerminal(folderWith({ Dockerfile: text }));
  await run(["check", "--format", "sarif", "--preset", "all"], terminal, linter);
  const results: { ruleId: string; partialFingerprints: { "seaworthy/v1": string } }[] = JSON.parse(terminal.printed())
    .runs[0].results;
  return results.filter((one) => one.ruleId === rule).map((one) => one.partialFingerprints["seaworthy/v1"]);
}

describe("sarif", () => {
  const log = JSON.parse(sarifReport(result, linter));
  const [first, silenced, accepted, elsewhere] = log.runs[0].results;
  const place = {
    artifactLocation: { uri: "b%20c/Dockerfile", uriBaseId: "%SRCROOT%" },
    region: { startLine: 3, startColumn: 6, endLine: 3, endColumn: 10 },
  };

  test("gives a finding its place, its rule and its fingerprint", () => {
    expect(log).toMatchObject({ version: "2.1.0", runs: [{ columnKind: "utf16CodeUnits" }] });
    expect(first).toEqual({
      ruleId: "image/floating-tag",
      ruleIndex: index,
      level: "warning",
      message: { text: "`node` moves." },
      locations: [{ physicalLocation: place }],
      relatedLocations: [
        {
          id: 0,
          message: { text: "first here" },
          physicalLocation: { ...place, region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 5 } },
        },
      ],
      partialFingerprints: { "seaworthy/v1": "0123456789abcdef" },
      fixes: [
        {
          description: { text: "Name the version" },
          artifactChanges: [
            {
              artifactLocation: { uri: "b%20c/.dockerignore", uriBaseId: "%SRCROOT%" },
              replacements: [
                {
                  deletedRegion: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
                  insertedContent: { text: ".git\n" },
                },
              ],
            },
            {
              artifactLocation: place.artifactLocation,
              replacements: [
                {
                  deletedRegion: { startLine: 3, startColumn: 10, endLine: 3, endColumn: 10 },
                  insertedContent: { text: ":22" },
                },
              ],
            },
          ],
          properties: { safety: "review" },
        },
      ],
    });
  });

  test("says what was silenced, where, and why", () => {
    expect(silenced.suppressions).toEqual([{ kind: "inSource", status: "accepted", justification: "rebuilt nightly" }]);
    expect(accepted.suppressions).toEqual([
      { kind: "external", status: "accepted", justification: "recorded in the baseline" },
    ]);
    expect(accepted.level).toBe("note");
    expect(first).not.toHaveProperty("suppressions");
  });

  test("names a file outside of the folder by its URL", () => {
    expect(elsewhere.locations[0].physicalLocation.artifactLocation).toEqual({ uri: "file:///elsewhere/a%23b.yaml" });
  });

  test("describes every rule", () => {
    const { rules } = log.runs[0].tool.driver;
    expect(rules.map((one: { id: string }) => one.id)).toEqual(linter.rules.map((one) => one.id));
    for (const one of rules) {
      expect(one).toMatchObject({
        shortDescription: { text: expect.stringMatching(/\S/) },
        fullDescription: { text: expect.stringMatching(/\S/) },
        helpUri: expect.stringMatching(/^https:\/\//),
        defaultConfiguration: { level: expect.stringMatching(/^(?:error|warning|note)$/) },
      });
      expect(one.name).toMatch(/^[A-Z][A-Za-z0-9]*$/);
    }
  });

  test("passes on what could not be read", () => {
    expect(log.runs[0].invocations[0].toolExecutionNotifications).toEqual([
      { level: "warning", message: { text: "x: permission denied" } },
    ]);
  });

  test("keeps a fingerprint when the finding moves, and gives others to others", async () => {
    const before = await fingerprints("FROM node\nFROM python\n");
    expect(new Set(before).size).toBe(2);
    expect(await fingerprints("# a comment\n\nFROM node\nFROM python\n")).toEqual(before);
  });
});
