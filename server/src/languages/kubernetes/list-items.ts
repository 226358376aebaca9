import type { DocumentText } from "../yaml/documents.ts";

/** A `List` in the pieces that can be read by themselves. */
export interface CutList {
  /** What stands above the items, each item with its dash and the comments right above it, and what stands below them. Together they are the text. */
  readonly parts: readonly DocumentText[];
  /** The column of the dashes, which is how far lists are indented under their keys. */
  readonly column: number;
}

/**
 * Cuts a `List` in block style at its items, so that an edit costs one of them: `kubectl get -o yaml` writes such documents of any length. `undefined` for
 * any other document, and where an item might not mean the same by itself: with anchors, and with comments that speak for more than an item.
 */
export function cutList(text: string): CutList | undefined {
  const key = itemsKey(text);
  if (key === undefined) return undefined;
  const head = text.slice(0, key.start);
  if (!/^kind:[ \t]*["']?\w*List\b/m.test(head) && !/^apiVersion:/m.test(head)) return undefined;
  if (head.includes("#") || hasAnchor(text)) return undefined;
  const starts: number[] = [];
  let column: number | undefined;
  /** Where the comments began that stand right above this line, as far out as the dashes. */
  let comments: number | undefined;
  /** Right above this line there is a comment of an item that may speak for what comes next. */
  let speaks = false;
  let tail = text.length;
  for (let at = key.end; at < text.length; ) {
    const newline = text.indexOf("\n", at);
    const end = newline < 0 ? text.length : newline + 1;
    let first = at;
    while (text.charCodeAt(first) === SPACE) first += 1;
    const indent = first - at;
    const code = text.charCodeAt(first);
    if (first >= end || code === LINE_FEED || code === CARRIAGE_RETURN) {
      at = end;
      continue;
    }
    if (code === HASH) {
      if (column === undefined || indent <= column) comments ??= at;
      else speaks ||= directive.test(text.slice(first, end));
      at = end;
      continue;
    }
    if (column === undefined) {
      if (!isDash(text, first)) return undefined;
      column = indent;
    }
    if (indent < column || (column === 0 && indent === 0 && !isDash(text, first))) {
      if (indent > 0) return undefined;
      tail = comments ?? at;
      break;
    }
    if (indent === column && isDash(text, first)) {
      if (speaks) return undefined;
      starts.push(comments ?? at);
    }
    comments = undefined;
    speaks = false;
    at = end;
  }
  const [start] = starts;
  if (start === undefined || column === undefined || speaks || !isFrame(text.slice(0, start), text.slice(tail))) {
    return undefined;
  }
  const bounds = [0, ...starts, ...(tail < text.length ? [tail] : []), text.length];
  const parts = bounds.slice(0, -1).map((base, index) => ({ base, text: text.slice(base, bounds[index + 1]) }));
  return { parts, column };
}

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const HASH = 35;

/** Comments that tools listen to; what is below one at the end of an item would be another part. */
const directive = /seaworthy|ignore|disable|nolint|skip|nosec/i;

/** The `items:` key of the root, with nothing behind it on its line. */
function itemsKey(text: string): { readonly start: number; readonly end: number } | undefined {
  const start = text.startsWith("items:") ? 0 : text.indexOf("\nitems:") + 1;
  if (start === 0 && !text.startsWith("items:")) return undefined;
  const newline = text.indexOf("\n", start);
  if (newline < 0 || text.slice(start + 6, newline).trim() !== "") return undefined;
  return { start, end: newline + 1 };
}

function isDash(text: string, at: number): boolean {
  if (text[at] !== "-") return false;
  const next = text[at + 1];
  return next === " " || next === "\n" || next === "\r" || next === undefined;
}

/** Whether what is around the items is that of a `List`: each key of it once, none of which makes an object of one part alone. */
function isFrame(head: string, tail: string): boolean {
  const above = keysIn(head);
  const below = keysIn(tail);
  const all = [...above, ...below];
  if (new Set(all).size < all.length || !all.every((key) => frameKeys.has(key))) return false;
  const kind = /^kind:[ \t]*["']?(\w+)/m.exec(above.includes("kind") ? head : tail)?.[1];
  return (
    all.includes("apiVersion") &&
    kind?.endsWith("List") === true &&
    !(below.includes("kind") && below.includes("apiVersion"))
  );
}

const frameKeys: ReadonlySet<string> = new Set(["apiVersion", "kind", "metadata", "items"]);

/** The keys at the beginning of lines. */
function keysIn(text: string): readonly string[] {
  return [...text.matchAll(/^([^\s#:-][^:\r\n]*):/gm)].map(([, key = ""]) => key);
}

/** Whether a node has an anchor, which another part may speak of. */
function hasAnchor(text: string): boolean {
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", at + 1)) {
    if (/[\w.-]/.test(text[at + 1] ?? "") && (at === 0 || /[\s[{,]/.test(text[at - 1] ?? ""))) return true;
  }
  return false;
}
