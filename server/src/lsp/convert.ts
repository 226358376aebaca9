import {
  type Diagnostic,
  type DiagnosticRelatedInformation,
  DiagnosticSeverity,
  DiagnosticTag,
  type Position,
  PositionEncodingKind,
  type Range,
  type TextEdit as LspTextEdit,
} from "vscode-languageserver";
import type { Finding } from "../engine/finding.ts";
import type { Rule, Severity } from "../engine/rule.ts";
import { peers } from "../reference/peers.ts";
import type { TextEdit } from "../text/edit.ts";
import { type Lines, linesOf } from "../text/lines.ts";
import type { Span } from "../text/span.ts";

/** How a client counts the characters of a line. */
export type PositionEncoding = "utf-16" | "utf-8";

/** The first encoding of the client's list that we know; UTF-16, which every client knows, where it has none. */
export function negotiateEncoding(offered: readonly string[] | undefined): PositionEncoding {
  for (const encoding of offered ?? []) {
    if (encoding === PositionEncodingKind.UTF16) return "utf-16";
    if (encoding === PositionEncodingKind.UTF8) return "utf-8";
  }
  return "utf-16";
}

/** Offsets of one text to the client's places and back. Places outside the text are taken to its nearest one. */
export interface Places {
  readonly lineCount: number;
  position(offset: number): Position;
  offset(position: Position): number;
  range(span: Span): Range;
  span(range: Range): Span;
  /** The places of `text`, which came of putting `inserted` in the place of a span of this one. */
  edited(text: string, replaced: Span, inserted: string): Places;
}

export function placesOf(text: string, encoding: PositionEncoding): Places {
  return placesIn(text, linesOf(text), encoding);
}

function placesIn(text: string, lines: Lines, encoding: PositionEncoding): Places {
  const position = (offset: number): Position => {
    const at = lines.positionAt(offset);
    if (encoding === "utf-16") return { line: at.line, character: at.character };
    const start = lines.start(at.line);
    return { line: at.line, character: utf8Length(text, start, start + at.character) };
  };
  const offset = (at: Position): number => {
    if (encoding === "utf-16" || at.line < 0 || at.line >= lines.count) return lines.offsetAt(at);
    const { start, end } = lines.span(at.line);
    return utf8Offset(text, start, end, at.character);
  };
  return {
    lineCount: lines.count,
    position,
    offset,
    edited: (next, replaced, inserted) => placesIn(next, lines.edited(next, replaced, inserted), encoding),
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    span: ({ start, end }) => {
      const a = offset(start);
      const b = offset(end);
      return a <= b ? { start: a, end: b } : { start: b, end: a };
    },
  };
}

export function toLspEdit(edit: TextEdit, places: Places): LspTextEdit {
  return { range: places.range(edit.span), newText: edit.text };
}

export const diagnosticSource = "seaworthy";

/** What a client can show of a diagnostic. */
export interface DiagnosticAbilities {
  readonly href: boolean;
  readonly tags: boolean;
  readonly related: boolean;
  readonly data: boolean;
}

/** What a diagnostic of ours carries for the client to send back. */
export interface DiagnosticData {
  /** The rule's id. */
  readonly rule: string;
}

export interface DiagnosticContext {
  readonly uri: string;
  readonly places: Places;
  readonly can: DiagnosticAbilities;
  rule(id: string): Rule | undefined;
  helpUrl(rule: Rule): string;
  /** URI and places of another file, where it is known. */
  other(path: string): { readonly uri: string; readonly places: Places } | undefined;
}

export function toDiagnostic(finding: Finding, context: DiagnosticContext): Diagnostic {
  const { places, can } = context;
  const rule = context.rule(finding.rule);
  const diagnostic: Diagnostic = {
    range: places.range(finding.at),
    severity: toLspSeverity(finding.severity),
    source: diagnosticSource,
    code: finding.code ?? rule?.slug ?? finding.rule,
    message: finding.message,
  };
  if (can.href && rule !== undefined)
    diagnostic.codeDescription = { href: pageOf(finding, rule) ?? context.helpUrl(rule) };
  if (can.tags && finding.tag !== undefined) {
    diagnostic.tags = [finding.tag === "unnecessary" ? DiagnosticTag.Unnecessary : DiagnosticTag.Deprecated];
  }
  if (can.related && finding.related.length > 0) {
    const related = finding.related.flatMap((place): readonly DiagnosticRelatedInformation[] => {
      const file = place.path === undefined ? context : context.other(place.path);
      if (file === undefined) return [];
      return [{ location: { uri: file.uri, range: file.places.range(place.at) }, message: place.message }];
    });
    if (related.length > 0) diagnostic.relatedInformation = related;
  }
  if (can.data) diagnostic.data = { rule: finding.rule } satisfies DiagnosticData;
  return diagnostic;
}

/** The other tool's page about its code, where a rule passes on what that tool says. */
function pageOf({ code }: Finding, { aliases }: Rule): string | undefined {
  const peer = code === undefined ? undefined : aliases[0]?.split(":", 1)[0];
  return peer === undefined || code === undefined ? undefined : peers[peer]?.page?.(code);
}

export function toLspSeverity(severity: Severity): DiagnosticSeverity {
  return severities[severity];
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Bytes of `text` from `start` to `end` in UTF-8; half a surrogate pair counts three, as the replacement character does. */
function utf8Length(text: string, start: number, end: number): number {
  let bytes = 0;
  for (let i = start; i < end; i++) {
    const width = utf8Width(text, i);
    bytes += width;
    if (width === 4) i++;
  }
  return bytes;
}

function utf8Offset(text: string, start: number, end: number, bytes: number): number {
  let at = start;
  let left = bytes;
  while (at < end) {
    const width = utf8Width(text, at);
    if (left < width) return at;
    left -= width;
    at += width === 4 ? 2 : 1;
  }
  return end;
}

function utf8Width(text: string, at: number): 1 | 2 | 3 | 4 {
  const point = text.codePointAt(at) ?? 0;
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}
