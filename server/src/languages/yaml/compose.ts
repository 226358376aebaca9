import type { CST } from "yaml";
import type { Span } from "../../text/span.ts";
import { composeBlockMap, composeBlockSequence, misaligned } from "./compose-block.ts";
import { composeFlow } from "./compose-flow.ts";
import type { YamlNode, YamlScalar } from "./node.ts";
import type { Composition } from "./composition.ts";
import { type Lead, firstLine, readLead, readTail } from "./properties.ts";
import { coreValue, readScalar, taggedValue } from "./scalars.ts";
import { type NodeProperties, seenThrough } from "./tree.ts";

/** Values deeper than this are not read; real files stay under 100. */
const DEEPEST = 400;

/** How many values a document may stand for once its aliases are written out. */
const MOST_VALUES = 300_000;

/** The node of a document's root, if it has one. */
export function composeDocument(document: CST.Document, composition: Composition): YamlNode | undefined {
  const { report } = composition;
  const lead = readLead(
    document.start,
    { indicator: "---", offset: document.offset, atLineStart: true, indent: 0, next: document.value },
    report,
  );
  const { value } = document;
  if (
    lead.indicator !== undefined &&
    !lead.hasNewline &&
    (value?.type === "block-map" || value?.type === "block-seq")
  ) {
    report(
      { start: lead.indicator.offset, end: lead.indicator.offset + 3 },
      "What follows `---` starts on a line of its own.",
    );
  }
  const stray = document.end?.find(({ type }) => !TRIVIA.has(type));
  if (stray !== undefined && isFirstOnLine(composition.text, stray.offset))
    report(spanOf(stray), misaligned(firstLine(stray.source)));
  else readTail(document.end, report, true);
  return value === undefined && lead.tag === undefined && lead.anchor === undefined
    ? undefined
    : composeNode(value, lead, 0, composition);
}

/** What may follow a document's value; the last is the end of a collection that was never closed, which is reported by itself. */
const TRIVIA: ReadonlySet<CST.Token["type"]> = new Set(["space", "newline", "comment", "flow-error-end"]);

function isFirstOnLine(text: string, offset: number): boolean {
  return /^\s*$/.test(text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset));
}

/** A value, or where `token` is missing the null that stands behind its lead. */
export function composeNode(
  token: CST.Token | null | undefined,
  lead: Lead,
  depth: number,
  composition: Composition,
): YamlNode {
  const name = lead.anchor?.source.slice(1);
  const properties = propertiesOf(lead, name);
  composition.values += 1;
  if (name === undefined) return composeValue(token, lead, properties, depth, composition);
  const { values, deepest } = composition;
  composition.deepest = depth;
  composition.open.push(name);
  const node = composeValue(token, lead, properties, depth, composition);
  composition.open.pop();
  composition.anchors.set(name, {
    node,
    values: composition.values - values + 1,
    height: composition.deepest - depth,
  });
  composition.deepest = Math.max(deepest, composition.deepest);
  return node;
}

function propertiesOf(lead: Lead, anchor: string | undefined): NodeProperties {
  const tag = lead.tag?.source;
  if (tag === undefined && anchor === undefined) return NO_PROPERTIES;
  return { ...(tag === undefined ? {} : { tag }), ...(anchor === undefined ? {} : { anchor }) };
}

const NO_PROPERTIES: NodeProperties = {};

function composeValue(
  token: CST.Token | null | undefined,
  lead: Lead,
  properties: NodeProperties,
  depth: number,
  composition: Composition,
): YamlNode {
  if (depth > composition.deepest) composition.deepest = depth;
  if (token === null || token === undefined) return nothing(lead.solidEnd, properties);
  const { report } = composition;
  switch (token.type) {
    case "scalar":
    case "single-quoted-scalar":
    case "double-quoted-scalar":
      readTail(token.end, report);
      return composeScalar(token, properties, depth, composition);
    case "block-scalar":
      return composeScalar(token, properties, depth, composition);
    case "alias":
      readTail(token.end, report);
      if (lead.anchor !== undefined || lead.tag !== undefined) {
        report(spanOf(token), "An alias cannot have an anchor or a tag of its own.");
      }
      return composeAlias(token, depth, composition);
    case "block-map":
    case "block-seq":
    case "flow-collection":
      if (depth >= DEEPEST) {
        report({ start: token.offset, end: token.offset + 1 }, TOO_DEEP);
        return nothing(token.offset, properties);
      }
      if (token.type === "block-map") return composeBlockMap(token, withoutStandardTag(properties), depth, composition);
      if (token.type === "block-seq")
        return composeBlockSequence(token, withoutStandardTag(properties), depth, composition);
      return composeFlow(token, withoutStandardTag(properties), depth, composition);
    case "error":
      reportMisplaced(token, composition);
      return nothing(token.offset, properties);
    default:
      report({ start: token.offset, end: token.offset + 1 }, "This cannot stand here.");
      return nothing(token.offset, properties);
  }
}

/** Reported where values are nested beyond what is read. */
export const TOO_DEEP = `This is nested more than ${DEEPEST} levels deep and is not read.`;

