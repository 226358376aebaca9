import type { CST } from "yaml";
import type { Span } from "../../text/span.ts";

/** What stands before a node, or between a key and its value: indicators, `&anchor`, `!tag`, blanks and comments. */
export interface Lead {
  readonly anchor: CST.SourceToken | undefined;
  readonly tag: CST.SourceToken | undefined;
  /** The `?`, `:` or `-` that was looked for. */
  readonly indicator: CST.SourceToken | undefined;
  readonly comma: CST.SourceToken | undefined;
  readonly hasNewline: boolean;
  /** A line ends between an anchor or tag and what it belongs to. */
  readonly hasNewlineAfterProperty: boolean;
  /** Behind the last token. */
  readonly end: number;
  /** Behind the last token that is no blank, comment or line ending; where an empty value is. */
  readonly solidEnd: number;
}

/**
 * Takes a problem down. `mend` is what to take out of the text so that the rest can be read as it was meant; a document with such problems
 * is read once more without them.
 */
export type Report = (at: Span, message: string, mend?: Span) => void;

/** What is to be known of the place to read a lead. */
export interface LeadContext {
  readonly indicator: "?" | ":" | "-" | "---";
  /** Where the lead begins if it has no tokens. */
  readonly offset: number;
  readonly atLineStart: boolean;
  /** Column of the collection; -1 in flow style, where tabs may indent. */
  readonly indent: number;
  readonly next: CST.Token | null | undefined;
}

const NOTHING: readonly CST.SourceToken[] = [];

/** Reads the tokens before a node. */
export function readLead(tokens: readonly CST.SourceToken[] = NOTHING, context: LeadContext, report: Report): Lead {
  let anchor: CST.SourceToken | undefined;
  let tag: CST.SourceToken | undefined;
  let indicator: CST.SourceToken | undefined;
  let comma: CST.SourceToken | undefined;
  let tab: CST.SourceToken | undefined;
  let hasNewline = false;
  let hasNewlineAfterProperty = false;
  let atLineStart = context.atLineStart;
  let blankBefore = atLineStart;
  let solidEnd = context.offset;
  const flow = context.indent < 0;
  for (const token of tokens) {
    const { type } = token;
    if (tab !== undefined) {
      if (atLineStart && type !== "comment" && type !== "newline") report(spanOf(tab), TAB, spanOf(tab));
      tab = undefined;
    }
    if (type === "space") {
      if (!flow && token.source.includes("\t")) tab = token;
      blankBefore = true;
      continue;
    }
    if (type === "newline") {
      atLineStart = true;
      hasNewline = true;
      if (anchor !== undefined || tag !== undefined) hasNewlineAfterProperty = true;
      blankBefore = true;
      continue;
    }
    if (type === "comment") {
      if (!blankBefore) report(spanOf(token, 1), "A comment needs a blank before its `#`.");
      atLineStart = false;
      continue;
    }
    solidEnd = token.offset + token.source.length;
    if (type === "anchor") {
      if (anchor !== undefined) report(spanOf(token), "A value can have one anchor only.");
      else if (token.source === "&") report(spanOf(token), "An anchor needs a name behind its `&`.");
      anchor = token;
      atLineStart = false;
    } else if (type === "tag") {
      if (tag !== undefined) report(spanOf(token), "A value can have one tag only.");
      tag = token;
      atLineStart = false;
    } else if (isIndicator(token, context.indicator)) {
      if (indicator !== undefined) report(spanOf(token), `A second \`${token.source}\` cannot stand here.`);
      else if (anchor !== undefined || tag !== undefined) {
        report(spanOf(anchor ?? tag ?? token), `Anchors and tags stand behind the \`${token.source}\`.`);
      }
      indicator = token;
      atLineStart = context.indicator === "-" || context.indicator === "?";
    } else if (type === "comma" && flow) {
      if (comma !== undefined) report(spanOf(token), "A value is missing before this comma.");
      comma = token;
      atLineStart = false;
    } else {
      reportStray(token, report);
      atLineStart = false;
    }
    blankBefore = false;
  }
  const { next } = context;
  if (tab !== undefined) {
    const collection = next?.type === "block-map" || next?.type === "block-seq";
    if (collection || (atLineStart && tab.indent <= context.indent)) report(spanOf(tab), TAB, spanOf(tab));
  }
  const last = tokens.at(-1);
  const end = last === undefined ? context.offset : last.offset + last.source.length;
  if (
    !blankBefore &&
    (anchor !== undefined || tag !== undefined) &&
    solidEnd === end &&
    next !== null &&
    next !== undefined
  ) {
    const empty = "source" in next && next.source === "";
    const glued = anchor ?? tag;
    if (!empty && glued !== undefined) report(spanOf(glued), `A blank is missing behind \`${glued.source}\`.`);
  }
  return { anchor, tag, indicator, comma, hasNewline, hasNewlineAfterProperty, end, solidEnd };
}

/** Reported alone: what else looks wrong beside tabs mostly is not. */
export const TAB = "A tab cannot indent in YAML: indent with spaces.";

function isIndicator(token: CST.SourceToken, indicator: LeadContext["indicator"]): boolean {
  switch (token.type) {
    case "map-value-ind":
      return indicator === ":";
    case "seq-item-ind":
      return indicator === "-";
    case "explicit-key-ind":
      return indicator === "?";
    case "doc-start":
      return indicator === "---";
    default:
      return false;
  }
}

function reportStray(token: CST.SourceToken, report: Report): void {
  // The end of a collection that was never closed, which is reported by itself.
  if (token.type === "flow-error-end") return;
  const word = firstLine(token.source);
  report(spanOf(token, Math.min(token.source.length, word.length)), `\`${word}\` cannot stand here.`);
}

function spanOf(token: CST.SourceToken, length = token.source.length): Span {
  return { start: token.offset, end: token.offset + length };
}

/** Reports what stands behind a node on its line and is neither a blank nor a comment. `atLineStart`: the tokens start a line. */
export function readTail(tokens: readonly CST.SourceToken[] | undefined, report: Report, atLineStart = false): void {
  if (tokens === undefined) return;
  let blankBefore = atLineStart;
  for (const token of tokens) {
    if (token.type === "flow-error-end") continue;
    if (token.type === "space" || token.type === "newline") blankBefore = true;
    else if (token.type === "comment") {
      if (!blankBefore) report(spanOf(token, 1), "A comment needs a blank before its `#`.");
    } else {
      const word = firstLine(token.source);
      report(
        spanOf(token, Math.min(token.source.length, word.length)),
        `\`${word}\` cannot stand behind the end of a value: quote the value as a whole if it belongs to it.`,
      );
      return;
    }
  }
}

/** At most the first line of a text, and no more of it than fits into a message. */
export function firstLine(text: string): string {
  const line =
    text
      .trimStart()
      .split(/[\r\n\u2028\u2029]/, 1)[0]
      ?.trimEnd() ?? "";
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
