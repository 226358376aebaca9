import { type CST, Lexer, Parser } from "yaml";
import type { Span } from "../../text/span.ts";
import type { LineComment } from "../comment.ts";

/** What the parser makes of a text before anything in it is resolved. */
export interface TokenTree {
  /** The first document; `undefined` where the text has none, or is nested too deeply to be read at all. */
  readonly document: CST.Document | undefined;
  /** What stands outside of any value. */
  readonly errors: readonly CST.ErrorToken[];
  readonly comments: readonly LineComment[];
  /** Places of comments, quoted scalars and block scalars, in order. */
  readonly opaque: readonly Span[];
  readonly tooDeep: boolean;
}

// What the lexer puts between the pieces of the text, as characters that stand for no text.
const DOCUMENT = 2;
const FLOW_END = 0x18;
const SCALAR = 0x1f;

const QUOTE = 34;
const HASH = 35;
const APOSTROPHE = 39;
const GREATER = 62;
const PIPE = 124;

/** Reads a text of one document. `source` is the same text before template expressions were taken out. Never throws. */
export function readTokens(text: string, source: string): TokenTree {
  const errors: CST.ErrorToken[] = [];
  const comments: LineComment[] = [];
  const opaque: Span[] = [];
  let document: CST.Document | undefined;
  const take = (token: CST.Token): void => {
    if (token.type === "document") document ??= token;
    else if (token.type === "error") errors.push(token);
    else if (token.type === "doc-end") errors.push(...strayBehindEnd(token));
  };
  try {
    const parser = new Parser();
    let offset = 0;
    let inScalar = false;
    let blockHeader = false;
    for (const lexeme of new Lexer().lex(text)) {
      const first = lexeme.charCodeAt(0);
      if (inScalar || (first !== SCALAR && first !== DOCUMENT && first !== FLOW_END)) {
        const end = offset + lexeme.length;
        if (inScalar) {
          if (blockHeader) opaque.push({ start: offset, end });
          inScalar = false;
          blockHeader = false;
        } else if (first === HASH) {
          comments.push(commentAt(source, offset, end));
          opaque.push({ start: offset, end });
        } else if (first === QUOTE || first === APOSTROPHE) {
          opaque.push({ start: offset, end });
        } else if (first === PIPE || first === GREATER) {
          blockHeader = true;
        }
        offset = end;
      } else if (first === SCALAR) {
        inScalar = true;
      }
      for (const token of parser.next(lexeme)) take(token);
    }
    for (const token of parser.end()) take(token);
    return { document, errors, comments, opaque, tooDeep: false };
  } catch (error) {
    // The parser leaves nested collections by recursion, and throws for no other reason.
    if (!(error instanceof RangeError)) throw error;
    return { document: undefined, errors: [], comments, opaque, tooDeep: true };
  }
}

/** What stands on the line of a `...` behind it. */
function strayBehindEnd({ end = [] }: CST.DocumentEnd): readonly CST.ErrorToken[] {
  return end
    .filter(({ type }) => type !== "space" && type !== "comment" && type !== "newline")
    .map(({ offset, source }) => ({ type: "error", offset, source, message: "" }));
}

function commentAt(text: string, start: number, end: number): LineComment {
  let before = start - 1;
  while (text.charCodeAt(before) === 32 || text.charCodeAt(before) === 9) before -= 1;
  const alone = before < 0 || text.charCodeAt(before) === 10 || text.charCodeAt(before) === 0xfeff;
  return { span: { start, end }, text: text.slice(start + 1, end).trim(), alone };
}
