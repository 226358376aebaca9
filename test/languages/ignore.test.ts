import { describe, expect, it } from "vitest";
import { ignoredBy, ignores, parseIgnoreFile } from "../../server/src/languages/ignore/index.ts";

describe("parseIgnoreFile", () => {
  it("keeps the patterns as the builder cleans them", () => {
    const text =
      "\uFEFF# comment\r\n\r\n  node_modules/  \n/dist\n./a//b/../c\n! keep\n!/x/\n # no comment\n*.md\n!\n.\n";
    expect(parseIgnoreFile(text).patterns).toEqual([
      "node_modules",
      "dist",
      "a/c",
      "!keep",
      "!x",
      "# no comment",
      "*.md",
      "!",
      ".",
    ]);
  });
});

describe("ignores", () => {
  it.each([
    ["node_modules", "node_modules", true],
    ["node_modules", "node_modules/a/b.js", true],
    ["node_modules", "web/node_modules", false],
    ["**/node_modules", "web/node_modules/a", true],
    ["**/node_modules", "node_modules", true],
    ["/dist/", "dist/a", true],
    ["*.md", "README.md", true],
    ["*.md", "docs/README.md", false],
    ["**/*.md", "docs/README.md", true],
    ["docs/**", "docs/a/b", true],
    ["docs/**", "docs", false],
    ["docs/**/c", "docs/c", true],
    ["docs/**/c", "docs/a/b/c", true],
    ["**", "anything", true],
    ["*", "a/b", true],
    ["*/b", "a/b", true],
    ["*/b", "a/c/b", false],
    ["a?c", "abc", true],
    ["a?c", "a/c", false],
    ["[ab].txt", "a.txt", true],
    ["[^ab].txt", "a.txt", false],
    ["\\*.txt", "*.txt", true],
    ["\\*.txt", "a.txt", false],
    ["**.env", "prod.env", true],
    ["**.env", "a/.env", true],
    [".env*", ".env.local", true],
    ["a.b", "axb", false],
    ["a+(b)", "a+(b)", true],
    ["[", "[", false],
    ["x", ".", false],
    ["*", ".", false],
  ])("%j leaves out %j: %s", (pattern, path, expected) => {
    expect(ignores(parseIgnoreFile(pattern).patterns, path)).toBe(expected);
  });

  it("lets the last pattern that fits decide", () => {
    const patterns = parseIgnoreFile("*\n!src\n!package*.json\nsrc/**/*.test.ts\n!src/keep.test.ts").patterns;
    const kept = ["src", "src/a.ts", "package.json", "src/keep.test.ts"];
    const left = ["README.md", "src/a.test.ts", "src/a/b.test.ts", ".git/HEAD"];
    expect(kept.filter((path) => ignores(patterns, path))).toEqual([]);
    expect(left.filter((path) => !ignores(patterns, path))).toEqual([]);
  });

  it("has nothing to say without patterns", () => {
    expect(ignores([], "a")).toBe(false);
    expect(ignores(["!"], "a")).toBe(false);
  });
});

describe("places", () => {
  it("of patterns and comments count in the text, whatever its line endings", () => {
    const text = "\uFEFF# one\r\n\r\n  !a b \r\n#seaworthy ignore x  \nlast";
    const { entries, comments, lineEnding } = parseIgnoreFile(text);
    const at = ({ span }: { readonly span: { readonly start: number; readonly end: number } }) =>
      text.slice(span.start, span.end);
    expect(entries.map(at)).toEqual(["!a b", "last"]);
    expect(entries.map(({ lineSpan }) => at({ span: lineSpan }))).toEqual(["  !a b \r\n", "last"]);
    expect(comments.map(at)).toEqual(["# one", "#seaworthy ignore x"]);
    expect(comments.map((comment) => comment.text)).toEqual(["one", "seaworthy ignore x"]);
    expect(lineEnding).toBe("\r\n");
  });

  it("tell which pattern decides", () => {
    const { patterns } = parseIgnoreFile("a\n!a/b\n**/c\n");
    expect([ignoredBy(patterns, "a"), ignoredBy(patterns, "a/b"), ignoredBy(patterns, "a/b/c")]).toEqual([
      0,
      undefined,
      2,
    ]);
  });
});
