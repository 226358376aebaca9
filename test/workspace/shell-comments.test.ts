import { describe, expect, it } from "vitest";
import { createWorkspace, readShellCheck } from "../../server/src/workspace/index.ts";

const script = "#!/bin/dash\necho 😀\t$x \\\n  `ls`\n";

function output(comment: object): string {
  const whole = { file: "0.sh", level: "info", code: 2086, message: "Quote.", fix: null, ...comment };
  return JSON.stringify({ comments: [whole] });
}

describe("the output of ShellCheck", () => {
  it("counts code points from 1, a tab being one", () => {
    const found = readShellCheck(output({ line: 2, column: 8, endLine: 2, endColumn: 10 }), [script])?.get(script);
    expect(found?.map(({ at, code }) => [script.slice(at.start, at.end), code])).toEqual([["$x", "SC2086"]]);
  });

  it("may speak of several lines, and has fixes", () => {
    const fix = {
      replacements: [
        { line: 3, column: 3, endLine: 3, endColumn: 4, insertionPoint: "afterEnd", replacement: "$(" },
        { line: 3, column: 7, endLine: 3, endColumn: 7, insertionPoint: "beforeStart", replacement: ")" },
      ],
    };
    const found = readShellCheck(output({ line: 2, column: 6, endLine: 3, endColumn: 7, fix }), [script])?.get(script);
    expect(found?.[0] && script.slice(found[0].at.start, found[0].at.end)).toBe("😀\t$x \\\n  `ls`");
    expect(
      found?.[0]?.replacements.map(({ at, text, behind }) => [script.slice(at.start, at.end), text, behind]),
    ).toEqual([
      ["`", "$(", false],
      ["", ")", true],
    ]);
  });

  it("says of a script without faults that it was looked at", () => {
    const found = readShellCheck('{"comments":[]}', ["a", "b"]);
    expect([...(found ?? [])]).toEqual([
      ["a", []],
      ["b", []],
    ]);
  });

  it.each([
    ["of another place", { file: "7.sh" }],
    ["of no file", { file: 3 }],
    ["without a code", { code: "x" }],
    ["of an unknown level", { level: "fatal" }],
    ["without a line", { line: null }],
  ])("leaves out a comment %s", (_, change) => {
    const place = { line: 1, column: 1, endLine: 1, endColumn: 2 };
    expect(readShellCheck(output({ ...place, ...change }), [script])?.get(script)).toEqual([]);
  });

  it.each(["", "shellcheck: no", "[]", '{"comments":3}'])("is nothing where it is %j", (text) => {
    expect(readShellCheck(text, [script])).toBeUndefined();
  });
});

describe("a workspace", () => {
  it("answers for the text that was looked at, and for no other", () => {
    const workspace = createWorkspace();
    workspace.set({ path: "Dockerfile", kind: "dockerfile" });
    const view = workspace.view("Dockerfile");
    expect(view.hasShellComments()).toBe(false);
    const { generation } = workspace;
    workspace.setShellComments(
      "./Dockerfile",
      readShellCheck(output({ line: 2, column: 8, endLine: 2, endColumn: 10 }), [script]) ?? new Map(),
    );
    expect(workspace.generation).toBeGreaterThan(generation);
    expect(view.hasShellComments()).toBe(true);
    expect(view.shellComments(script)?.map(({ code }) => code)).toEqual(["SC2086"]);
    expect(view.shellComments(`${script} `)).toBeUndefined();
    expect(workspace.view("other/Dockerfile").shellComments(script)).toBeUndefined();
    workspace.remove("Dockerfile");
    expect(view.shellComments(script)).toBeUndefined();
  });
});
