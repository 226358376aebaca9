import type { Span } from "../../text/span.ts";
import { partOf } from "../scalar-place.ts";
import type { YamlDocument, YamlMap, YamlNode, YamlScalar } from "../yaml/node.ts";
import type { PathStep } from "../yaml/path.ts";
import type { ComposeModel } from "./model.ts";

/**
 * What a `$` in a value is to the program that reads the file; characters outside of all of them stand for themselves. Places count from the
 * start of the text that was read.
 */
export type Interpolation =
  | VariableUse
  /** `$$`: one dollar sign. */
  | { readonly kind: "escape"; readonly at: Span }
  /** A `$` with nothing behind it that could be a name: it stands for itself. */
  | { readonly kind: "dollar"; readonly at: Span }
  /** What the program refuses the file for. `at` holds all of it as far as that can be told: `${1st}`, `${`. */
  | { readonly kind: "invalid"; readonly at: Span };

/** `$NAME`, `${NAME}`, `${NAME:-default}` and its like. */
export interface VariableUse {
  readonly kind: "variable";
  readonly at: Span;
  readonly name: string;
  readonly nameAt: Span;
  readonly braced: boolean;
  /** Left out where the name stands alone. With a colon an empty value counts as none. */
  readonly operator?: ":-" | "-" | ":?" | "?" | ":+" | "+";
  /** What stands behind the operator: a default, a message, a replacement. */
  readonly argument?: Span;
  /** What is interpolated within the argument. */
  readonly within: readonly Interpolation[];
}

/**
 * Reads a text as Docker Compose 2 does, or as `docker stack deploy`, which knows neither `+` nor a variable within a default, and refuses a `$` that
 * stands for itself. Sources: https://docs.docker.com/reference/compose-file/interpolation/, the template packages of compose-go and docker/cli.
 */
export function interpolationsIn(text: string, dialect: ComposeModel["dialect"] = "compose"): readonly Interpolation[] {
  return text.includes("$") ? read(text, { start: 0, end: text.length }, dialect) : [];
}

/** Every variable that is used, those within defaults included. */
export function* variableUses(parts: readonly Interpolation[]): Iterable<VariableUse> {
  for (const part of parts) {
    if (part.kind !== "variable") continue;
    yield part;
    yield* variableUses(part.within);
  }
}

function read(text: string, within: Span, dialect: ComposeModel["dialect"]): readonly Interpolation[] {
  const parts: Interpolation[] = [];
  for (let at = text.indexOf("$", within.start); at >= 0 && at < within.end; ) {
    const part = readAt(text, at, within.end, dialect);
    parts.push(part);
    at = text.indexOf("$", part.at.end);
  }
  return parts;
}

function readAt(text: string, start: number, end: number, dialect: ComposeModel["dialect"]): Interpolation {
  const next = start + 1 < end ? text[start + 1] : undefined;
  if (next === "$") return { kind: "escape", at: { start, end: start + 2 } };
  if (next === "{") return readBraced(text, start, end, dialect);
  const nameAt = nameFrom(text, start + 1, end);
  if (nameAt === undefined) {
    return { kind: dialect === "stack" ? "invalid" : "dollar", at: { start, end: start + 1 } };
  }
  const name = text.slice(nameAt.start, nameAt.end);
  return { kind: "variable", at: { start, end: nameAt.end }, name, nameAt, braced: false, within: [] };
}

function readBraced(text: string, start: number, end: number, dialect: ComposeModel["dialect"]): Interpolation {
  const nameAt = nameFrom(text, start + 2, end);
  if (nameAt === undefined) return invalid(text, start, end);
  const name = text.slice(nameAt.start, nameAt.end);
  const use = { kind: "variable", name, nameAt, braced: true } as const;
  if (nameAt.end < end && text[nameAt.end] === "}") return { ...use, at: { start, end: nameAt.end + 1 }, within: [] };
  const operator = operatorAt(text, nameAt.end, dialect);
  if (operator === undefined) return invalid(text, start, end);
  const from = nameAt.end + operator.length;
  const close = closingBrace(text, start, from, end, dialect);
  if (close === undefined) return invalid(text, start, end);
  const argument: Span = { start: from, end: close };
  const within = dialect === "stack" ? [] : read(text, argument, dialect);
  return { ...use, at: { start, end: close + 1 }, operator, argument, within };
}

function nameFrom(text: string, start: number, limit: number): Span | undefined {
  const pattern = /[A-Za-z_][A-Za-z0-9_]*/y;
  pattern.lastIndex = start;
  const end = start + (pattern.exec(text)?.[0].length ?? 0);
  return end > start && end <= limit ? { start, end } : undefined;
}

function operatorAt(text: string, at: number, dialect: ComposeModel["dialect"]): VariableUse["operator"] {
  const colon = text[at] === ":";
  switch (text[colon ? at + 1 : at]) {
    case "-":
      return colon ? ":-" : "-";
    case "?":
      return colon ? ":?" : "?";
    case "+":
      return dialect === "stack" ? undefined : colon ? ":+" : "+";
    default:
      return undefined;
  }
}

/**
 * Where the argument ends. Compose takes what is left of the line up to its last brace, and of that the part in which each opening one has its
 * own, the one right behind another not counted; in a stack file the first brace ends it.
 */
