import { describe, expect, it } from "vitest";
import { fingerprint } from "../../server/src/engine/baseline.ts";
import { ignoreHere, ignoreInFile } from "../../server/src/engine/ignore.ts";
import ineffectivePattern from "../../server/src/rules/ignore/ineffective-pattern.ts";
import { applyEdits, type TextEdit } from "../../server/src/text/edit.ts";
import { checkText } from "./checking.ts";

const check = (text: string) => checkText(".dockerignore", text, {}, [ineffectivePattern]);

/** The text with its first finding silenced. */
function silenced(text: string, by: typeof ignoreHere, reason?: string): string | undefined {
  const report = check(text);
  const [finding] = report.findings;
  const edit: TextEdit | undefined = finding && by(report.parsed, finding, reason);
  const after = edit && applyEdits(text, [edit]);
  expect(check(after ?? "")).toMatchObject({ findings: [], suppressed: report.findings.map(({ rule }) => ({ rule })) });
  return after;
}

describe("comments of ours in an ignore file", () => {
  it("stand above the pattern, in the first column, with its line ending", () => {
    expect(silenced('.git\r\n  "a"\r\n', ignoreHere)).toBe(
      '.git\r\n# seaworthy ignore ineffective-pattern\r\n  "a"\r\n',
    );
    expect(silenced('\uFEFF"a"\n', ignoreHere, "as agreed")).toBe(
      '\uFEFF# seaworthy ignore ineffective-pattern -- as agreed\n"a"\n',
    );
  });

  it("take one more name", () => {
    expect(silenced('# seaworthy ignore syntax\n"a"\n', ignoreHere)).toBe(
      '# seaworthy ignore syntax, ineffective-pattern\n"a"\n',
    );
  });

  it("may speak for the whole file", () => {
    expect(silenced('.git\n"a"\n"b"\n', ignoreInFile)).toBe(
      '# seaworthy ignore-file ineffective-pattern\n.git\n"a"\n"b"\n',
    );
  });

  it("speak for the next pattern alone", () => {
    expect(check('# seaworthy ignore ineffective-pattern\n\n"a"\n"b"\n').findings).toHaveLength(1);
  });

  it("know a finding again after lines moved", () => {
    const prints = ['"a"\n', '.git\n\n"a"\n'].map((text) => {
      const { findings, parsed } = check(text);
      return findings.map((finding) => fingerprint(finding, parsed));
    });
    expect(prints[0]).toHaveLength(1);
    expect(prints[1]).toEqual(prints[0]);
  });
});
