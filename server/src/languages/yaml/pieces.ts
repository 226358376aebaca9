import type { CST } from "yaml";
import { detached } from "../../text/detached.ts";
import { shift } from "../../text/span.ts";
import type { LineComment } from "../comment.ts";
import { type CutSection, cutSections } from "./cut.ts";
import { readTokens } from "./tokens.ts";

/**
 * The tokens of a part of a document, kept for the next reading of a text that has the same part. Offsets count in the document that was read last:
 * whoever takes a piece over moves it to where it stands now.
 */
export interface Piece {
  readonly text: string;
  /** Where the part stood when it was read or taken over last. */
  base: number;
  readonly document: CST.Document;
  /** Counted from the piece's own start. */
  readonly comments: readonly LineComment[];
}

/** A document put together from pieces. */
export interface PiecedTokens {
  readonly document: CST.Document;
  readonly comments: readonly LineComment[];
  readonly pieces: readonly Piece[];
}

/**
 * Reads a document piece by piece, each entry of its root and of the maps right below it by itself, so that an edit costs the piece it is in: most of the
 * time of a reading goes into its tokens. `undefined` where the text cannot be cut, or a piece has anything about it that only the whole explains.
 * `known` are the pieces of an earlier reading; they are moved, so that its tokens are of no more use.
 */
export function readPieces(text: string, known: readonly Piece[]): PiecedTokens | undefined {
  const cut = cutSections(text);
  if (cut === undefined) return undefined;
  const kept = new Map(known.map((piece) => [piece.text, piece]));
  const pieces: Piece[] = [];
  const comments: LineComment[] = [];
  const take = (start: number, end: number): CST.Document | undefined => {
    const piece = pieceAt(detached(text.slice(start, end)), start, kept);
    if (piece === undefined) return undefined;
    pieces.push(piece);
    for (const comment of piece.comments) {
      comments.push(start === 0 ? comment : { ...comment, span: shift(comment.span, start) });
    }
    return piece.document;
  };
  const prelude = take(0, cut.start);
  if (prelude === undefined || prelude.value !== undefined || !isTrivial(prelude.end)) return undefined;
  const items: CST.BlockMap["items"] = [];
  for (const section of cut.sections) {
    const item = sectionItem(section, take);
    if (item === undefined) return undefined;
    items.push(item);
  }
  const value: CST.BlockMap = { type: "block-map", offset: cut.start, indent: 0, items };
  return { document: { type: "document", offset: prelude.offset, start: prelude.start, value }, comments, pieces };
}

type Take = (start: number, end: number) => CST.Document | undefined;
type Item = CST.BlockMap["items"][number];

function sectionItem({ start, headEnd, children, indent }: CutSection, take: Take): Item | undefined {
  const head = take(start, headEnd);
  const [item, ...others] = head === undefined ? [] : (entriesOf(head, 0) ?? []);
  if (item === undefined || others.length > 0) return undefined;
  if (children.length === 0) return item;
  if (item.sep === undefined || item.value !== undefined) return undefined;
  const items: Item[] = [];
  for (const child of children) {
    const document = take(child.start, child.end);
    const entries = document && entriesOf(document, indent);
    if (entries?.length !== 1) return undefined;
    items.push(...entries);
  }
  const [first] = children;
  const value: CST.BlockMap = { type: "block-map", offset: (first?.start ?? headEnd) + indent, indent, items };
  return { ...item, value };
}

/** The entries of a piece that is a map in block style at that column, and nothing else. */
function entriesOf({ start, value, end }: CST.Document, indent: number): readonly Item[] | undefined {
  if (value?.type !== "block-map" || value.indent !== indent || !isTrivial(end)) return undefined;
  return start.every(({ type }) => type === "space") ? value.items.filter((item) => !isBlank(item)) : undefined;
}

/** Comments and blank lines behind the last entry make an item of their own. */
function isBlank(item: Item): boolean {
  return item.key === undefined && item.sep === undefined && item.value === undefined && isTrivial(item.start);
}

function isTrivial(tokens: readonly CST.SourceToken[] | undefined): boolean {
  return tokens?.every(({ type }) => type === "space" || type === "newline" || type === "comment") ?? true;
}

function pieceAt(text: string, base: number, kept: Map<string, Piece>): Piece | undefined {
  const known = kept.get(text);
  if (known !== undefined) {
    // A text that stands twice in a document has its own tokens each time.
    kept.delete(text);
    if (known.base !== base) move(known.document, base - known.base);
    known.base = base;
    return known;
  }
  const { document, errors, comments, tooDeep } = readTokens(text, text);
  if (errors.length > 0 || tooDeep) return undefined;
  const read = document ?? { type: "document", offset: 0, start: [] };
  move(read, base);
  return { text, base, document: read, comments };
}

/** Moves a token and all within it. */
function move(token: CST.Token, by: number): void {
  if (by === 0) return;
  token.offset += by;
  switch (token.type) {
    case "document":
      moveAll(token.start, by);
      if (token.value !== undefined) move(token.value, by);
      moveAll(token.end, by);
      break;
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
    case "alias":
      moveAll(token.end, by);
      break;
    case "block-scalar":
      moveAll(token.props, by);
      break;
    case "block-map":
    case "block-seq":
      moveItems(token.items, by);
      break;
    case "flow-collection":
      move(token.start, by);
      moveItems(token.items, by);
      moveAll(token.end, by);
      break;
    default:
  }
}

function moveItems(items: readonly CST.CollectionItem[], by: number): void {
  for (const { start, key, sep, value } of items) {
    moveAll(start, by);
    if (key !== undefined && key !== null) move(key, by);
    moveAll(sep, by);
    if (value !== undefined) move(value, by);
  }
}

function moveAll(tokens: readonly CST.Token[] | undefined, by: number): void {
  if (tokens !== undefined) for (const token of tokens) move(token, by);
}
