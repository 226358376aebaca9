import { describe, expect, it } from "vitest";
import { parseEnvironmentFile } from "../../server/src/languages/environment-file.ts";

const read = (text: string) => parseEnvironmentFile(text)?.map(({ name, value }) => [name, value]);

describe("a file of variables", () => {
  it.each([
    [
      "plain values",
      "A=1\nB = two words \n",
      [
        ["A", "1"],
        ["B", "two words"],
      ],
    ],
    [
      "comments",
      "# a\n\nA=1 # one\nB=a#b\nC=#\n",
      [
        ["A", "1"],
        ["B", "a#b"],
        ["C", ""],
      ],
    ],
    [
      "names without a value",
      "A\nB=\n  C  \n",
      [
        ["A", undefined],
        ["B", ""],
        ["C", undefined],
      ],
    ],
    [
      "`export` and colons",
      "export A=1\nB: 2\nexported=3\n",
      [
        ["A", "1"],
        ["B", "2"],
        ["exported", "3"],
      ],
    ],
    ["single quotes", "A='a $b # c'\n", [["A", "a $$b # c"]]],
    ["double quotes", 'A="a\\nb \\"c\\" $D" # e\n', [["A", 'a\nb "c" $D']]],
    [
      "several lines",
      'A="-----BEGIN\nkey\n"\nB=1',
      [
        ["A", "-----BEGIN\nkey\n"],
        ["B", "1"],
      ],
    ],
    [
      "Windows' line endings",
      'A=1\r\nB="x"\r\nC\r\n',
      [
        ["A", "1"],
        ["B", "x"],
        ["C", undefined],
      ],
    ],
    ["nothing", "", []],
    ["a byte order mark", "\uFEFFA=1", [["A", "1"]]],
  ])("%s", (_name, text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  it.each(["echo hello world\n", "#!/bin/sh\nset -e\nexec a\n", 'A="open\n', "1A=2\n", "[section]\na=b\n"])(
    "is not %j",
    (text) => {
      expect(parseEnvironmentFile(text)).toBeUndefined();
    },
  );

  it("knows where the names stand", () => {
    const text = "# a\nexport AB=1\n";
    const [entry] = parseEnvironmentFile(text) ?? [];
    expect(entry && text.slice(entry.span.start, entry.span.end)).toBe("AB");
  });
});
