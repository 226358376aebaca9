import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { splitDocuments } from "../../../server/src/languages/yaml/documents.ts";
import { parseStream } from "../../../server/src/languages/yaml/parse.ts";

const texts = (text: string): readonly string[] => splitDocuments(text).map((part) => part.text);

describe("the documents of a stream", () => {
  test("a text without markers is one", () => {
    expect(splitDocuments("a: 1\nb: 2\n")).toEqual([{ base: 0, text: "a: 1\nb: 2\n" }]);
    expect(splitDocuments('{"a": "---"}')).toEqual([{ base: 0, text: '{"a": "---"}' }]);
  });

  test("start at `---` in column 0, which they keep", () => {
    expect(splitDocuments("a: 1\n---\nb: 2\n--- # c\nc: 3\n")).toEqual([
      { base: 0, text: "a: 1\n" },
      { base: 5, text: "---\nb: 2\n" },
      { base: 14, text: "--- # c\nc: 3\n" },
    ]);
    expect(texts("a: 1\r\n---\r\nb: 2\r\n")).toEqual(["a: 1\r\n", "---\r\nb: 2\r\n"]);
  });

  test("do not start at dashes that are indented or go on", () => {
    expect(texts("a: |\n  ---\n  x\nb: ---x\n----\n")).toHaveLength(1);
  });

  test("start even in what looks like a block scalar, as YAML has it", () => {
    expect(texts("a: |\n  x\n---\n  y\n")).toEqual(["a: |\n  x\n", "---\n  y\n"]);
  });

  test("own the comments and directives above their `---` at the top of a file", () => {
    expect(texts("# licence\n\n%YAML 1.2\n---\na: 1\n---\nb: 2\n")).toEqual([
      "# licence\n\n%YAML 1.2\n---\na: 1\n",
      "---\nb: 2\n",
    ]);
    expect(texts("\uFEFF# c\n---\na: 1\n")).toEqual(["\uFEFF# c\n---\na: 1\n"]);
    expect(texts("\uFEFF---\na: 1\n---\nb: 2")).toEqual(["\uFEFF---\na: 1\n", "---\nb: 2"]);
  });

  test("end at `...`", () => {
    expect(texts("a: 1\n...\n# next\n---\nb: 2\n")).toEqual(["a: 1\n...\n", "# next\n---\nb: 2\n"]);
    expect(texts("a: 1\n...\nb: 2\n")).toEqual(["a: 1\n...\n", "b: 2\n"]);
  });

  test("are left out where they hold nothing, unless that is all there is", () => {
    expect(texts("---\na: 1\n---\n---\nb: 2\n---\n\n")).toEqual(["---\na: 1\n", "---\nb: 2\n"]);
    expect(texts("")).toEqual([""]);
    expect(texts("---\n")).toEqual(["---\n"]);
    expect(texts("a: 1\n---\n# only a comment\n")).toEqual(["a: 1\n", "---\n# only a comment\n"]);
  });

  test("lie where their bases say", () => {
    const line = constantFrom("a: 1", "---", "...", "# c", "", "--- x", " - b", "%TAG", "\uFEFF", "---\r");
    assert(
      property(array(line), (lines) => {
        const text = lines.join("\n");
        let end = 0;
        for (const part of splitDocuments(text)) {
          expect(text.slice(part.base, part.base + part.text.length)).toBe(part.text);
          expect(
            text
              .slice(end, part.base)
              .replace(/^(?:---|\.\.\.)/gm, "")
              .trim(),
          ).toBe("");
          end = part.base + part.text.length;
        }
      }),
    );
  });
});

describe("a stream parsed again", () => {
  test("keeps the documents whose text did not change", () => {
    const before = parseStream("a: 1\n---\nb: 2\n---\nc: 3\n");
    const after = parseStream("a: 1\nadded: x\n---\nb: 2\n---\nc: 3\n", before);
    expect(after.map(({ base }) => base)).toEqual([0, 14, 23]);
    expect(after[0]?.document).not.toBe(before[0]?.document);
    expect(after[1]?.document).toBe(before[1]?.document);
    expect(after[2]?.document).toBe(before[2]?.document);
  });
});
