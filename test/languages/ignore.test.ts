import { describe, expect, it } from "vitest";
import { ignores, parseIgnoreFile } from "../../server/src/languages/ignore/index.ts";

describe("parseIgnoreFile", () => {
  it("keeps the patterns as the builder cleans them", () => {
    const text =
      "\uFEFF# comment\r\n\r\n  node_modules/  \n/dist\n./a//b/../c\n! keep\n!/x/\n # no comment\n*.md\n!\n.\n";
    expect(parseIgnoreFile(text)).toEqual([
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
    expect(ignores(parseIgnoreFile(pattern), path)).toBe(expected);
  });

  it("lets the last pattern that fits decide", () => {
    const patterns = parseIgnoreFile("*\n!src\n!package*.json\nsrc/**/*.test.ts\n!src/keep.test.ts");
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
