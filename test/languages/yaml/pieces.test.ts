import { array, assert, constantFrom, nat, oneof, property, record, tuple } from "fast-check";
import { describe, expect, test } from "vitest";
import type { YamlNode } from "../../../server/src/languages/yaml/node.ts";
import { parseYaml, readInPieces } from "../../../server/src/languages/yaml/parse.ts";
import { diceOf, link, rootTree } from "./random-document.ts";
import { printTree } from "./random-style.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 400);

const shop = `# The shop.
---
x-logging: &logging
  driver: local   # on every machine

services:
  # The page.
  web:
    image: nginx:1.27
    logging: *logging
    command: >-
      nginx

      -g off

  db: &db
    image: postgres:17
    environment: { A: b,
      C: d }
  copy:
    <<: *db
volumes:
  data:
secrets: {}
`;

const texts: readonly string[] = [
  shop,
  shop.replaceAll("\n", "\r\n"),
  "a:\n  b: |+\n    text\n\n\n  c: 'x\n    y'\n\n# end",
  "spec:\n  list:\n  - a\n  -\n    b\n  - b:\n      c\n  more:\n    - d\nstatus:\n- e\n",
  "a:\n    b:\n      c: 1\n    d:\n     e: 2\n",
];

/** All there is to know of a node. */
function told(node: YamlNode | undefined): unknown {
  if (node?.type === "seq") return { ...node, items: node.items.map(told) };
  if (node?.type !== "map") return node;
  const { merges, entries } = node;
  const valued = (entry: { readonly value: YamlNode }): unknown => ({ ...entry, value: told(entry.value) });
  return { ...node, get: undefined, entries: entries.map(valued), merges: merges?.map(valued) };
}

/** Short texts are read as a whole, so that the two ways can be compared. */
function holdsFor(text: string, known?: NonNullable<ReturnType<typeof readInPieces>>["pieces"]): boolean {
  const pieced = readInPieces(text, known);
  if (pieced === undefined) return false;
  const whole = parseYaml(text);
  expect(whole.problems, text).toEqual([]);
  expect(told(pieced.root), text).toEqual(told(whole.root));
  expect(pieced.comments, text).toEqual(whole.comments);
  return true;
}

describe("a document that is read in pieces is the one that is read as a whole", () => {
  test.each(texts)("text %#", (text) => {
    expect(holdsFor(text)).toBe(true);
  });

  test("whatever is in it", () => {
    let pieced = 0;
    assert(
      property(rootTree, nat(), (root, seed) => {
        const dice = diceOf(seed);
        link(root, dice);
        const { text } = printTree(root, dice);
        if (text.length < 4000 && holdsFor(text)) pieced += 1;
      }),
      { numRuns: RUNS },
    );
    expect(pieced).toBeGreaterThan(RUNS / 20);
  });

  // No comments and markers among the edits: the library misreads some that stand where a value begins, and in pieces fewer of them.
  test("after any edit, with the pieces from before it", () => {
    const edit = record({
      at: nat(1000),
      remove: nat(12),
      insert: constantFrom("x", " ", "\n", "\n  y:\n    z: 1\n", ":", "'", '"', "[", "}", "- ", "|\n", "\t", "{{ a }}"),
    });
    assert(
      property(
        oneof(constantFrom(...texts), tuple(rootTree, nat()).map(printed)),
        array(edit, { maxLength: 4 }),
        (start, edits) => {
          let text = start;
          let pieces = readInPieces(text)?.pieces ?? [];
          for (const { at, remove, insert } of edits) {
            const from = at % (text.length + 1);
            text = text.slice(0, from) + insert + text.slice(from + remove);
            if (text.length > 4000 || /^(?:---|\.\.\.)/m.test(text.slice(10))) return;
            if (!text.includes("{{")) holdsFor(text, pieces);
            pieces = readInPieces(text, pieces)?.pieces ?? pieces;
          }
        },
      ),
      { numRuns: RUNS * 2 },
    );
  });
});

function printed([root, seed]: readonly [Parameters<typeof link>[0], number]): string {
  const dice = diceOf(seed);
  link(root, dice);
  return printTree(root, dice).text;
}

test("an edit leaves the other pieces as they were read", () => {
  const before = readInPieces(shop)?.pieces ?? [];
  expect(before.map(({ text }) => text.trim().split("\n", 1)[0])).toEqual([
    "# The shop.",
    "x-logging: &logging",
    "services:",
    "web:",
    "db: &db",
    "copy:",
    "volumes:",
    "data:",
    "secrets: {}",
  ]);
  const after = readInPieces(shop.replace("nginx:1.27", "nginx:1.28"), before)?.pieces ?? [];
  expect(after.map((piece) => before.includes(piece))).toEqual([true, true, true, false, true, true, true, true, true]);
});

test.each([
  ["a list", "- a\n- b\n"],
  ["a key in quotes", 'a: 1\n"b": 2\n'],
  ["a tab", "a:\n\tb: 1\n"],
  ["something wrong", "services:\n  a:\n    b: [1\n  c: 2\n"],
  ["a key twice", "a:\n  b: 1\n  b: 2\n"],
  ["an unknown alias", "a: *b\n"],
  ["two documents", "---\n---\na: 1\n"],
])("%s makes it one piece", (_, text) => {
  expect(readInPieces(text)).toBeUndefined();
});

test("while a long document is broken its pieces are kept", () => {
  const services = Array.from(
    { length: 100 },
    (_, index) => `  app-${index}:\n    image: app:1.${index}\n    restart: always\n`,
  );
  const text = `services:\n${services.join("")}`;
  const whole = parseYaml(text);
  const broken = parseYaml(text.replace("  app-50:", "  app-50"), whole);
  expect(broken.problems).not.toEqual([]);
  const mended = parseYaml(text.replace("app:1.50", "app:1.51"), broken);
  expect(mended.problems).toEqual([]);
  expect(mended.pieces?.filter((piece) => whole.pieces?.includes(piece) === true)).toHaveLength(101);
});
