import {
  type Arbitrary,
  array,
  boolean,
  constant,
  constantFrom,
  integer,
  letrec,
  oneof,
  string,
  tuple,
  uniqueArray,
} from "fast-check";

/** A tree from which a document is printed, and on which an operation is done to learn what the document should say afterwards. */
export type Tree = ScalarTree | MapTree | SequenceTree | AliasTree;

export type Scalar = string | number | boolean | null;

export interface ScalarTree {
  readonly kind: "scalar";
  readonly value: Scalar;
  anchor?: string;
}

export interface MapTree {
  readonly kind: "map";
  readonly entries: { key: string; value: Tree }[];
  merge?: AliasTree;
  anchor?: string;
}

export interface SequenceTree {
  readonly kind: "sequence";
  readonly items: Tree[];
  anchor?: string;
}

export interface AliasTree {
  readonly kind: "alias";
  readonly name: string;
}

/** A source of choices that is the same for the same seed. */
export interface Dice {
  /** A whole number from 0 up to, and without, `sides`. */
  roll(sides: number): number;
  /** Whether a choice with `percent` of a chance comes true. */
  maybe(percent: number): boolean;
  pick<T>(choices: readonly [T, ...T[]]): T;
}

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const roll = (sides: number): number => next() % sides;
  return {
    roll,
    maybe: (percent) => roll(100) < percent,
    pick: (choices) => choices[roll(choices.length)] ?? choices[0],
  };
}

const WORDS = [
  "image",
  "nginx:1.27",
  "web",
  "80:80",
  "./data:/var/lib",
  "yes",
  "a b",
  "it's",
  '"quoted"',
  "${TAG:-latest}",
];

const word = oneof(
  { weight: 6, arbitrary: constantFrom(...WORDS) },
  { weight: 2, arbitrary: string({ maxLength: 8 }) },
  { weight: 1, arbitrary: string({ unit: "grapheme", maxLength: 5 }) },
  {
    weight: 2,
    arbitrary: constantFrom(
      "",
      " lead",
      "trail ",
      "#no",
      "a #b",
      "a: b",
      "- x",
      "*x",
      "&x",
      "!t",
      "null",
      "0755",
      "1e3",
      "~",
      "[a]",
      "{a}",
      "a,b",
      "key:",
      "@at",
      "%x",
      "|",
      ">",
      "back\\slash",
      "tab\tin",
      "{{ .x }}",
      "---",
      "...",
    ),
  },
  {
    weight: 1,
    arbitrary: constantFrom(
      "one\ntwo",
      "one\ntwo\n",
      "one\n\ntwo\n\n",
      "  deep\nback\n",
      "#!/bin/sh\nset -e\n",
      "a\n b\n",
    ),
  },
);

const scalar: Arbitrary<Scalar> = oneof(
  { weight: 6, arbitrary: word },
  { weight: 2, arbitrary: integer({ min: -1000, max: 70_000 }) },
  { weight: 1, arbitrary: constantFrom(0.5, -1.25, 1e21) },
  { weight: 1, arbitrary: boolean() },
  { weight: 1, arbitrary: constant(null) },
);

const key = oneof(
  {
    weight: 8,
    arbitrary: constantFrom("image", "ports", "environment", "deploy", "limits", "name", "x-log", "a", "b", "c", "d"),
  },
  { weight: 1, arbitrary: constantFrom("with space", "80", "true", "it's", "a:b", "#k", "-k", "ключ", "null") },
);

const { tree } = letrec<{ tree: Tree; map: MapTree; sequence: SequenceTree; scalar: ScalarTree }>((tie) => ({
  tree: oneof({ maxDepth: 4, depthSize: "small" }, tie("scalar"), tie("map"), tie("sequence")),
  scalar: scalar.map((value) => ({ kind: "scalar", value })),
  map: uniqueArray(tuple(key, tie("tree")), { maxLength: 5, selector: ([name]) => name }).map((entries) => ({
    kind: "map",
    entries: entries.map(([name, value]) => ({ key: name, value })),
  })),
  sequence: array(tie("tree"), { maxLength: 4 }).map((items) => ({ kind: "sequence", items })),
}));

/** A map with at least one entry, as files of ours have at their root. */
export const rootTree: Arbitrary<MapTree> = uniqueArray(tuple(key, tree), {
  minLength: 1,
  maxLength: 6,
  selector: ([name]) => name,
}).map((entries) => ({ kind: "map", entries: entries.map(([name, value]) => ({ key: name, value })) }));

/** A value to write, as plain data without aliases. */
export const newValue: Arbitrary<unknown> = tree.map((value) => valueOf(value)?.value ?? null);

/** Gives some values an anchor and replaces some later ones by aliases and merges of them. */
export function link(root: MapTree, dice: Dice): void {
  const anchored: Tree[] = [];
  let count = 0;
  const visit = (node: Tree): Tree => {
    const candidates = anchored.filter((earlier) => earlier.kind === node.kind);
    const target = candidates[dice.roll(candidates.length || 1)];
    if (target !== undefined && "anchor" in target && dice.maybe(25)) {
      return { kind: "alias", name: target.anchor ?? "" };
    }
    if (node.kind === "map") {
      const merged = anchored.find((earlier) => earlier.kind === "map");
      if (merged !== undefined && "anchor" in merged && dice.maybe(25)) {
        node.merge = { kind: "alias", name: merged.anchor ?? "" };
      }
      for (const entry of node.entries) entry.value = visit(entry.value);
    } else if (node.kind === "sequence") {
      for (const [index, item] of node.items.entries()) node.items[index] = visit(item);
    }
    if (node.kind !== "alias" && dice.maybe(15)) {
      count += 1;
      node.anchor = `n${count}`;
      anchored.push(node);
    }
    return node;
  };
  for (const entry of root.entries) entry.value = visit(entry.value);
}

/** What a reader of the tree gets; `undefined` where an alias has lost its anchor, or a merge its map. */
export function valueOf(root: Tree): { readonly value: unknown } | undefined {
  const anchors = new Map<string, unknown>();
  let broken = false;
  const named = (name: string): unknown => {
    broken ||= !anchors.has(name);
    return anchors.get(name);
  };
  const visit = (node: Tree): unknown => {
    if (node.kind === "alias") return named(node.name);
    const value = visitHere(node);
    if (node.anchor !== undefined) anchors.set(node.anchor, value);
    return value;
  };
  const visitHere = (node: Exclude<Tree, AliasTree>): unknown => {
    if (node.kind === "scalar") return node.value;
    if (node.kind === "sequence") return node.items.map((item) => visit(item));
    const own = node.entries.map(({ key: name, value }) => [name, visit(value)] as const);
    const merged = node.merge === undefined ? {} : named(node.merge.name);
    broken ||= typeof merged !== "object" || merged === null || Array.isArray(merged);
    return { ...Object(merged), ...Object.fromEntries(own) };
  };
  const value = visit(root);
  return broken ? undefined : { value };
}

/** The tree of plain data. */
export function treeOf(value: unknown): Tree {
  if (Array.isArray(value)) return { kind: "sequence", items: value.map((item) => treeOf(item)) };
  if (typeof value === "object" && value !== null) {
    return { kind: "map", entries: Object.entries(value).map(([name, item]) => ({ key: name, value: treeOf(item) })) };
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return { kind: "scalar", value };
  return { kind: "scalar", value: null };
}
