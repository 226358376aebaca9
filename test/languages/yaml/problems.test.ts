import { describe, expect, test } from "vitest";
import { parseYaml } from "../../../server/src/languages/yaml/parse.ts";
import { plain } from "./plain.ts";

/** The problems of a text, each with the characters it points at. */
function problemsOf(text: string): readonly (readonly [string, string])[] {
  return parseYaml(text).problems.map(({ at, message }) => [text.slice(at.start, at.end), message]);
}

describe("what is wrong is said in plain words, at the few characters at fault", () => {
  test.each([
    ["web:\n  image nginx\n  ports: []\n", "image nginx", "A `:` is missing behind `image nginx`."],
    ["web:\n  image: nginx\n  po\n", "po", "A `:` is missing behind `po`."],
    ["web:\n  image:nginx\n  ports: []\n", "image:nginx", "A blank is missing behind `image:`."],
    ["a:\n  b: 1\n   c: 2\n", "c", "`c` is indented deeper than `b`, which already has a value."],
    ["a:\n    b: 1\n  c: 2\n", "c", "No key above is indented like `c`: line it up with those it belongs to."],
    [" a: 1\nb: 2\n", "b", "No key above is indented like `b`: line it up with those it belongs to."],
    ["a: b: c\n", ":", "A second `:` cannot stand in the value of `a`: quote the value if it is meant as text."],
    [": a\n", ":", "A key is missing before this `:`."],
    ['a: "foo\nb: 1\n', '"', 'This `"` is never closed.'],
    ["a: 'foo\nb: 1\n", "'", "This `'` is never closed."],
    ["a: [1, 2\nb: 3\n", "[", "This `[` is never closed."],
    ["a: [1, 2}\nb: 3\n", "}", "`}` cannot close a `[`."],
    ["a: [1]]\nb: 3\n", "]", "This `]` closes nothing: remove it."],
    ["a: [1, , 2]\n", ",", "A value is missing before this comma."],
    ["a: ['x' 'y']\n", "'", "A comma is missing before `'y'`."],
    ['{"a": 1 "b": 2}\n', '"b"', 'A comma is missing before `"b"`.'],
    ["a: [\n  - 1\n]\n", "-", "A list with `-` cannot stand inside `{ }` or `[ ]`: separate its items by commas."],
    ["a:\n\tb: 1\n", "\t", "A tab cannot indent in YAML: indent with spaces."],
    ["a: 1\nb: 2\na: 3\n", "a", "`a` is already set further up in the same map; keep one of the two."],
    ["a: - b\n", "-", "A list starts on a line of its own, below its key."],
    ["a: 1\n- b\n", "-", "A list cannot stand here: it needs a key of its own."],
    ["a: @b\n", "@", "A value cannot start with `@`: quote it."],
    ["a: `b`\n", "`", "A value cannot start with a backquote: quote it."],
    ['a: "\\d"\n', "\\d", "`\\d` means nothing between double quotes; write `\\\\d`, or use single quotes."],
    ['a: "x" y\n', "y", "`y` cannot stand behind the end of a value: quote the value as a whole if it belongs to it."],
    ["a: 'x'#c\n", "#", "A comment needs a blank before its `#`."],
    ["a: *b\n", "*b", "`*b` has no `&b` above it; put it in quotes if the `*` is meant as text."],
    ["a: &b {c: *b}\n", "*b", "`*b` stands for a value that it is itself a part of."],
    ["<<: 5\n", "<<", "`<<` takes a map or a list of maps, most often as an alias: `<<: *name`."],
    ["a: &b &c 1\n", "&c", "A value can have one anchor only."],
    ["b: &b 1\na: !t *b\n", "*b", "An alias cannot have an anchor or a tag of its own."],
    ["a: |x\n  b\n", "x", "Behind `|` or `>` only `+`, `-` and one digit can stand: the text starts on the next line."],
    ["--- a: b\n", "---", "What follows `---` starts on a line of its own."],
    ["? [a]\n: b\n", "[", "A map or a list cannot be a key."],
    [
      "a: 1\n<<<<<<< HEAD\nb: 1\n",
      "<<<<<<< HEAD",
      "This is left over from a merge conflict: decide which side to keep.",
    ],
  ])("%j", (text, at, message) => {
    expect(problemsOf(text)).toEqual([[at, message]]);
  });

  test("the second of two equal keys counts, however many there are", () => {
    expect(problemsOf("a: 1\na: 2\na: 3\n")).toHaveLength(2);
    expect(plain(parseYaml("a: 1\na: 2\na: 3\n").root)).toEqual({ a: 3 });
    expect(problemsOf("a: {x: 1, x: 2}\n")).toHaveLength(1);
  });

  test("one line has one problem", () => {
    expect(problemsOf("a: [1 'x' \"y\" }\n")).toHaveLength(1);
  });

  test("a line that is understood is not blamed for the one before", () => {
    expect(problemsOf("a:\n\tb: 1\n\tc: [\n\td: 2\n").every(([, message]) => message.startsWith("A tab"))).toBe(true);
  });
});

describe("a broken document keeps what was understood", () => {
  test.each([
    [
      "services:\n  web:\n    image: nginx\n    po\n  db:\n    image: pg\n",
      { services: { web: { image: "nginx", po: null }, db: { image: "pg" } } },
    ],
    [
      'services:\n  web:\n    image: "nginx\n  db:\n    image: pg\n',
      { services: { web: { image: "nginx" }, db: { image: "pg" } } },
    ],
    [
      "services:\n  web:\n    command: [\n  db:\n    image: pg\n",
      { services: { web: { command: [] }, db: { image: "pg" } } },
    ],
    ["a: ]\nb: 3\n", { a: null, b: 3 }],
    ["a:\n\tb: 1\n\tc:\n\t\td: 2\ne: 3\n", { a: { b: 1, c: { d: 2 } }, e: 3 }],
    ["a: *none\nb: 3\n", { a: null, b: 3 }],
  ])("%j", (text, value) => {
    expect(parseYaml(text).problems.length).toBeGreaterThan(0);
    expect(plain(parseYaml(text).root)).toEqual(value);
  });

  test("values nested too deeply are cut, and do not overflow the stack", () => {
    const lines = Array.from({ length: 2_000 }, (_, depth) => `${" ".repeat(depth)}a:\n`).join("");
    for (const text of [
      `${"[".repeat(10_000)}${"]".repeat(10_000)}`,
      `${"{a: ".repeat(10_000)}${"}".repeat(10_000)}`,
      `${"- ".repeat(10_000)}x`,
      lines,
      `${lines}b: 1`,
    ]) {
      expect(
        parseYaml(text)
          .problems.map(({ message }) => message)
          .join(),
        text.slice(0, 20),
      ).toContain("levels deep");
    }
    expect(parseYaml("[".repeat(10_000)).problems).toHaveLength(1);
    expect(plain(parseYaml(`a: ${"[".repeat(300)}1${"]".repeat(300)}`).root)).toHaveProperty("a");
  });
});
