import type { YamlEntry, YamlMap, YamlNode } from "../../../languages/yaml/node.ts";

/** Facts about keys, by where these stand in a file. */
export interface KeyTree<T> {
  readonly fact: T | undefined;
  readonly below: ReadonlyMap<string, KeyTree<T>>;
}

/** A key of a document that there is a fact about. */
export interface FoundKey<T> {
  readonly owner: YamlMap;
  readonly entry: YamlEntry;
  readonly fact: T;
  /** The keys above it and its own, as written; items of lists are left out. */
  readonly path: readonly string[];
}

/** A tree of facts whose paths are keys with dots between them; `*` stands for any key of a map and any item of a list. */
export function keyTree<T extends { readonly path: string }>(facts: readonly T[]): KeyTree<T> {
  return grown(facts.map((fact) => ({ steps: fact.path.split("."), fact })));
}

function grown<T>(facts: readonly { readonly steps: readonly string[]; readonly fact: T }[]): KeyTree<T> {
  const names = new Set(facts.flatMap(({ steps }) => steps.slice(0, 1)));
  const below = [...names].map((name): readonly [string, KeyTree<T>] => [
    name,
    grown(facts.filter(({ steps }) => steps[0] === name).map(({ steps, fact }) => ({ steps: steps.slice(1), fact }))),
  ]);
  return { fact: facts.find(({ steps }) => steps.length === 0)?.fact, below: new Map(below) };
}

/** The keys of a document that the tree has facts about, in the order of the document, merged ones included. Linear in the document. */
export function* keysIn<T>(
  node: YamlNode,
  tree: KeyTree<T>,
  above: readonly string[] = [],
): Generator<FoundKey<T>, void, undefined> {
  const any = tree.below.get("*");
  if (node.type === "seq") {
    if (any !== undefined) for (const item of node.items) yield* keysIn(item, any, above);
    return;
  }
  if (node.type === "scalar" || node.tag === "!reset") return;
  for (const entry of node.entries) {
    const known = tree.below.get(entry.key) ?? (entry.key.startsWith("x-") ? undefined : any);
    if (known === undefined) continue;
    const path = [...above, entry.key];
    if (known.fact !== undefined) yield { owner: node, entry, fact: known.fact, path };
    if (known.below.size > 0) yield* keysIn(entry.value, known, path);
  }
}
