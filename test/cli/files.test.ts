import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readText, writeText } from "../../server/src/cli/files.ts";
import { folderWith } from "./fake-terminal.ts";

describe("readText", () => {
  test("takes a byte order mark off and says so", () => {
    const folder = folderWith({ Dockerfile: "\ufeffFROM node\r\n", plain: "FROM node\n" });
    expect(readText(join(folder, "Dockerfile"))).toEqual({ text: "FROM node\r\n", mark: true, faithful: true });
    expect(readText(join(folder, "plain"))).toEqual({ text: "FROM node\n", mark: false, faithful: true });
  });

  test("knows a file that it could not write back", () => {
    const folder = folderWith({ good: "# \ufffd is a character too\n" });
    writeFileSync(join(folder, "bad"), Buffer.from([0x23, 0x20, 0xe9, 0x0a]));
    expect(readText(join(folder, "good")).faithful).toBe(true);
    expect(readText(join(folder, "bad")).faithful).toBe(false);
  });
});

describe("writeText", () => {
  test("keeps the mode and leaves nothing beside the file", () => {
    const folder = folderWith({ Dockerfile: "FROM node\n" });
    const path = join(folder, "Dockerfile");
    chmodSync(path, 0o764);
    writeText(path, "FROM node:22\n", true);
    expect(readFileSync(path, "utf8")).toBe("\ufeffFROM node:22\n");
    expect(statSync(path).mode & 0o777).toBe(0o764);
    expect(readdirSync(folder)).toEqual(["Dockerfile"]);
  });

  test("writes through a link", () => {
    const folder = folderWith({ real: "a\n" });
    symlinkSync("real", join(folder, "Dockerfile"));
    writeText(join(folder, "Dockerfile"), "b\n");
    expect(readFileSync(join(folder, "real"), "utf8")).toBe("b\n");
    expect(lstatSync(join(folder, "Dockerfile")).isSymbolicLink()).toBe(true);
  });

  test("leaves the file as it is where it cannot be replaced", () => {
    const folder = folderWith({ "taken/inside": "x" });
    // a folder cannot be replaced by a file
    expect(() => writeText(join(folder, "taken"), "b\n")).toThrow();
    expect(readFileSync(join(folder, "taken", "inside"), "utf8")).toBe("x");
    expect(readdirSync(folder)).toEqual(["taken"]);
  });
});
