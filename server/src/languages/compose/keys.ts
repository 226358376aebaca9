import {
  type ComposeKey,
  type ComposeKeys,
  type KeyType,
  composeFile,
  keyIn,
} from "../../knowledge/compose-keys/index.ts";
import type { Span } from "../../text/span.ts";
import { insideQuotes } from "../scalar-place.ts";
import type { YamlEntry, YamlMap, YamlNode, YamlScalar, YamlSequence } from "../yaml/node.ts";
import type { ComposeModel } from "./model.ts";
import { fitsScalar, isOldBoolean } from "./value.ts";

/** Where in a Compose file a node is. */
export interface KeyPlace {
  /** Keys from the top; an item of a list adds nothing. */
  readonly path: readonly string[];
  /** The entry whose value it is; for an item of a list, the one that holds the list. */
  readonly entry: YamlEntry | undefined;
  /** The list it is an item of. */
  readonly list?: YamlSequence;
  /** The records around the node, from the inside out: the keys that may stand there, and the path of each. */
  readonly records: readonly KeyRecord[];
}

/** A map whose keys are known. */
export interface KeyRecord {
  readonly keys: ComposeKeys;
  readonly map: YamlMap;
  readonly path: readonly string[];
  /** It is an item of a list. */
  readonly item: boolean;
  /** Keys that begin with `x-` may stand in it. */
  readonly extensions: boolean;
}

/** What Compose would refuse, or warns of, in the keys and values of a file. */
export type KeyProblem =
  | { readonly type: "unknown-key"; readonly entry: YamlEntry; readonly record: KeyRecord; readonly place: KeyPlace }
  | {
      readonly type: "wrong-type";
      readonly at: Span;
      readonly node: YamlNode;
      readonly expected: KeyType;
      readonly place: KeyPlace;
    }
  | {
      readonly type: "missing-key";
      readonly at: Span;
      readonly name: string;
      readonly map: YamlMap;
      readonly place: KeyPlace;
    }
  | { readonly type: "wrong-name"; readonly entry: YamlEntry; readonly what: string; readonly place: KeyPlace }
  | { readonly type: "repeated-item"; readonly at: Span; readonly node: YamlScalar; readonly place: KeyPlace }
  | { readonly type: "old-boolean"; readonly at: Span; readonly node: YamlScalar; readonly place: KeyPlace };

/** Who is told what is found on the way through a file. */
export interface KeyVisitor {
  problem?(problem: KeyProblem): void;
  /** A key of the table, wherever it is used: what an anchor holds comes once for each kind of place it is used at. */
  key?(entry: YamlEntry, key: ComposeKey, path: readonly string[]): void;
}

/**
 * Goes through a Compose file by the table of its keys. What is tagged `!reset`, an extension, or decided by a template is passed over; what is
 * reached through several aliases is judged once for each type it is used as.
 */
export function visitKeys(model: Pick<ComposeModel, "document" | "dialect" | "role">, visitor: KeyVisitor): void {
  const { document, dialect, role } = model;
  if (document.root === undefined || document.templated) return;
  const visit: Visit = {
    text: document.text,
    dialect,
    visitor,
    seen: new Map(),
    // What is missing in an override stands in the file it overrides.
    partial: role === "override",
  };
  visitNode(document.root, composeFile, { path: [], entry: undefined, records: [] }, visit);
}

/** All problems of a file, each at the place where it was written, in no particular order. The model keeps them: ask it for `keyProblems`. */
export function keyProblems(model: Pick<ComposeModel, "document" | "dialect" | "role">): readonly KeyProblem[] {
  const problems: KeyProblem[] = [];
  visitKeys(model, { problem: (problem) => problems.push(problem) });
  return problems;
}

interface Visit {
  readonly text: string;
  readonly dialect: ComposeModel["dialect"];
  readonly visitor: KeyVisitor;
  /** The types as which the collection at an offset was judged. */
  readonly seen: Map<number, Set<KeyType>>;
  readonly partial: boolean;
}

function visitNode(node: YamlNode, type: KeyType, place: KeyPlace, visit: Visit): void {
  if (node.tag === "!reset" || type.kind === "anything") return;
  if (node.type === "scalar") {
    if (type.kind !== "either" && type.kind !== "flag" && fitsScalar(node, type)) return;
    const fitting = alternativesOf(type).filter((one) => shapeOf(one) === "scalar");
    visitScalar(node, type, fitting, place, visit);
    return;
  }
  const only = alternativesOf(type).find((one) => shapeOf(one) === node.type);
  if (only === undefined) {
    visit.visitor.problem?.({ type: "wrong-type", at: placeOf(node, place, visit), node, expected: type, place });
    return;
  }
  const types = visit.seen.get(node.span.start);
  if (types?.has(only) === true) return;
  if (types === undefined) visit.seen.set(node.span.start, new Set([only]));
  else types.add(only);
  if (node.type === "seq") visitList(node, only, place, visit);
  else if (only.kind === "map") visitMap(node, only, place, visit);
  else if (only.kind === "record") visitRecord(node, only, place, visit);
}

