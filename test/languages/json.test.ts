import { assert, constantFrom, dictionary, integer, jsonValue, array, property, string } from "fast-check";
import { describe, expect, it } from "vitest";
import { addJsonMember, appendJsonItem, type JsonText, type JsonValue } from "../../server/src/languages/json/edit.ts";
import { type JsonDialect, type JsonNode, memberOf, parseJson } from "../../server/src/languages/json/parse.ts";
import { applyEdits } from "../../server/src/text/edit.ts";

describe("reading", () => {
  it("gives the places of names and values", () => {
    const text = '{ "a": [1, "x"], // c\n "b": true, }';
    const root = rootOf(text, "jsonc");
    const list = memberOf(root, "a");
    expect(list && text.slice(list.span.start, list.span.end)).toBe('[1, "x"]');
    expect(root.type === "object" && root.members.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      '"a": [1, "x"]',
      '"b": true',
    ]);
  });

  it("reads JSON5 and a byte order mark", () => {
    const root = rootOf("\uFEFF{a: 'x', b: +Infinity, /* c */ 'd': null,}", "json5");
    expect(memberOf(root, "a")).toMatchObject({ value: "x", span: { start: 5, end: 8 } });
    expect(memberOf(root, "b")).toMatchObject({ type: "scalar", value: null });
  });

  it("takes the last of two members of one name", () => {
    expect(memberOf(rootOf('{"a": 1, "a": 2}', "jsonc"), "a")).toMatchObject({ value: 2 });
  });

  it.each(["", "{", "[1,,2]", "{a: 1}", '{"a" 1}', "\0", '"\\u12"', "{} {}"])("says that %j is broken", (text) => {
    const reading = parseJson(text, "jsonc");
    expect(reading).toMatchObject({ type: "broken", reason: expect.stringMatching(/\S[^.]$/) });
  });

  it("answers however deep a text is nested", () => {
    expect(parseJson("[".repeat(200_000), "json5").type).toBe("broken");
    expect(["read", "broken"]).toContain(parseJson("[".repeat(100_000) + "]".repeat(100_000), "json5").type);
  });
});

describe("appending an item", () => {
  it.each([
    ["a list on one line", '{"a": ["x"]}', '{"a": ["x", "y"]}'],
    ["an empty list", '{"a": [ ]}', '{"a": ["y"]}'],
    ["a list on several lines", '{\n  "a": [\n    "x"\n  ]\n}', '{\n  "a": [\n    "x",\n    "y"\n  ]\n}'],
    ["a comma at the end", '{"a": [\n\t"x",\n]}', '{"a": [\n\t"x",\n\t"y",\n]}'],
    ["line endings of Windows", '{"a": [\r\n  "x"\r\n]}', '{"a": [\r\n  "x",\r\n  "y"\r\n]}'],
    ["a comment behind the last item", '{"a": [\n  "x" // why\n]}', '{"a": [\n  "x", // why\n  "y"\n]}'],
    ["a comment behind the comma", '{"a": [\n  "x", /* why */\n]}', '{"a": [\n  "x", /* why */\n  "y",\n]}'],
    ["a comment below the last item", '{"a": [\n  "x"\n  // end\n]}', '{"a": [\n  "x",\n  "y"\n  // end\n]}'],
    ["a comment alone", '{"a": [ // none\n]}', '{"a": [\n  "y" // none\n]}'],
  ])("keeps %s", (_, before, after) => {
    expect(edited(before, "jsonc", (json) => appendJsonItem(json, listAt(json), "y"))).toBe(after);
  });

  it("writes the quotes of the file", () => {
    expect(edited("{a: ['x']}", "json5", (json) => appendJsonItem(json, listAt(json), "y"))).toBe("{a: ['x', 'y']}");
    expect(edited("{a: ['x']}", "json5", (json) => appendJsonItem(json, listAt(json), "it's"))).toBe(
      "{a: ['x', \"it's\"]}",
    );
  });
});

