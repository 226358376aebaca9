import { array, assert, constantFrom, nat, oneof, property, record, string } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import { removeEntry, setPath } from "../../../server/src/languages/yaml/edit.ts";
import type { YamlNode } from "../../../server/src/languages/yaml/node.ts";
import { parseStream, parseYaml } from "../../../server/src/languages/yaml/parse.ts";
import { applyEdits } from "../../../server/src/text/edit.ts";
import { plain } from "./plain.ts";

const RUNS = Number(process.env["FUZZ_RUNS"] ?? 200);

const SEEDS = [
  'services:\n  web:\n    image: nginx:1.27 # pinned\n    ports:\n      - "80:80"\n    command: ["a", \'b\', c]\n\n  db: &db\n    <<: *x\n    environment: { A: b, C: ~ }\nx-l: &x\n  k: |-\n    text\n      more\n',
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n  labels: &l\n    app: web\nspec:\n  containers:\n  - name: web\n    image: >\n      folded\n      text\n    args:\n    - --x\n    - "y\\n"\n---\n# next\na: *l\n...\n',
  '{\n  "a": [1, 2.5e3, {"b": null}],\n  "c": "\\u00e9"\n}\n',
  "? a\n: - b\n  -   - c\n      - d\n!t &a e: !!str f\r\n'g h': \"i\\\r\n  j\"\r\n",
] as const;

const PIECES = [
  "\t",
  " ",
  "   ",
  "\n",
  "\r\n",
  "\r",
  ":",
  ": ",
  "- ",
  "[",
  "]",
  "{",
  "}",
  ",",
  '"',
  "'",
  " #",
  "&a ",
  "*a",
  "!t ",
  "|",
  ">2-\n",
  "? ",
  "<<: ",
  "\n---\n",
  "\n...\n",
  "%",
  "@",
  "\\",
  "{{ x",
  "}}",
  "{%",
  "\uFEFF",
  "\u0000",
  "\u2028",
  "💥",
  "\uD800",
] as const;

const mutated = record({
  seed: constantFrom(...SEEDS),
  changes: array(
    record({ at: nat(1000), drop: nat(12), piece: oneof(constantFrom(...PIECES), string({ maxLength: 4 })) }),
    { minLength: 1, maxLength: 6 },
  ),
}).map(({ seed, changes }) => {
  let text: string = seed;
  for (const { at, drop, piece } of changes) {
    const from = at % (text.length + 1);
    text = text.slice(0, from) + piece + text.slice(from + drop);
  }
  return text;
});

/** Walks everything there is to a node. */
function visit(node: YamlNode, text: string): void {
  expect(node.span.start).toBeGreaterThanOrEqual(0);
  expect(node.span.end).toBeGreaterThanOrEqual(node.span.start);
  expect(node.span.end).toBeLessThanOrEqual(text.length);
  if (node.type === "map") {
    for (const entry of node.entries) {
      expect(node.get(entry.key)).toBe(entry);
      visit(entry.value, text);
    }
    expect(new Set(node.entries.map(({ key }) => key)).size).toBe(node.entries.length);
  } else if (node.type === "seq") {
    expect(node.starts).toHaveLength(node.items.length);
    for (const item of node.items) visit(item, text);
  }
}

describe("whatever the text", () => {
  test("parsing ends with a model whose places lie in it", { timeout: 600_000 }, () => {
    assert(
      property(mutated, (text) => {
        for (const { base, document } of parseStream(text)) {
          expect(text.startsWith(document.text, base)).toBe(true);
          for (const { at, message } of document.problems) {
            expect(at.start).toBeGreaterThanOrEqual(0);
            expect(at.end).toBeGreaterThanOrEqual(at.start);
            expect(at.end).toBeLessThanOrEqual(document.text.length);
            expect(message).not.toMatch(/[\r\n]/);
          }
          for (const { span } of document.comments) expect(document.text[span.start]).toBe("#");
          if (document.root !== undefined) visit(document.root, document.text);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("a document that is found to be sound says what the library reads in it", { timeout: 600_000 }, () => {
    assert(
      property(mutated, (text) => {
        for (const { document } of parseStream(text)) {
          if (document.templated || document.problems.length > 0) continue;
          const other = parseDocument(document.text, {
            merge: true,
            uniqueKeys: false,
            stringKeys: true,
            logLevel: "silent",
          });
          // Alone in a text, directives and their ends are judged by their stream, and a tag of one's own makes text of a number.
          if (/^%|!/m.test(document.text)) continue;
          expect(other.errors, document.text).toEqual([]);
          const read: unknown = other.toJS({ maxAliasCount: -1 });
          expect(plain(document.root), document.text).toEqual(read ?? null);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test("an edit of a sound document leaves a sound document", { timeout: 600_000 }, () => {
    assert(
      property(mutated, (text) => {
        for (const { document } of parseStream(text)) {
          const { root } = document;
          if (root?.type !== "map" || document.templated || document.problems.length > 0) continue;
          // Behind a comment like `#x` in column 0, the library takes a value on a line of its own to go on in the next entry.
          if (/^#\S/m.test(document.text)) continue;
          const first = root.entries[0]?.key ?? "none";
          for (const edits of [
            setPath(document, root, ["new", "key"], ["x"]),
            setPath(document, root, [first, "new"], "y"),
            setPath(document, root, [first], { z: 1 }),
            removeEntry(document, root, first),
          ]) {
            const after = edits === undefined ? undefined : applyEdits(document.text, edits);
            if (after !== undefined) expect(parseYaml(after).problems, `${document.text}\n=>\n${after}`).toEqual([]);
          }
        }
      }),
      { numRuns: RUNS },
    );
  });
});
