import { describe, expect, it } from "vitest";
import { folderOf, joinPath, nameOf, normalizePath } from "../../server/src/text/path.ts";

describe("paths", () => {
  it.each([
    ["", "."],
    [".", "."],
    ["./a", "a"],
    ["a//b/./c/", "a/b/c"],
    ["a/../b", "b"],
    ["a/..", "."],
    ["../a", "../a"],
    ["a/../../b", "../b"],
    ["/", "/"],
    ["/../a", "/a"],
    ["/a/b/..", "/a"],
  ])("%j is %j", (path, expected) => {
    expect(normalizePath(path)).toBe(expected);
  });

  it.each([
    [".", "a", "a"],
    ["a/b", "../c", "a/c"],
    ["a", "/c", "/c"],
    ["/a", ".", "/a"],
    ["/", "b", "/b"],
  ])("%j and %j are %j", (folder, path, expected) => {
    expect(joinPath(folder, path)).toBe(expected);
  });

  it("fall into folder and name", () => {
    expect(["a/b", "a", "/a", "/"].map(folderOf)).toEqual(["a", ".", "/", "/"]);
    expect(["a/b", "a", "/a"].map(nameOf)).toEqual(["b", "a", "a"]);
  });
});