describe("adding a member", () => {
  const nested: JsonValue = { list: ["x", "y"], on: true };

  it.each([
    ["an empty object", "{}", '{\n  "b": {\n    "list": ["x", "y"],\n    "on": true\n  }\n}'],
    ["an object on one line", '{"a": 1}', '{"a": 1, "b": { "list": ["x", "y"], "on": true }}'],
    [
      "an indentation of four spaces",
      '{\n    "a": 1\n}\n',
      '{\n    "a": 1,\n    "b": {\n        "list": ["x", "y"],\n        "on": true\n    }\n}\n',
    ],
    [
      "a comment behind the last member",
      '{\n  "a": 1 // one\n}',
      '{\n  "a": 1, // one\n  "b": {\n    "list": ["x", "y"],\n    "on": true\n  }\n}',
    ],
  ])("fits %s", (_, before, after) => {
    expect(edited(before, "jsonc", (json) => addJsonMember(json, objectAt(json), "b", nested))).toBe(after);
  });

  it("goes behind the member that it is told", () => {
    const before = '{\n  "$schema": "s",\n  "a": 1\n}';
    const after = '{\n  "$schema": "s",\n  "b": ["x"],\n  "a": 1\n}';
    expect(edited(before, "jsonc", (json) => addJsonMember(json, objectAt(json), "b", ["x"], "$schema"))).toBe(after);
  });

  it("leaves the quotes away where others do, and where that is possible", () => {
    const json5 = (name: string): string =>
      edited("{\n  a: 1,\n}", "json5", (json) => addJsonMember(json, objectAt(json), name, ["x"]));
    expect(json5("b")).toBe('{\n  a: 1,\n  b: ["x"],\n}');
    expect(json5("b-c")).toBe('{\n  a: 1,\n  "b-c": ["x"],\n}');
  });
});

describe("whatever the text", () => {
  const indents = constantFrom<string | number>(0, 1, 2, 4, "\t");
  const asText = (value: unknown, indent: string | number, ending: string): string =>
    JSON.stringify(value, undefined, indent).replaceAll("\n", ending);

  it("an item is added to a list, and nothing else changes", () => {
    assert(
      property(array(jsonValue()), indents, constantFrom("\n", "\r\n"), string(), (items, indent, ending, item) => {
        const before = { b: 1, a: items, c: [] };
        const after = edited(asText(before, indent, ending), "jsonc", (json) =>
          appendJsonItem(json, listAt(json), item),
        );
        expect(JSON.parse(after)).toEqual(JSON.parse(JSON.stringify({ ...before, a: [...items, item] })));
        if (indent !== 0 && items.length > 0)
          expect(after).toBe(asText({ ...before, a: [...items, item] }, indent, ending));
      }),
    );
  });

  it("a member is added to an object, and nothing else changes", () => {
    assert(
      property(dictionary(string(), jsonValue()), indents, string(), integer(), (members, indent, name, at) => {
        const keys = Object.keys(members);
        if (keys.includes(name)) return;
        const behind = keys.at(at % (keys.length + 1));
        const value = { list: ["x"], [name]: true };
        const text = asText(members, indent, "\n");
        const after = edited(text, "jsonc", (json) => addJsonMember(json, objectAt(json), name, value, behind));
        const read = rootOf(after, "jsonc");
        expect(read.type === "object" && read.members.length).toBe(keys.length + 1);
        expect(memberOf(memberOf(read, name), name)).toMatchObject({ value: true });
        // JSON has members of this name, objects of JavaScript do not.
        if (![...keys, name].includes("__proto__")) {
          expect(JSON.parse(after)).toEqual(JSON.parse(JSON.stringify({ ...members, [name]: value })));
        }
      }),
    );
  });
});

function edited(
  text: string,
  dialect: JsonDialect,
  edit: (json: JsonText) => Parameters<typeof applyEdits>[1],
): string {
  const json = { text, root: rootOf(text, dialect), dialect };
  const after = applyEdits(text, edit(json)) ?? "the edits overlap";
  expect(parseJson(after, dialect), after).toMatchObject({ type: "read" });
  return after;
}

function rootOf(text: string, dialect: JsonDialect): JsonNode {
  const reading = parseJson(text, dialect);
  if (reading.type === "broken") throw new Error(reading.reason);
  return reading.root;
}

function listAt({ root }: JsonText): JsonNode & { type: "array" } {
  const found = memberOf(root, "a");
  if (found?.type !== "array") throw new Error("no list");
  return found;
}

function objectAt({ root }: JsonText): JsonNode & { type: "object" } {
  if (root.type !== "object") throw new Error("no object");
  return root;
}
