import { assert, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { parseDocument } from "yaml";
import {
  type InsertPosition,
  type YamlValue,
  appendItem,
  removeEntry,
  removeItem,
  renameKey,
  setPath,
} from "../../../server/src/languages/yaml/edit.ts";
import type { YamlDocument, YamlMap, YamlNode, YamlSequence } from "../../../server/src/languages/yaml/node.ts";
import { parseYaml } from "../../../server/src/languages/yaml/parse.ts";
import { getPath } from "../../../server/src/languages/yaml/path.ts";
import { type TextEdit, applyEdits } from "../../../server/src/text/edit.ts";
import { type Span, contains } from "../../../server/src/text/span.ts";
import { plain } from "./plain.ts";
import {
  type Dice,
  type MapTree,
  type SequenceTree,
  type Tree,
  diceOf,
  link,
  newValue,
  rootTree,
  treeOf,
  valueOf,
} from "./random-document.ts";
import { printJson, printTree } from "./random-style.ts";

const RUNS = Number(process.env["EDIT_RUNS"] ?? 200);

/** A collection of the tree that is written out, not behind an alias, and the path to it. */
interface Spot {
  readonly path: readonly (string | number)[];
  readonly tree: MapTree | SequenceTree;
}

function spotsOf(tree: Tree, path: readonly (string | number)[] = []): readonly Spot[] {
  if (tree.kind === "map") {
    return [{ path, tree }, ...tree.entries.flatMap(({ key, value }) => spotsOf(value, [...path, key]))];
  }
  if (tree.kind === "sequence") {
    return [{ path, tree }, ...tree.items.flatMap((item, index) => spotsOf(item, [...path, index]))];
  }
  return [];
}

/** What is done to the text, and already was to the tree. */
interface Operation {
  readonly name: string;
  /** What is replaced or removed. */
  readonly touches: YamlNode | undefined;
  readonly region: Region;
  readonly edits: readonly TextEdit[] | undefined;
}

/** Comments between `start` and `end` may go with what is replaced or removed; edits stay between `reach` and `limit`. */
interface Region {
  readonly start: number;
  readonly end: number;
  readonly reach: number;
  readonly limit: number;
}

const NOWHERE: Region = { start: 0, end: 0, reach: 0, limit: 0 };

function regionOf(
  text: string,
  parent: YamlMap | YamlSequence,
  start: number,
  node: YamlNode,
  removed: boolean,
): Region {
  const { start: from, end: to } = node.alias ?? node.span;
  const lineEnd = (offset: number): number =>
    text.indexOf("\n", offset) < 0 ? text.length : text.indexOf("\n", offset);
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const size = parent.type === "map" ? parent.entries.length : parent.items.length;
  const whole = removed && size === 1;
  const blanks = /^\s*/.exec(text.slice(lineEnd(to)))?.[0].length ?? 0;
  const inline = node.type === "scalar" && !text.slice(start, to).includes("\n");
  return {
    start: removed ? start : inline ? from : Math.min(from, lineEnd(start)),
    end: !removed && inline ? to : lineEnd(to),
    reach: whole ? 0 : parent.flow ? parent.span.start : lineStart - 2,
    limit: whole ? text.length : parent.flow ? parent.span.end : lineEnd(to) + blanks,
  };
}

function toValue(value: unknown): YamlValue {
  if (Array.isArray(value)) return value.map((item) => toValue(item));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toValue(item)]));
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

function operate(text: string, root: MapTree, value: unknown, dice: Dice): Operation {
  const document = parseYaml(text);
  if (document.root?.type !== "map") throw new Error("no root");
  const spots = spotsOf(root);
  const { path, tree } = spots[dice.roll(spots.length)] ?? { path: [], tree: root };
  const at = getPath(document.root, ...path);
  const written = toValue(value);
  if (tree.kind === "sequence") {
    if (at?.type !== "seq") throw new Error("not a sequence");
    const index = dice.roll(tree.items.length + 1);
    const touches = at.items[index];
    const region = (removed: boolean): Region =>
      touches === undefined ? NOWHERE : regionOf(text, at, at.starts?.[index] ?? 0, touches, removed);
    if (index === tree.items.length) {
      const edits = dice.maybe(50)
        ? appendItem(document, at, written)
        : setPath(document, document.root, [...path, index], written);
      tree.items.push(treeOf(value));
      return { name: "append", touches, region: NOWHERE, edits };
    }
    if (dice.maybe(50)) {
      const edits = removeItem(document, at, index);
      tree.items.splice(index, 1);
      return { name: "remove item", touches, region: region(true), edits };
    }
    const edits = setPath(document, document.root, [...path, index], written);
    tree.items[index] = replacement(tree.items[index], value);
    return { name: "set item", touches, region: region(false), edits };
  }
  if (at?.type !== "map") throw new Error("not a map");
  const entry = tree.entries[dice.roll(tree.entries.length + 2)];
  if (entry === undefined) {
    const deep = dice.maybe(40);
    const key = dice.pick(["new", "another one", "443", "yes"]);
    const added = [...path, key, ...(deep ? ["below"] : [])];
    const named = tree.entries[dice.roll(tree.entries.length || 1)]?.key ?? "none";
    const position = dice.pick<InsertPosition>(["end", "start", { after: [named] }, { before: [named] }]);
    const edits = setPath(document, document.root, added, written, { position });
    tree.entries.push({ key, value: treeOf(deep ? { below: value } : value) });
    return { name: "add", touches: undefined, region: NOWHERE, edits };
  }
  const { key } = entry;
  const own = at.get(key);
  const touches = own?.value;
  const region = (removed: boolean): Region =>
    own === undefined ? NOWHERE : regionOf(text, at, own.keySpan.start, own.value, removed);
  const choice = dice.roll(3);
  if (choice === 0) {
    const edits = removeEntry(document, at, key);
    tree.entries.splice(tree.entries.indexOf(entry), 1);
    return { name: "remove", touches, region: region(true), edits };
  }
  if (choice === 1) {
    const edits = own === undefined ? undefined : renameKey(document, own, "renamed: it");
    entry.key = "renamed: it";
    const span = own?.keySpan ?? { start: 0, end: 0 };
    return { name: "rename", touches, region: { start: 0, end: 0, reach: span.start, limit: span.end }, edits };
  }
  const edits = setPath(document, document.root, [...path, key], written);
  entry.value = replacement(entry.value, value);
  return { name: "set", touches, region: region(false), edits };
}

