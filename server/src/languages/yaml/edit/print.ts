import { doubleQuoted, literalBlock, printScalar } from "./scalar.ts";
import { type WrittenForm, type YamlValue, formOf, isList, isPlainScalar, isRecord } from "./value.ts";

/** How a document is written. */
export interface YamlStyle {
  readonly lineEnding: "\n" | "\r\n";
  /** Spaces by which a map is indented under its key. */
  readonly step: number;
  /** Spaces by which a sequence's `-` is indented under its key, often 0. */
  readonly sequenceStep: number;
  /** Spaces behind a `-`. */
  readonly dashGap: number;
  readonly json: boolean;
}

/** What stands behind a key's `: `, and the lines below, each with its indentation and without its line ending. */
export interface Printed {
  readonly head: string;
  readonly lines: readonly string[];
}

/** A value behind a key or a dash in `column`, in block style; `undefined` where it cannot be written so. */
export function printBlock(value: YamlValue, column: number, style: YamlStyle): Printed | undefined {
  const form = formOf(value);
  if (form !== undefined) return printForm(form, column, style);
  if (isRecord(value) || isList(value)) {
    if (isEmpty(value)) return { head: isList(value) ? "[]" : "{}", lines: [] };
    const lines = isList(value)
      ? itemLines(value, column + style.sequenceStep, style)
      : recordLines(Object.entries(value), column + style.step, style);
    return lines === undefined ? undefined : { head: "", lines };
  }
  if (!isPlainScalar(value)) return undefined;
  if (value === null) return { head: "", lines: [] };
  const literal = typeof value === "string" ? literalBlock(value) : undefined;
  if (literal === undefined) return { head: printScalar(value, { flow: false, json: false }), lines: [] };
  return { head: literal.header, lines: indent(literal.lines, column + style.step) };
}

function printForm(form: WrittenForm, column: number, style: YamlStyle): Printed | undefined {
  if (form.as === "alias") return { head: `*${form.name}`, lines: [] };
  if (form.as === "flow") {
    const head = printFlow(form.value, { json: false });
    return head === undefined ? undefined : { head, lines: [] };
  }
  if (form.as === "anchored") {
    const printed = printBlock(form.value, column, style);
    if (printed === undefined) return undefined;
    return { head: `&${form.name}${printed.head === "" ? "" : ` ${printed.head}`}`, lines: printed.lines };
  }
  const [head = "", ...rest] = form.text.replace(/\n+$/, "").split(/\r?\n/);
  return { head, lines: indent(rest, head === "" ? column + style.step : column) };
}

function indent(lines: readonly string[], column: number): readonly string[] {
  const pad = " ".repeat(column);
  return lines.map((line) => (line === "" ? "" : pad + line));
}

function isEmpty(value: YamlValue): boolean {
  return isList(value) ? value.length === 0 : isRecord(value) && Object.keys(value).length === 0;
}

/** The lines of an entry whose key stands in `column`. */
export function entryLines(
  key: string,
  value: YamlValue,
  column: number,
  style: YamlStyle,
): readonly string[] | undefined {
  const printed = printBlock(value, column, style);
  if (printed === undefined) return undefined;
  const name = printScalar(key, { flow: false, json: false });
  return [`${" ".repeat(column)}${name}:${printed.head === "" ? "" : ` ${printed.head}`}`, ...printed.lines];
}

/** The lines of entries whose keys stand in `column`. */
export function recordLines(
  entries: readonly (readonly [string, YamlValue])[],
  column: number,
  style: YamlStyle,
): readonly string[] | undefined {
  const lines: string[] = [];
  for (const [key, value] of entries) {
    const more = entryLines(key, value, column, style);
    if (more === undefined) return undefined;
    lines.push(...more);
  }
  return lines;
}

/** The lines of items whose `-` stands in `column`. */
export function itemLines(
  values: readonly YamlValue[],
  column: number,
  style: YamlStyle,
): readonly string[] | undefined {
  const lines: string[] = [];
  for (const value of values) {
    const more = printItem(value, column, style);
    if (more === undefined) return undefined;
    lines.push(`${" ".repeat(column)}-${" ".repeat(style.dashGap)}${more.head}`, ...more.lines);
  }
  return lines;
}

/** What stands behind an item's dash in `column` and its gap, and the lines below. */
export function printItem(value: YamlValue, column: number, style: YamlStyle): Printed | undefined {
  const inner = column + 1 + style.dashGap;
  if ((isRecord(value) || isList(value)) && !isEmpty(value)) {
    const lines = isList(value) ? itemLines(value, inner, style) : recordLines(Object.entries(value), inner, style);
    const [first, ...rest] = lines ?? [];
    return first === undefined ? undefined : { head: first.slice(inner), lines: rest };
  }
  if (value === null) return { head: "null", lines: [] };
  return printBlock(value, column, { ...style, sequenceStep: Math.max(style.sequenceStep, style.step) });
}

/** In flow style how a collection is written. */
export interface FlowStyle {
  readonly json: boolean;
  /** A blank inside the braces of maps, `{ a: 1 }`; in JSON there is none. */
  readonly padded?: boolean;
  /** The indentation of the line, for a value that is to be spread over lines. */
  readonly spread?: { readonly column: number; readonly step: number; readonly lineEnding: string };
}

/** A value in flow style; `undefined` where it cannot be written so. */
export function printFlow(value: YamlValue, style: FlowStyle): string | undefined {
  const form = formOf(value);
  if (form !== undefined) return printFlowForm(form, style);
  if (isList(value)) {
    const items = value.map((item) =>
      // The words of a command are quoted even where they need not be: that is how everybody writes them.
      typeof item === "string" ? doubleQuoted(item) : printFlow(item, deeper(style)),
    );
    return bracket("[", items, "]", style);
  }
  if (isRecord(value)) {
    const entries = Object.entries(value).map(([key, item]) => printFlowEntry(key, item, deeper(style)));
    return bracket("{", entries, "}", style);
  }
  return isPlainScalar(value) ? printScalar(value, { flow: true, json: style.json }) : undefined;
}

/** `key: value` in flow style. */
export function printFlowEntry(key: string, value: YamlValue, style: FlowStyle): string | undefined {
  const printed = printFlow(value, style);
  return printed === undefined ? undefined : `${printScalar(key, { flow: true, json: style.json })}: ${printed}`;
}

function printFlowForm(form: WrittenForm, style: FlowStyle): string | undefined {
  if (form.as === "flow") return printFlow(form.value, style);
  if (form.as === "raw") return form.text.includes("\n") ? undefined : form.text;
  if (style.json) return undefined;
  if (form.as === "alias") return `*${form.name}`;
  const printed = printFlow(form.value, style);
  return printed === undefined ? undefined : `&${form.name} ${printed}`;
}

function deeper(style: FlowStyle): FlowStyle {
  const { spread } = style;
  return spread === undefined ? style : { ...style, spread: { ...spread, column: spread.column + spread.step } };
}

function bracket(
  open: string,
  parts: readonly (string | undefined)[],
  close: string,
  { json, padded, spread }: FlowStyle,
): string | undefined {
  if (parts.some((part) => part === undefined)) return undefined;
  if (parts.length === 0) return open + close;
  if (spread !== undefined) {
    const inner = spread.lineEnding + " ".repeat(spread.column + spread.step);
    return `${open}${inner}${parts.join(`,${inner}`)}${spread.lineEnding}${" ".repeat(spread.column)}${close}`;
  }
  const pad = open === "{" && !json && padded !== false ? " " : "";
  return `${open}${pad}${parts.join(", ")}${pad}${close}`;
}
