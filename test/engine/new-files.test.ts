import { describe, expect, it } from "vitest";
import { chosenFix, fixAll, fixesOfRule } from "../../server/src/engine/fix.ts";
import { defineRule, type NewFile, type Rule } from "../../server/src/engine/rule.ts";
import { appendLines } from "../../server/src/text/append.ts";
import { applyEdits, type TextEdit, replace } from "../../server/src/text/edit.ts";
import { checkText } from "./checking.ts";
import { metadata } from "./sample-rules.ts";

/** Reports a word; its fix makes a file and edits. */
function making(slug: string, word: string, file: NewFile, edits: (at: number) => readonly TextEdit[]): Rule {
  return defineRule("dockerfile", {
    ...metadata(slug, { fix: "review" }),
    *check({ text }) {
      for (const { index } of text.matchAll(new RegExp(word, "g"))) {
        const at = { start: index, end: index + word.length };
        yield { at, message: word, fixes: [{ title: slug, safety: "review", edits: edits(index), creates: [file] }] };
      }
    },
  });
}

const check = (rules: readonly Rule[]) => (text: string) => checkText("Dockerfile", text, {}, rules);
const file = { path: ".dockerignore", text: ".git\n" };

describe("a fix that adds lines to another file", () => {
  const adding = (slug: string, lines: readonly string[]): Rule =>
    defineRule("dockerfile", {
      ...metadata(slug, { fix: "review" }),
      *check() {
        const appends = [{ path: ".dockerignore", lines }];
        yield {
          at: { start: 0, end: 4 },
          message: slug,
          fixes: [{ title: slug, safety: "review", edits: [], appends }],
        };
      },
    });

  it("is made once, each line once", () => {
    const rules = [adding("one", ["a", "b"]), adding("two", ["b", "c"]), adding("three", ["a"])];
    const result = fixAll("FROM a\n", check(rules), "review");
    expect(result).toMatchObject({ text: "FROM a\n", created: [], rounds: 1 });
    expect(result.appended).toEqual([{ path: ".dockerignore", lines: ["a", "b", "c"] }]);
    expect(fixAll("FROM a\n", check(rules), "safe").appended).toEqual([]);
  });

  it.each([
    ["", "x\n"],
    ["a\n", "a\nx\n"],
    ["a", "a\nx\n"],
    ["a\r\nb", "a\r\nb\r\nx\r\n"],
    ["x\na", "x\na"],
  ])("to %j", (before, after) => {
    expect(applyEdits(before, [appendLines(before, ["x"])])).toBe(after);
  });
});

describe("a fix that makes a file", () => {
  it("is made once, though its finding stays where it was", () => {
    const result = fixAll("FROM a\nCOPY x\n", check([making("make", "COPY", file, () => [])]), "review");
    expect(result).toMatchObject({ text: "FROM a\nCOPY x\n", edits: [], created: [file], rounds: 1 });
    expect(result.applied).toEqual([{ rule: "dockerfile/make", title: "make" }]);
  });

  it("is left out where only safe ones are wanted, or files cannot be made", () => {
    const rule = check([making("make", "COPY", file, () => [])]);
    expect(fixAll("FROM a\nCOPY x\n", rule, "safe").created).toEqual([]);
    const allows = ({ creates }: { readonly creates?: unknown }) => creates === undefined;
    expect(fixAll("FROM a\nCOPY x\n", rule, "review", { allows })).toMatchObject({ created: [], applied: [] });
    const [finding] = rule("FROM a\nCOPY x\n").findings;
    expect(finding && chosenFix(finding, "review", allows)).toBeUndefined();
  });

  it("makes its edits too, and shares the file with others that want the same", () => {
    const one = making("one", "x", file, (at) => [replace({ start: at, end: at + 1 }, "1")]);
    const two = making("two", "y", file, (at) => [replace({ start: at, end: at + 1 }, "2")]);
    const result = fixAll("FROM a\nCOPY x y\n", check([one, two]), "review");
    expect(result).toMatchObject({ text: "FROM a\nCOPY 1 2\n", created: [file] });
    expect(result.applied).toHaveLength(2);
  });

  it("makes one file of lines together with another, at once or later", () => {
    const lines = (text: string): NewFile => ({ path: ".env", text, ofLines: true });
    const change = (to: string) => (at: number) => [replace({ start: at, end: at + 1 }, to)];
    const rules = [
      making("one", "x", lines("X=1\n"), change("1")),
      making("two", "y", lines("Y=2\nX=1\n"), change("2")),
      making("three", "2", lines("Z=3\n"), change("3")),
    ];
    const result = fixAll("FROM a\nCOPY x y\n", check(rules), "review");
    expect(result).toMatchObject({ text: "FROM a\nCOPY 1 3\n", rounds: 2 });
    expect(result.created).toEqual([lines("X=1\nY=2\nZ=3\n")]);
    const whole = making("whole", "x", { path: ".env", text: "other\n" }, change("1"));
    expect(fixAll("FROM a\nCOPY y x\n", check([whole, ...rules.slice(1)]), "review").created).toHaveLength(1);
  });

  it("gives way to one that makes another file in that place", () => {
    const one = making("one", "x", file, () => []);
    const two = making("two", "y", { ...file, text: "other\n" }, () => []);
    const result = fixAll("FROM a\nCOPY x y\n", check([one, two]), "review");
    expect(result.created).toEqual([file]);
    expect(result.applied).toEqual([{ rule: "dockerfile/one", title: "one" }]);
    const report = checkText("Dockerfile", "FROM a\nCOPY x y\n", {}, [one, two]);
    expect(fixesOfRule(report, "dockerfile/two", "review")).toEqual({ edits: [], count: 1 });
  });
});
