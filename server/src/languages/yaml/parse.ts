import type { Span } from "../../text/span.ts";
import { lineEndingOf } from "../../text/lines.ts";
import type { SyntaxProblem } from "../problem.ts";
import { TOO_DEEP, composeDocument, composeNode, misplaced } from "./compose.ts";
import type { Composition } from "./composition.ts";
import { splitDocuments } from "./documents.ts";
import type { YamlDocument, YamlNode } from "./node.ts";
import { TAB } from "./properties.ts";
import { FILLER, type MaskedText, maskTemplates } from "./templates.ts";
import { type TokenTree, readTokens } from "./tokens.ts";

/** One document of a stream and where its text starts in the file. */
export interface ParsedYamlUnit {
  readonly base: number;
  readonly document: YamlDocument;
}

/** The documents of a file; one whose text is that of a document of `previous` is that very object. */
export function parseStream(text: string, previous: readonly ParsedYamlUnit[] = []): readonly ParsedYamlUnit[] {
  const known = new Map(previous.map(({ document }) => [document.text, document]));
  return splitDocuments(text).map((part) => ({
    base: part.base,
    document: known.get(part.text) ?? parseYaml(part.text),
  }));
}

/** Reads one document; of a text with several, the first. Never throws. */
export function parseYaml(text: string): YamlDocument {
  const masked = maskTemplates(text);
  let reading = readRoot(text, { text, masks: [] });
  let templated = false;
  if (masked.masks.length > 0 && (reading.problems.length > 0 || areOutside(masked.masks, reading))) {
    reading = readRoot(text, masked);
    templated = areOutside(masked.masks, reading) || isOnTemplateLine(text, reading);
  }
  const tabs = reading.problems.filter(({ message }) => message === TAB);
  // Tabs hide the structure, so what was meant is read from spaces in their place; what else is wrong shows once they are gone.
  if (tabs.length > 0) {
    const spaced = { text: withoutTabs(templated ? masked.text : text), masks: templated ? masked.masks : [] };
    reading = { ...readRoot(text, spaced), problems: tabs };
  }
  return {
    text,
    root: reading.root,
    problems: templated ? [] : onePerLine(text, reading.problems),
    comments: reading.tokens.comments,
    templated,
    lineEnding: lineEndingOf(text),
  };
}

interface Reading {
  readonly tokens: TokenTree;
  readonly root: YamlNode | undefined;
  readonly problems: readonly SyntaxProblem[];
}

function readRoot(source: string, { text, masks }: MaskedText): Reading {
  const tokens = readTokens(text, source);
  const problems: SyntaxProblem[] = [];
  const report = (at: Span, message: string): void => {
    problems.push({ at, message });
  };
  const composition: Composition = {
    text: source,
    report,
    restore: restorer(source, masks),
    compose: composeNode,
    anchors: new Map(),
    open: [],
    values: 0,
    deepest: 0,
  };
  const root = tokens.document === undefined ? undefined : composeDocument(tokens.document, composition);
  for (const error of tokens.errors) {
    report({ start: error.offset, end: error.offset + Math.max(1, error.source.trimEnd().length) }, misplaced(error));
  }
  if (tokens.tooDeep) report({ start: 0, end: Math.min(1, text.length) }, TOO_DEEP);
  return { tokens, root, problems };
}

/** Puts template expressions back into the text of scalars; to be asked in the order of the text. */
function restorer(source: string, masks: readonly Span[]): Composition["restore"] {
  if (masks.length === 0) return (text) => text;
  const run = new RegExp(`${FILLER}+`, "g");
  let next = 0;
  return (text, offset) => {
    while ((masks[next]?.end ?? Number.POSITIVE_INFINITY) <= offset) next += 1;
    if (!text.includes(FILLER)) return text;
    let mask = next;
    return text.replace(run, (filler) => {
      let written = "";
      while (written.length < filler.length && mask < masks.length) {
        written += source.slice(masks[mask]?.start, masks[mask]?.end);
        mask += 1;
      }
      return written;
    });
  };
}

/** Each tab that indents becomes one space, so that places stay. */
function withoutTabs(text: string): string {
  return text.replace(/^[ \t]*\t[ \t]*/gm, (indent) => " ".repeat(indent.length));
}

/** Whether a template expression starts where it shapes the document: outside of comments, quotes and block scalars. */
function areOutside(masks: readonly Span[], { tokens }: Reading): boolean {
  let at = 0;
  return masks.some(({ start }) => {
    while ((tokens.opaque[at]?.end ?? Number.POSITIVE_INFINITY) <= start) at += 1;
    const opaque = tokens.opaque[at];
    return opaque === undefined || opaque.start > start;
  });
}

/** Whether one of the lines that cannot be read holds a template expression, which then is why. */
function isOnTemplateLine(text: string, { problems }: Reading): boolean {
  return problems.slice(0, 50).some(({ at: { start } }) => /\{[{%]/.test(lineAround(text, start)));
}

function lineAround(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const end = text.indexOf("\n", offset);
  return text.slice(start, end < 0 ? text.length : end);
}

/** The problems in the order of their places, the first of each line: those that follow are mostly its consequences. */
function onePerLine(text: string, problems: readonly SyntaxProblem[]): readonly SyntaxProblem[] {
  if (problems.length < 2) return problems;
  const kept: SyntaxProblem[] = [];
  let lineEnd = -1;
  for (const problem of [...problems].sort((a, b) => a.at.start - b.at.start)) {
    if (problem.at.start <= lineEnd) continue;
    kept.push(problem);
    const end = text.indexOf("\n", problem.at.start);
    lineEnd = end < 0 ? text.length : end;
  }
  return kept;
}
