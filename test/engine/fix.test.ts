import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { editsBetween, fixAll, fixesOfRule } from "../../server/src/engine/fix.ts";
import { defineRule, type Rule } from "../../server/src/engine/rule.ts";
import { applyEdits, insert, replace, type TextEdit } from "../../server/src/text/edit.ts";
import { checkText } from "./checking.ts";
import { metadata, sampleRules } from "./sample-rules.ts";

const check =
  (path: string, rules: readonly Rule[] = sampleRules, config: unknown = {}) =>
  (text: string) =>
    checkText(path, text, config, rules);

/** A rule that reports every place of a word, with one fix. */
function word(slug: string, pattern: RegExp, edits: (start: number, end: number) => readonly TextEdit[]): Rule {
  return defineRule("dockerfile", {
    ...metadata(slug, { fix: "safe" }),
    *check({ text }) {
      for (const match of text.matchAll(pattern)) {
        const at = { start: match.index, end: match.index + match[0].length };
        yield {
          at,
          message: `\`${match[0]}\``,
          fixes: [{ title: slug, safety: "safe", edits: edits(at.start, at.end) }],
        };
      }
    },
  });
}

describe("fixAll", () => {
  it("takes the first fix of the wanted safety", () => {
    const text = "FROM a:latest\nMAINTAINER me\nRUN true\n";
    expect(fixAll(text, check("Dockerfile"), "safe").text).toBe("FROM a\nRUN true\n");
    expect(fixAll(text, check("Dockerfile"), "review").text).toBe("FROM a:1\nRUN true\n");
  });

  it("tells what it did, as few small edits", () => {
    const text = "FROM a:latest\nMAINTAINER me\nRUN true\n";
    const result = fixAll(text, check("Dockerfile"), "safe");
    expect(result.applied).toEqual([
      { rule: "image/latest-tag", title: "Remove the tag" },
      { rule: "dockerfile/maintainer", title: "Remove" },
    ]);
    expect(result.rounds).toBe(1);
    expect(applyEdits(text, result.edits)).toBe(result.text);
    expect(result.edits).toHaveLength(1);
    expect(result.edits[0]?.span).toEqual({ start: 6, end: 27 });
  });

  it("makes only the fixes of some rules, or of some findings", () => {
    const text = "FROM a:latest\nMAINTAINER me\n";
    expect(fixAll(text, check("Dockerfile"), "safe", { rules: ["dockerfile/maintainer"] }).text).toBe(
      "FROM a:latest\n",
    );
    const only = fixAll(text, check("Dockerfile"), "safe", { only: ({ severity }) => severity === "warning" });
    expect(only.text).toBe("FROM a\nMAINTAINER me\n");
  });

  it("leaves silenced findings alone", () => {
    const text = "# seaworthy ignore latest-tag\nFROM a:latest\n";
    expect(fixAll(text, check("Dockerfile"), "safe").text).toBe(text);
  });

  it("goes on until nothing is left", () => {
    const shrink = word("shrink", /bb/g, (start) => [replace({ start, end: start + 1 }, "")]);
    const result = fixAll("FROM a\nRUN bbbbb\n", check("Dockerfile", [shrink]), "safe");
    expect(result.text).toBe("FROM a\nRUN b\n");
    expect(result.rounds).toBeGreaterThan(1);
  });

  it("puts off fixes that touch, those at one offset included", () => {
    const one = word("one", /X(?!1)/g, (_, end) => [insert(end, "1")]);
    const two = word("two", /X(?!1?2)/g, (_, end) => [insert(end, "2")]);
    const result = fixAll("FROM a\nRUN X\n", check("Dockerfile", [one, two]), "safe", { maxRounds: 2 });
    expect(result.rounds).toBe(2);
    expect(result.applied.map(({ rule }) => rule)).toEqual(["dockerfile/one", "dockerfile/two"]);
  });

  it("makes an edit that two fixes share once", () => {
    const shared = word("shared", /old/g, (start, end) => [insert(0, "# new\n"), replace({ start, end }, "new")]);
    const result = fixAll("FROM a\nRUN old\nRUN old\n", check("Dockerfile", [shared]), "safe");
    expect(result.text).toBe("# new\nFROM a\nRUN new\nRUN new\n");
    expect(result.rounds).toBe(1);
  });

  it("leaves the last part of a whole for a round in which it can go as such", () => {
    const partOf = { at: 7, count: 3 };
    const gone = word("gone", /X/g, (start, end) => [{ ...replace({ start, end }, ""), partOf }]);
    const result = fixAll("FROM a\nRUN X X X\n", check("Dockerfile", [gone]), "safe", { maxRounds: 1 });
    expect(result.text).toBe("FROM a\nRUN   X\n");
  });

  it("stops where two rules undo each other", () => {
    const there = word("there", /left/g, (start, end) => [replace({ start, end }, "right")]);
    const back = word("back", /right/g, (start, end) => [replace({ start, end }, "left")]);
    const result = fixAll("FROM a\nRUN left\n", check("Dockerfile", [there, back]), "safe");
    expect(["FROM a\nRUN left\n", "FROM a\nRUN right\n"]).toContain(result.text);
  });

  it("lets one wait until those that go first are made", () => {
    const first = word("first", /left/g, (start, end) => [replace({ start, end }, "right")]);
    const second = defineRule("dockerfile", {
      ...metadata("second", { fix: "safe" }),
      *check({ text }) {
        for (const match of text.matchAll(/left|LEFT/g)) {
          const at = { start: match.index, end: match.index + match[0].length };
          const edits = [insert(text.indexOf("RUN"), "# two\n")];
          const after = ["dockerfile/first"];
          yield { at, message: "Second", fixes: [{ title: "Second", safety: "safe", edits, after }] };
        }
      },
    });
    const both = check("Dockerfile", [second, first]);
    expect(fixAll("FROM a\nRUN left\n", both, "safe").text).toBe("FROM a\nRUN right\n");
    const alone = fixAll("FROM a\nRUN LEFT\n", both, "safe", { maxRounds: 1 });
    expect(alone.text).toBe("FROM a\n# two\nRUN LEFT\n");
  });

  it("leaves out a fix after which the file does not parse, and makes the others", () => {
    const breaking = defineRule("compose", {
      ...metadata("breaking", { fix: "safe" }),
      *check({ services }) {
        for (const { keySpan } of services) {
          const edits = [insert(keySpan.start, "[")];
          yield { at: keySpan, message: "Break it.", fixes: [{ title: "Break", safety: "safe", edits }] };
        }
      },
    });
    const text = "services:\n  web:\n    image: a:latest\n";
    const result = fixAll(text, check("compose.yaml", [...sampleRules, breaking]), "review");
    expect(result.text).toBe("services:\n  web:\n    restart: always\n    image: a:1\n");
    expect(result.refused).toEqual([{ rule: "compose/breaking", title: "Break" }]);
  });

  it("does nothing to a text that is no file of ours", () => {
    expect(fixAll("x", () => undefined, "safe")).toMatchObject({ text: "x", edits: [], rounds: 0 });
  });
});

describe("fixesOfRule", () => {
  it("gives the fixes of one rule as one list that can be applied", () => {
    const text = "FROM a:latest\nMAINTAINER me\nFROM b:latest\n";
    const report = checkText("Dockerfile", text);
    const { edits, count } = fixesOfRule(report, "image/latest-tag", "safe");
    expect(count).toBe(2);
    expect(applyEdits(text, edits)).toBe("FROM a\nMAINTAINER me\nFROM b\n");
  });
});

describe("editsBetween", () => {
  it("leads from one text to the other, and touches no more lines than it must", () => {
    const line = constantFrom("a", "b", "c", "", "  d", "e\r");
    const texts = array(line, { maxLength: 12 }).map((lines) => lines.join("\n"));
    assert(
      property(texts, texts, (before, after) => {
        const edits = editsBetween(before, after);
        expect(applyEdits(before, edits)).toBe(after);
        if (before === after) expect(edits).toEqual([]);
      }),
      { numRuns: 500, seed: 1 },
    );
    expect(editsBetween("a\nb\nc\nd\n", "a\nx\nc\nd!\n")).toEqual([
      { span: { start: 2, end: 3 }, text: "x" },
      { span: { start: 7, end: 7 }, text: "!" },
    ]);
  });
});