function commentInBrackets({ root, comments }: YamlDocument): boolean {
  const spans: Span[] = [];
  const collect = (node: YamlNode): void => {
    if (node.type === "scalar") return;
    if (node.flow) spans.push(node.span);
    for (const child of node.type === "seq" ? node.items : node.entries.map((entry) => entry.value)) collect(child);
  };
  if (root !== undefined) collect(root);
  return comments.some((comment) => spans.some((span) => contains(span, comment.span)));
}

/** A value in the place of another keeps its anchor, so that its aliases follow. */
function replacement(old: Tree | undefined, value: unknown): Tree {
  const fresh = treeOf(value);
  if (old === undefined || old.kind === "alias" || old.anchor === undefined || fresh.kind === "alias") return fresh;
  return { ...fresh, anchor: old.anchor };
}

function check(text: string, root: MapTree, value: unknown, dice: Dice, json: boolean): string {
  const before = parseYaml(text);
  const { name, touches, region, edits } = operate(text, root, value, dice);
  const intended = valueOf(root);
  if (edits === undefined) {
    // A map that may be merged somewhere stays a map, an anchor that has aliases stays, and a comment inside brackets is not thrown away with them.
    const allowed = intended === undefined || text.includes("<<") || commentInBrackets(before);
    if (!allowed) throw new Error(`${name} is refused:\n${text}`);
    return "refused";
  }
  const after = applyEdits(text, edits);
  if (after === undefined) throw new Error("edits overlap");
  if (intended === undefined) throw new Error(`an anchor was lost by ${name}:\n${after}`);

  const shown = `${name}\n${text}\n=== becomes ===\n${after}\n===\n`;
  expect(plain(parseYaml(after).root), shown).toEqual(intended.value);
  expect(parseYaml(after).problems, shown).toEqual([]);
  if (json) expect(JSON.parse(after)).toEqual(intended.value);
  else
    expect(parseDocument(after, { merge: true, uniqueKeys: false }).toJS({ maxAliasCount: -1 }), shown).toEqual(
      intended.value,
    );

  const left = parseYaml(after).comments.map((comment) => comment.text);
  for (const comment of before.comments) {
    if (comment.span.start < region.start || comment.span.start >= region.end)
      expect(left, shown).toContain(comment.text);
  }
  for (const edit of edits) {
    const old = text.slice(edit.span.start, edit.span.end);
    if (touches === undefined)
      expect(edit.text.startsWith(old) || /^\s*(?:\{\s*\}|\[\s*\])?\s*$/.test(old), shown).toBe(true);
    else {
      expect(edit.span.start, shown).toBeGreaterThanOrEqual(region.reach);
      expect(edit.span.end, shown).toBeLessThanOrEqual(region.limit);
    }
  }
  return name;
}

describe("edits of random documents", () => {
  const seen = new Set<string>();

  test("say what was meant, and leave everything else as it was", { timeout: 600_000 }, () => {
    assert(
      property(rootTree, newValue, nat(), (root, value, seed) => {
        const dice = diceOf(seed);
        const tree = structuredClone(root);
        link(tree, dice);
        const { text } = printTree(tree, dice);
        expect(parseYaml(text).problems, text).toEqual([]);
        expect(plain(parseYaml(text).root), text).toEqual(valueOf(tree)?.value);
        seen.add(check(text, tree, value, dice, false));
      }),
      { numRuns: RUNS },
    );
    const operations = ["add", "append", "remove", "remove item", "rename", "set", "set item"];
    expect([...seen]).toEqual(expect.arrayContaining(operations));
  });

  test("leave JSON what it is", { timeout: 600_000 }, () => {
    assert(
      property(rootTree, newValue, nat(), (root, value, seed) => {
        const dice = diceOf(seed);
        const tree = structuredClone(root);
        check(printJson(valueOf(tree)?.value, dice).text, tree, value, dice, true);
      }),
      { numRuns: RUNS },
    );
  });
});
