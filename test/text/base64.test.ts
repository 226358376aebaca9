import { assert, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeBase64, encodeBase64, isBase64, utf8Length } from "../../server/src/text/base64.ts";

describe("base64", () => {
  it("reads back what it wrote, and writes what Node does", () => {
    assert(
      property(string({ unit: "grapheme" }), (text) => {
        const encoded = encodeBase64(text);
        expect(encoded).toBe(Buffer.from(text, "utf8").toString("base64"));
        expect(decodeBase64(encoded)).toBe(text);
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
      }),
    );
  });

  it("skips line ends, and nothing else", () => {
    expect(decodeBase64("aGVs\nbG8=\n")).toBe("hello");
    expect(isBase64("aGVs bG8=")).toBe(false);
  });

  it.each(["hello", "a", "aGVsbG8", "=aaa", "aGVs-bG8="])("is none: %s", (text) => {
    expect(isBase64(text)).toBe(false);
    expect(decodeBase64(text)).toBeUndefined();
  });

  it("does not fail on binary data", () => {
    expect(decodeBase64(Buffer.from([0xff, 0x41, 0x00]).toString("base64"))).toBe("\uFFFDA\u0000");
  });
});
