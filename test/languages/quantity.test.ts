import { describe, expect, it } from "vitest";
import { bytesText, quantityOf, suffixOf, toNumber, UNIT } from "../../server/src/languages/kubernetes/quantity.ts";

describe("a quantity", () => {
  it.each([
    ["0", 0],
    ["1", 1],
    ["+1", 1],
    ["-1", -1],
    ["1.", 1],
    [".5", 0.5],
    ["0.5", 0.5],
    ["500m", 0.5],
    ["1e3", 1000],
    ["1E3", 1000],
    ["1e-3", 0.001],
    ["1E", 1e18],
    ["1Ei", 1024 ** 6],
    ["1k", 1000],
    ["1Ki", 1024],
    ["1.5Gi", 1.5 * 1024 ** 3],
    ["100M", 100e6],
    ["2u", 0.000_002],
    ["128974848", 128_974_848],
  ])("%s is %d", (text, amount) => {
    const nanos = quantityOf(text);
    expect(nanos === undefined ? undefined : toNumber(nanos)).toBe(amount);
  });

  it.each([
    "",
    ".",
    "m",
    "1K",
    "1MB",
    "1mb",
    "1 Gi",
    "1gi",
    "0,5",
    "1e",
    "1.5.0",
    "--1",
    "1e3m",
    "0x10",
    "1_000",
    "50%",
    "∞",
  ])("%j is none", (text) => {
    expect(quantityOf(text)).toBeUndefined();
  });

  it("is exact", () => {
    expect(quantityOf("0.1")).toBe(quantityOf("100m"));
    expect(quantityOf("1024Mi")).toBe(quantityOf("1Gi"));
    expect(quantityOf("9007199254740993")).toBe(9_007_199_254_740_993n * UNIT);
  });

  it("finer than a billionth is rounded up", () => {
    expect(quantityOf("0.0000000001")).toBe(1n);
    expect(quantityOf("0.1n")).toBe(1n);
    expect(quantityOf("1e-99999")).toBeUndefined();
    expect(quantityOf("1e-999")).toBe(1n);
  });

  it("of any length is answered", () => {
    expect(quantityOf("9".repeat(100_000))).toBeUndefined();
    expect(quantityOf("1e999999999")).toBeUndefined();
  });
});

describe("a suffix", () => {
  it.each([
    ["1Mi", "Mi"],
    ["500m", "m"],
    ["1", ""],
    ["1e3", ""],
    ["1MB", ""],
  ])("of %s is %j", (text, suffix) => {
    expect(suffixOf(text)).toBe(suffix);
  });
});

describe("bytes in words", () => {
  it.each([
    [0, "0"],
    [1000, "1000"],
    [1536 * 2 ** 20, "1536Mi"],
    [2 ** 31, "2Gi"],
    [2 ** 50, "1024Ti"],
  ])("%d are %s", (bytes, text) => {
    expect(bytesText(bytes)).toBe(text);
  });
});