/** Reports a token that fits nowhere. */
export function reportMisplaced(token: CST.ErrorToken, { text, report }: Composition): void {
  // The end of a collection that was never closed, which is reported by itself.
  if (token.source === "\u0018") return;
  const word = firstLine(token.source);
  const start = Math.min(token.offset, text.length);
  const at = { start, end: Math.min(text.length, start + Math.max(1, word.endsWith("…") ? 1 : word.length)) };
  if (token.message.includes("block-seq-ind") || token.message.includes("seq-item-ind")) {
    report(
      at,
      isFirstOnLine(text, token.offset)
        ? "A list cannot stand here: it needs a key of its own."
        : "A list starts on a line of its own, below its key.",
    );
    return;
  }
  if (token.source === "]" || token.source === "}") {
    report(at, `This \`${token.source}\` closes nothing: remove it.`, at);
    return;
  }
  report(at, `\`${word}\` cannot stand here.`);
}

function spanOf(token: { readonly offset: number; readonly source: string }): Span {
  return { start: token.offset, end: token.offset + token.source.trimEnd().length };
}

function nothing(offset: number, properties: NodeProperties): YamlScalar {
  const span = { start: offset, end: offset };
  return { type: "scalar", value: null, text: "", style: "plain", span, ...withoutStandardTag(properties) };
}

function withoutStandardTag(properties: NodeProperties): NodeProperties {
  const { tag, ...rest } = properties;
  return tag === undefined || !(tag === "!" || tag.startsWith("!!") || tag.startsWith("!<tag:yaml.org,2002:"))
    ? properties
    : rest;
}

function composeScalar(
  token: CST.FlowScalar | CST.BlockScalar,
  properties: NodeProperties,
  depth: number,
  composition: Composition,
): YamlScalar {
  const { report } = composition;
  const read = readScalar(token, (offset, code, message) => {
    if (depth === 0 && message.includes("must be indented")) return;
    const fault = scalarFault(token, offset, code, message);
    report(fault.at, fault.message, fault.mend);
  });
  const text = composition.restore(read.text, token.offset);
  const { style } = read;
  const span = { start: token.offset, end: read.end };
  if (properties.tag !== undefined) {
    const value = taggedValue(properties.tag, text, style);
    return { type: "scalar", value, text, style, span, ...withoutStandardTag(properties) };
  }
  const value = style === "plain" ? coreValue(text) : text;
  if (properties.anchor !== undefined) return { type: "scalar", value, text, style, span, anchor: properties.anchor };
  return { type: "scalar", value, text, style, span };
}

function scalarFault(
  token: CST.FlowScalar | CST.BlockScalar,
  offset: number,
  code: string,
  message: string,
): { readonly at: Span; readonly message: string; readonly mend?: Span } {
  const here = { start: token.offset, end: token.offset + 1 };
  if (token.type === "block-scalar") {
    const header = { start: offset, end: offset + 1 };
    if (message.startsWith("Block scalar header")) {
      return {
        at: header,
        message: "Behind `|` or `>` only `+`, `-` and one digit can stand: the text starts on the next line.",
      };
    }
    if (code === "BAD_INDENT")
      return { at: header, message: "This text must be indented deeper than its key, each line alike." };
    if (message.startsWith("Comments")) return { at: header, message: "A comment needs a blank before its `#`." };
    return {
      at: header,
      message: "The blank lines before this text are indented deeper than the text; remove their blanks.",
    };
  }
  if (code === "MISSING_CHAR")
    return { at: here, message: `This \`${token.source[0] ?? ""}\` is never closed.`, mend: here };
  if (code === "BAD_DQ_ESCAPE") {
    const escape = firstLine(token.source.slice(offset - token.offset, offset - token.offset + 2));
    return {
      at: { start: offset, end: offset + Math.max(1, escape.length) },
      message: `\`${escape}\` means nothing between double quotes; write \`\\${escape}\`, or use single quotes.`,
    };
  }
  const start = token.source[0] ?? "";
  const name = start === "\t" ? "a tab" : start === "`" ? "a backquote" : `\`${start}\``;
  return { at: here, message: `A value cannot start with ${name}: quote it.` };
}

function composeAlias(token: CST.FlowScalar, depth: number, composition: Composition): YamlNode {
  const at = spanOf(token);
  const name = token.source.slice(1);
  const missing: YamlScalar = { type: "scalar", value: null, text: "", style: "plain", span: at, alias: at };
  if (composition.open.includes(name)) {
    composition.report(at, `\`*${name}\` stands for a value that it is itself a part of.`);
    return missing;
  }
  const target = composition.anchors.get(name);
  if (name === "") {
    composition.report(at, "A `*` here starts an alias: give it a name, or put it in quotes if it is meant as text.");
    return missing;
  }
  if (target === undefined) {
    composition.report(
      at,
      `\`*${name}\` has no \`&${name}\` above it; put it in quotes if the \`*\` is meant as text.`,
    );
    return missing;
  }
  if (composition.values + target.values > MOST_VALUES || depth + target.height > DEEPEST) {
    composition.report(
      at,
      "The aliases of this document stand for more values than can be read; this one is left out.",
    );
    return missing;
  }
  composition.values += target.values;
  composition.deepest = Math.max(composition.deepest, depth + target.height);
  return seenThrough(target.node, at);
}
