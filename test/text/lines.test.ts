import { array, assert, constantFrom, nat, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { inOrder } from "../../server/src/languages/in-order.ts";
import { linesOf } from "../../server/src/text/lines.ts";

const text = array(constantFrom("a", "bc", "\n", "\r\n", "\r", "\u{1F600}")).map((parts) => parts.join(""));

describe("lines", () => {
  it("of an edited text are those of that text", () => {
    assert(
      property(text, text, nat(), nat(), (before, inserted, from, length) => {
        const start = from % (before.length + 1);
        const end = Math.min(before.length, start + (length % 5));
        const after = before.slice(0, start) + inserted + before.slice(end);
        const edited = linesOf(before).edited(after, { start, end }, inserted);
        const anew = linesOf(after);
        expect(edited.count).toBe(anew.count);
        for (let line = 0; line <= anew.count; line++) expect(edited.span(line)).toEqual(anew.span(line));
      }),
      { numRuns: 2000 },
    );
  });
});

describe("things of a former list", () => {
  it("are found wherever they went", () => {
    assert(
      property(array(string({ maxLength: 2 })), array(string({ maxLength: 2 })), (before, after) => {
        const known = inOrder(
          before.map((key) => ({ key })),
          ({ key }) => key,
        );
        for (const [index, key] of after.entries()) {
          expect(known(key, index)?.key).toBe(before.includes(key) ? key : undefined);
        }
      }),
    );
  });
});