function closingBrace(
  text: string,
  start: number,
  from: number,
  end: number,
  dialect: ComposeModel["dialect"],
): number | undefined {
  if (dialect === "stack") {
    const close = text.indexOf("}", from);
    return close < 0 || close >= end ? undefined : close;
  }
  const lineEnd = text.indexOf("\n", from);
  const last = text.lastIndexOf("}", (lineEnd < 0 ? end : Math.min(lineEnd, end)) - 1);
  if (last < from) return undefined;
  let open = 0;
  for (let i = start; i <= last; i++) {
    if (text[i] === "}") {
      open -= 1;
      if (open === 0) return i;
    } else if (text[i] === "{") {
      open += 1;
      i += 1;
    }
  }
  return last;
}

/** Up to the brace that seems to be meant, else to the end of the word. */
function invalid(text: string, start: number, end: number): Interpolation {
  const word = /\$\{(?:[ \t]*\w*[ \t]*\}|[^\s}$"']*\}?)/y;
  word.lastIndex = start;
  const found = word.exec(text.slice(0, end))?.[0].length ?? 2;
  return { kind: "invalid", at: { start, end: start + found } };
}

/** A scalar that holds a `$`, with the way to it; values behind an anchor come once, where they are written. */
export interface InterpolatedScalar {
  readonly path: readonly PathStep[];
  readonly scalar: YamlScalar;
  readonly parts: readonly Interpolation[];
}

/**
 * The values of a file that are interpolated: all of them, extensions included, for Compose; those of the parts it reads for a stack. Keys never are.
 * In the order written. What holds no `$` costs nothing.
 */
export function interpolatedScalars(
  { text, templated }: Pick<YamlDocument, "text" | "templated">,
  root: YamlMap,
  dialect: ComposeModel["dialect"],
): readonly InterpolatedScalar[] {
  const found: InterpolatedScalar[] = [];
  // The first `$` from an offset on; nodes mostly come in the order of the text, so that it is looked for once.
  let from = 0;
  let dollar = templated ? -1 : text.indexOf("$");
  if (dollar < 0) return found;
  const holds = ({ start, end }: Span): boolean => {
    if (start < from || (dollar >= 0 && dollar < start)) {
      from = start;
      dollar = text.indexOf("$", start);
    }
    return dollar >= 0 && dollar < end;
  };
  const path: PathStep[] = [];
  const visit = (node: YamlNode, step: PathStep): void => {
    if (node.alias !== undefined || !holds(node.span)) return;
    path.push(step);
    if (node.type === "scalar") {
      const parts = interpolationsIn(node.text, dialect);
      if (parts.length > 0) found.push({ path: [...path], scalar: node, parts });
    } else if (node.type === "seq") {
      for (const [index, item] of node.items.entries()) visit(item, index);
    } else {
      for (const entry of node.entries) if (entry.merged === undefined) visit(entry.value, entry.key);
    }
    path.pop();
  };
  for (const entry of root.entries) {
    if (entry.merged === undefined && (dialect === "compose" || stackParts.has(entry.key))) {
      visit(entry.value, entry.key);
    }
  }
  return found;
}

/** Source: the interpolation of docker/cli, cli/compose/loader. */
const stackParts: ReadonlySet<string> = new Set(["services", "volumes", "networks", "secrets", "configs"]);

/** Where a part of a scalar's text stands in the document. */
export function placeOf({ document }: ComposeModel, scalar: YamlScalar, at: Span): Span {
  return partOf(document.text, scalar, at.start, at.end);
}

/** What becomes of a text. */
export interface Substituted {
  readonly text: string;
  /** Names without a value that leave an empty text behind. */
  readonly unset: readonly string[];
  /** Names whose value the file asks for, and which have none: the program stops there. */
  readonly missing: readonly string[];
}

/** Puts in the values that `lookup` knows, as the program does: what is asked of `lookup` is what counts for the result. `within` is the part of the text meant. */
export function substitute(
  text: string,
  parts: readonly Interpolation[],
  lookup: (name: string) => string | undefined,
  within: Span = { start: 0, end: text.length },
): Substituted {
  const unset: string[] = [];
  const missing: string[] = [];
  let out = "";
  let from = within.start;
  for (const part of parts) {
    out += text.slice(from, part.at.start);
    from = part.at.end;
    if (part.kind === "escape") out += "$";
    else if (part.kind === "variable") {
      const found = valueOf(text, part, lookup);
      out += found.text;
      unset.push(...found.unset);
      missing.push(...found.missing);
    } else out += text.slice(part.at.start, part.at.end);
  }
  return { text: out + text.slice(from, within.end), unset, missing };
}

/** What a single use of a variable gives. */
export function valueOf(text: string, use: VariableUse, lookup: (name: string) => string | undefined): Substituted {
  const value = lookup(use.name);
  const { operator, argument } = use;
  if (operator === undefined || argument === undefined) {
    return { text: value ?? "", unset: value === undefined ? [use.name] : [], missing: [] };
  }
  const counts = operator.startsWith(":") ? value !== undefined && value !== "" : value !== undefined;
  const wants = operator.endsWith("+") ? counts : !counts;
  if (!wants) return { text: operator.endsWith("+") ? "" : (value ?? ""), unset: [], missing: [] };
  if (operator.endsWith("?")) return { text: "", unset: [], missing: [use.name] };
  return substitute(text, use.within, lookup, argument);
}
