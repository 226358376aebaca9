import { describe, expect, test } from "vitest";
import { parseYaml } from "../../../server/src/languages/yaml/parse.ts";
import {
  booleanOf,
  entriesOf,
  entryAt,
  getPath,
  isNull,
  isUnknown,
  isUnknownText,
  itemsOf,
  scalarText,
} from "../../../server/src/languages/yaml/path.ts";

const { root } = parseYaml(
  "web:\n  image: nginx\n  ports: [80, '443']\n  tty: true\n  init: 'false'\n  empty:\n  text: ${A}\n",
);

describe("paths", () => {
  test("lead to values and entries, or to nothing", () => {
    expect(scalarText(getPath(root, "web", "image"))).toBe("nginx");
    expect(scalarText(getPath(root, "web", "ports", 0))).toBe("80");
    expect(scalarText(getPath(root, "web", "ports", -1))).toBe("443");
    expect(getPath(root, "web", "ports", "x")).toBeUndefined();
    expect(getPath(root, "web", 0)).toBeUndefined();
    expect(getPath(root, "web", "image", "x")).toBeUndefined();
    expect(getPath(undefined, "web")).toBeUndefined();
    expect(entryAt(root, "web", "image")?.key).toBe("image");
    expect(entryAt(root, "web", "ports", 0)).toBeUndefined();
    expect(getPath(root)).toBe(root);
  });

  test("give collections as lists and scalars as what they mean", () => {
    expect(itemsOf(getPath(root, "web", "ports"))).toHaveLength(2);
    expect(itemsOf(getPath(root, "web", "image"))).toEqual([]);
    expect(entriesOf(getPath(root, "web"))).toHaveLength(6);
    expect(entriesOf(undefined)).toEqual([]);
    expect(booleanOf(getPath(root, "web", "tty"))).toBe(true);
    expect(booleanOf(getPath(root, "web", "init"))).toBe(false);
    expect(booleanOf(getPath(root, "web", "image"))).toBeUndefined();
    expect(isNull(getPath(root, "web", "empty"))).toBe(true);
    expect(isNull(getPath(root, "web", "none"))).toBe(true);
    expect(isNull(getPath(root, "web", "tty"))).toBe(false);
    expect(scalarText(getPath(root, "web", "empty"))).toBeUndefined();
  });
});

describe("what a text stands for is unknown", () => {
  test.each([
    ["${A}", true, true],
    ["x-${A:-b}", true, true],
    ["$A", true, false],
    ["$$A", false, false],
    ["$${A}", false, true],
    ["$$$A", true, false],
    ["cost: 5$", false, false],
    ["{{ .x }}", true, true],
    ["{% x %}", true, true],
    ["<NAME>", false, true],
    ["postgres://<user>:<pass word>@db", false, true],
    ["<path:secret/data/db#password>", false, true],
    ["a < b, c > d", false, false],
    ["<5>", false, false],
    ["read <file\nwrite >file", false, false],
    ["plain", false, false],
    ["$".repeat(50_000), false, false],
  ])("%s: in Compose %s, in a manifest %s", (text, compose, kubernetes) => {
    expect(isUnknownText(text, "compose")).toBe(compose);
    expect(isUnknownText(text, "kubernetes")).toBe(kubernetes);
  });

  test("only of scalars", () => {
    expect(isUnknown(getPath(root, "web", "text"))).toBe(true);
    expect(isUnknown(getPath(root, "web"))).toBe(false);
    expect(isUnknown(undefined)).toBe(false);
  });
});