function visitScalar(
  node: YamlScalar,
  type: KeyType,
  fitting: readonly KeyType[],
  place: KeyPlace,
  visit: Visit,
): void {
  const verdicts = fitting.map((one) => fitsScalar(node, one));
  if (verdicts.includes(true)) {
    if (isFlag(fitting) && isOldBoolean(node)) {
      visit.visitor.problem?.({ type: "old-boolean", at: placeOf(node, place, visit), node, place });
    }
    return;
  }
  // A template may bring forth anything; a variable only ever a text.
  if (node.text.includes("{{") || node.text.includes("{%")) return;
  visit.visitor.problem?.({ type: "wrong-type", at: placeOf(node, place, visit), node, expected: type, place });
}

/** A boolean is wanted, and not any text taken besides. */
function isFlag(types: readonly KeyType[]): boolean {
  return types.some(({ kind }) => kind === "flag") && !types.some(({ kind }) => kind === "text");
}

function visitList(node: YamlSequence, type: KeyType, { path, entry, records }: KeyPlace, visit: Visit): void {
  if (type.kind !== "list") return;
  const place: KeyPlace = { path, entry, records, list: node };
  const texts = type.unique === true ? new Set<string>() : undefined;
  for (const item of node.items) {
    visitNode(item, type.of, place, visit);
    if (texts === undefined || item.type !== "scalar" || typeof item.value !== "string") continue;
    if (texts.has(item.text)) {
      visit.visitor.problem?.({ type: "repeated-item", at: placeOf(item, place, visit), node: item, place });
    }
    texts.add(item.text);
  }
}

function visitMap(node: YamlMap, type: KeyType & { readonly kind: "map" }, place: KeyPlace, visit: Visit): void {
  for (const entry of node.entries) {
    const inside: KeyPlace = { path: [...place.path, entry.key], entry, records: place.records };
    if (type.names !== undefined && !type.names.test(entry.key)) {
      visit.visitor.problem?.({ type: "wrong-name", entry, what: type.what, place: inside });
      continue;
    }
    visitNode(entry.value, type.of, inside, visit);
  }
}

function visitRecord(node: YamlMap, type: KeyType & { readonly kind: "record" }, place: KeyPlace, visit: Visit): void {
  const record: KeyRecord = {
    keys: type.keys,
    map: node,
    path: place.path,
    item: place.list !== undefined,
    extensions: type.extensions,
  };
  const records = [record, ...place.records];
  for (const entry of node.entries) {
    const found = keyIn(type.keys, entry.key);
    const inside: KeyPlace = { path: [...place.path, entry.key], entry, records };
    if (found === undefined || (found.only === "stack" && visit.dialect === "compose")) {
      if (entry.value.tag !== "!reset" && !isLetThrough(entry.key, type, place, visit)) {
        visit.visitor.problem?.({ type: "unknown-key", entry, record, place: inside });
      }
      continue;
    }
    visit.visitor.key?.(entry, found, inside.path);
    visitNode(entry.value, found.type, inside, visit);
  }
  if (type.needs.length === 0 || visit.partial || (isExtended(records) && place.path.at(-1) !== "extends")) return;
  for (const name of type.needs) {
    if (node.get(name) !== undefined) continue;
    visit.visitor.problem?.({ type: "missing-key", at: placeOf(node, place, visit), name, map: node, place });
  }
}

function isLetThrough(
  name: string,
  type: KeyType & { readonly kind: "record" },
  { path }: KeyPlace,
  { dialect }: Visit,
): boolean {
  if (type.open || name.includes("{{") || name.includes("{%")) return true;
  if (name.startsWith("x-")) return type.extensions;
  // Stacks do not look into what they ignore.
  return dialect === "stack" && path[0] === "services" && path[2] === "build";
}

/** What a service lacks may stand in the one it extends. */
function isExtended(records: readonly KeyRecord[]): boolean {
  return records.some(
    ({ map, path }) => path.length === 2 && path[0] === "services" && map.get("extends") !== undefined,
  );
}

/** The few characters to point at: a scalar, else the key it stands behind, or in a list its first ones. */
function placeOf(node: YamlNode, { entry, list }: KeyPlace, { text }: Visit): Span {
  const isItem = list !== undefined;
  if (isItem && node.alias !== undefined && list.alias === undefined) return node.alias;
  if (node.type === "scalar") {
    const direct = node.alias !== undefined && entry?.merged === undefined && isBehind(node.alias, entry?.keySpan);
    if (direct) return node.alias;
    if (node.text !== "" || isItem || entry === undefined) return insideQuotes(text, node);
    return entry.keySpan;
  }
  if (isItem || entry === undefined) return beginningOf(node);
  return entry.keySpan;
}

/** An alias that stands right behind a key is what was written there; one further away leads to where both were. */
function isBehind(alias: Span, key: Span | undefined): boolean {
  return key !== undefined && alias.start >= key.end && alias.start - key.end < 200;
}

function beginningOf(node: YamlNode): Span {
  if (node.type === "map") return node.entries[0]?.keySpan ?? node.span;
  if (node.type === "seq") return { start: node.span.start, end: Math.min(node.span.start + 1, node.span.end) };
  return node.span;
}

/** The types that a type leaves the choice of; the type itself where it leaves none. */
export function alternativesOf(type: KeyType): readonly KeyType[] {
  return type.kind === "either" ? type.of : [type];
}

function shapeOf({ kind }: KeyType): YamlNode["type"] {
  if (kind === "list") return "seq";
  return kind === "map" || kind === "record" ? "map" : "scalar";
}
