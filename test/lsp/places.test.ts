import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { negotiateEncoding, placesOf } from "../../server/src/lsp/convert.ts";
import { createDocuments } from "../../server/src/lsp/documents.ts";
import { foldersUp, isWithin, keyOf, pathOf, rootOf, siblingUri } from "../../server/src/lsp/uri.ts";
import { writtenPath } from "../../server/src/text/path.ts";

const texts = fc
  .array(fc.constantFrom("a", "b", " ", "\n", "\r\n", "\r", "é", "€", "😀", "\ud800", "key: value"), { maxLength: 60 })
  .map((parts) => parts.join(""));

describe("places in UTF-16", () => {
  test("are those of the protocol's own document", () => {
    fc.assert(
      fc.property(texts, fc.nat(80), fc.nat(10), fc.nat(30), (text, offset, line, character) => {
        const oracle = TextDocument.create("a:b", "c", 1, text);
        const places = placesOf(text, "utf-16");
        expect(places.lineCount).toBe(oracle.lineCount);
        // Between the two characters of a line ending there is no place of a line.
        if (!(text[offset - 1] === "\r" && text[offset] === "\n")) {
          expect(places.position(offset)).toEqual(oracle.positionAt(offset));
        }
        expect(places.offset({ line, character })).toBe(oracle.offsetAt({ line, character }));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("places in UTF-8", () => {
  test("count the bytes of the line before them, and lead back", () => {
    fc.assert(
      fc.property(texts, fc.nat(80), (text, at) => {
        const places = placesOf(text, "utf-8");
        const plain = placesOf(text, "utf-16");
        const offset = Math.min(at, text.length);
        // No place lies within one character or one line ending.
        if (/^[\udc00-\udfff]/.test(text.slice(offset)) && /[\ud800-\udbff]$/.test(text.slice(0, offset))) return;
        if (text[offset - 1] === "\r" && text[offset] === "\n") return;
        const { line } = plain.position(offset);
        const lineStart = plain.offset({ line, character: 0 });
        const bytes = Buffer.byteLength(text.slice(lineStart, offset));
        expect(places.position(offset)).toEqual({ line, character: bytes });
        expect(places.offset({ line, character: bytes })).toBe(offset);
      }),
      { numRuns: 2000 },
    );
  });

  test("within a character are taken to its start, past the line to its end", () => {
    const places = placesOf("a😀b\nc", "utf-8");
    expect([1, 2, 3, 4, 5, 6, 99].map((character) => places.offset({ line: 0, character }))).toEqual([
      1, 1, 1, 1, 3, 4, 4,
    ]);
    expect(places.offset({ line: 7, character: 0 })).toBe(6);
  });
});

test.each([
  [undefined, "utf-16"],
  [[], "utf-16"],
  [["utf-32"], "utf-16"],
  [["utf-8"], "utf-8"],
  [["utf-16", "utf-8"], "utf-16"],
] as const)("of the encodings %j, %s is taken", (offered, chosen) => {
  expect(negotiateEncoding(offered)).toBe(chosen);
});

describe("documents", () => {
  test("take edits as the protocol's own document does, in either encoding", () => {
    const edits = fc.array(fc.tuple(fc.nat(80), fc.nat(10), texts), { maxLength: 8 });
    fc.assert(
      fc.property(texts, edits, fc.constantFrom("utf-8" as const, "utf-16" as const), (text, steps, encoding) => {
        const documents = createDocuments((text) => placesOf(text, encoding));
        const oracle = TextDocument.create("a:b", "c", 1, text);
        documents.open({ uri: "a:b", languageId: "c", version: 1, text });
        for (const [index, [start, length, inserted]] of steps.entries()) {
          const now = oracle.getText();
          const places = placesOf(now, encoding);
          const plain = placesOf(now, "utf-16");
          const range = places.range({ start, end: start + length });
          // Both are given the same place, each in its own way of counting.
          const same = plain.range(places.span(range));
          TextDocument.update(oracle, [{ range: same, text: inserted }], index + 2);
          documents.change("a:b", index + 2, [{ range, text: inserted }]);
          expect(documents.get("a:b")?.text).toBe(oracle.getText());
        }
      }),
      { numRuns: 500 },
    );
  });

  test("are one, however the editor writes their address", () => {
    const documents = createDocuments((text) => placesOf(text, "utf-16"));
    documents.open({ uri: "file:///c%3A/a%20b/Dockerfile", languageId: "dockerfile", version: 1, text: "" });
    expect(documents.byKey(keyOf("file:///c:/a b/Dockerfile"))?.path).toBe("/c:/a b/Dockerfile");
    documents.close("file:///c%3A/a%20b/Dockerfile");
    expect(documents.byKey(keyOf("file:///c:/a b/Dockerfile"))).toBeUndefined();
  });
});

describe("addresses", () => {
  test.each([
    ["file:///srv/app/Dockerfile", "file://", "/srv/app/Dockerfile"],
    ["file:///c%3A/a%20b/%C3%A9", "file://", "/c:/a b/é"],
    ["vscode-vfs://github/acme/shop/Dockerfile?ref=1#2", "vscode-vfs://github", "/acme/shop/Dockerfile"],
    ["untitled:Untitled-1", "untitled:", "Untitled-1"],
    ["file:///50%/a", "file://", "/50%/a"],
  ])("%s", (uri, root, path) => {
    expect(rootOf(uri)).toBe(root);
    expect(pathOf(uri)).toBe(path);
  });

  test("lead to the files beside and back", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1, unit: "grapheme" }), { minLength: 1, maxLength: 4 }), (parts) => {
        const path = `/${parts.map((part) => part.replaceAll("/", "_")).join("/")}`;
        expect(pathOf(siblingUri("vscode-vfs://github/a/b", path))).toBe(path);
      }),
    );
    expect(siblingUri("file:///a/b", "/c:/it's (1)!")).toBe("file:///c%3A/it%27s%20%281%29%21");
  });

  test("know what lies within what", () => {
    expect(isWithin("/a/b", "/a/b/c")).toBe(true);
    expect(isWithin("/a/b", "/a/bc")).toBe(false);
    expect(isWithin("/", "/a")).toBe(true);
    expect(foldersUp("/a/b/c", "/a")).toEqual(["/a/b/c", "/a/b", "/a"]);
    expect(foldersUp("/a/b", "/x")).toEqual(["/a/b", "/a", "/"]);
    expect(writtenPath("/w/a", "../b/./c.yaml")).toBe("/w/b/c.yaml");
    expect(writtenPath("/w", "C:\\conf\\c.yaml")).toBe("/C:/conf/c.yaml");
  });
});
