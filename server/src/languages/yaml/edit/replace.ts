import { type TextEdit, insert, replace } from "../../../text/edit.ts";
import type { YamlDocument, YamlNode } from "../node.ts";
import { aliases } from "./anchors.ts";
import { leads, lineEnd, lineStart, styleOf, writtenSpan } from "./layout.ts";
import { type Printed, type YamlStyle, printBlock, printFlow, printItem } from "./print.ts";
import { printScalar } from "./scalar.ts";
import { type Slot, behindProperties } from "./slot.ts";
import { type YamlValue, isList, isPlainScalar, isRecord } from "./value.ts";

/** Puts a value in the place of the one a slot holds. */
export function replaceValue(document: YamlDocument, slot: Slot, value: YamlValue): readonly TextEdit[] | undefined {
  const { text } = document;
  const at = behindProperties(text, slot);
  if (at === undefined) return undefined;
  const { anchor, alias, type } = slot.node;
  // A map that others merge must stay one.
  const merged =
    anchor !== undefined && alias === undefined && type === "map" && text.includes("<<") && aliases(text, anchor) > 0;
  if (merged && !isRecord(value)) return undefined;
  const style = styleOf(document, slot.node);
  const span = writtenSpan(slot.node);
  const inPlace = printInPlace(slot, value, style);
  if (inPlace !== undefined) return text.slice(span.start, span.end) === inPlace ? [] : [replace(span, inPlace)];
  if (slot.holder === "flow" || style.json) return replaceInFlow(text, slot, value, at, style);
  if (slot.holder === "root") return replaceRoot(text, slot.node, value, style);
  // Behind an anchor a collection cannot start on the line of the dash.
  const compact = slot.holder === "item" && at === slot.after;
  const printed = compact ? printItem(value, slot.column, style) : printBelow(slot, value, style);
  if (printed === undefined) return undefined;
  const blank = compact ? " ".repeat(style.dashGap) : " ";
  return replaceInBlock(
    text,
    slot.node,
    { head: printed.head === "" ? "" : blank + printed.head, lines: printed.lines },
    at,
    style,
  );
}

/** The new text of a value that can stay exactly where the old one is: a scalar for a scalar, or one flow collection for another. */
function printInPlace({ node, holder }: Slot, value: YamlValue, style: YamlStyle): string | undefined {
  if (!isInline(node) || isEmpty(node)) return undefined;
  const flow = holder === "flow" || style.json;
  if (isPlainScalar(value)) {
    if (!flow && (value === null || (typeof value === "string" && value.includes("\n")))) return undefined;
    const quotes = node.type === "scalar" && node.alias === undefined ? { style: node.style } : {};
    return printScalar(value, { flow, json: style.json, ...quotes });
  }
  if (flow || node.alias !== undefined || node.type === "scalar" || isEmptyCollection(node)) return undefined;
  return isList(value) || isRecord(value) ? printFlow(value, { json: false }) : undefined;
}

function printBelow({ holder, column }: Slot, value: YamlValue, style: YamlStyle): Printed | undefined {
  const deeper = holder === "item" ? { ...style, sequenceStep: Math.max(style.sequenceStep, style.step) } : style;
  return printBlock(value, column, deeper);
}

/** Only a root that holds nothing is written anew; in any other there is more to keep than its style. */
function replaceRoot(
  text: string,
  node: YamlNode,
  value: YamlValue,
  style: YamlStyle,
): readonly TextEdit[] | undefined {
  if (!isEmptyCollection(node) || !(isRecord(value) || isList(value))) return undefined;
  const printed = printBlock(value, isList(value) ? -style.sequenceStep : -style.step, style);
  if (printed === undefined || printed.head !== "") return undefined;
  const marker = leads(text, node.span.start) === "other" ? style.lineEnding : "";
  return [replace(node.span, marker + printed.lines.join(style.lineEnding))];
}

/** Written on one line, or at least in a form that may be: not a block of any kind. */
function isInline(node: YamlNode): boolean {
  if (node.alias !== undefined) return true;
  return node.type === "scalar" ? node.style !== "literal" && node.style !== "folded" : node.flow;
}

function isEmpty(node: YamlNode): boolean {
  return node.alias === undefined && node.span.start === node.span.end;
}

/** `{}` or `[]`: says nothing of how its author writes collections that hold something. */
export function isEmptyCollection(node: YamlNode): boolean {
  if (node.type === "map") return node.entries.length === 0 && node.merges === undefined;
  return node.type === "seq" && node.items.length === 0;
}

function replaceInFlow(
  text: string,
  { node, prefix }: Slot,
  value: YamlValue,
  at: number,
  style: YamlStyle,
): readonly TextEdit[] | undefined {
  const span = writtenSpan(node);
  const column = /^ */.exec(text.slice(lineStart(text, span.start)))?.[0].length ?? 0;
  const spread = style.json && text.trim().includes("\n");
  const printed = printFlow(value, {
    json: style.json,
    ...(spread ? { spread: { column, step: style.step, lineEnding: style.lineEnding } } : {}),
  });
  if (printed === undefined) return undefined;
  return isEmpty(node) ? [insert(at, `${prefix} ${printed}`)] : [replace(span, printed)];
}

/** The head, a blank before it, goes right behind the key or dash, the lines go below; a comment between the two stays. */
function replaceInBlock(
  text: string,
  node: YamlNode,
  { head, lines }: Printed,
  at: number,
  style: YamlStyle,
): readonly TextEdit[] {
  const below = lines.map((line) => style.lineEnding + line).join("");
  const span = writtenSpan(node);
  const end = lineEnd(text, span.end);
  if (!isInline(node)) {
    const headEnd = endOfHead(text, node, at);
    const line = lineEnd(text, headEnd ?? at);
    return headEnd === undefined
      ? [replace({ start: at, end }, head + below)]
      : joined([replace({ start: at, end: headEnd }, head), replace({ start: line, end: Math.max(line, end) }, below)]);
  }
  const onOwnLine = text.slice(at, span.start).includes("\n");
  if (onOwnLine && lines.length === 0 && head !== "") return [replace(span, head.trimStart())];
  if (onOwnLine) return joined([insert(at, head), replace({ start: lineEnd(text, at), end }, below)]);
  if (lines.length === 0) return joined([replace({ start: at, end: span.end }, head)]);
  // Blanks at the end of the line would end up before the line ending; a comment there stays.
  const rest = text.slice(span.end, end).trim() === "" ? end : span.end;
  return joined([replace({ start: at, end: rest }, head), insert(end, below)]);
}

/**
 * Where on the line of its key the first part of a block value ends: a block scalar's header, or for a collection on lines of its own
 * the properties. `undefined` for a collection that starts on the line of its dash.
 */
function endOfHead(text: string, node: YamlNode, at: number): number | undefined {
  const { start } = node.span;
  if (node.type === "scalar") return start + (/^[|>][-+0-9]*/.exec(text.slice(start, start + 8))?.[0].length ?? 1);
  return text.slice(at, start).includes("\n") ? at : undefined;
}

/** Without edits that change nothing, and with those that touch made one. */
function joined(edits: readonly TextEdit[]): readonly TextEdit[] {
  const result: TextEdit[] = [];
  for (const edit of edits) {
    if (edit.span.start === edit.span.end && edit.text === "") continue;
    const last = result.at(-1);
    if (last === undefined || last.span.end !== edit.span.start) result.push(edit);
    else {
      result.pop();
      result.push(replace({ start: last.span.start, end: edit.span.end }, last.text + edit.text));
    }
  }
  return result;
}
