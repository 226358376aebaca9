import type { Span } from "../../text/span.ts";
import { findExpressions } from "./expressions.ts";

/** An `if`, `with` or loop of a template, with all that it may give. */
export interface Choice {
  /** From its first expression to the end of its last one; to the end of the text where that is not there. */
  readonly span: Span;
  /** In the order written; the last has an empty `condition` where it is an `else`. */
  readonly branches: readonly Branch[];
}

export interface Branch {
  /** What decides, without the keyword, as in `.Values.ingress.enabled`. */
  readonly condition: string;
  /** What stands between this branch's expression and the next one. */
  readonly body: Span;
}

/** The choices of a text of Helm or Jinja, each before those within it. An `end` without a beginning is passed over. */
export function choicesOf(text: string, expressions: readonly Span[] = findExpressions(text)): readonly Choice[] {
  const found: { start: number; choice: Choice }[] = [];
  const open: { start: number; branches: OpenBranch[] }[] = [];
  const close = ({ start, branches }: { start: number; branches: OpenBranch[] }, bodyEnd: number, end: number) => {
    const closed = branches.map(({ condition, start: from }, index) => {
      return { condition, body: { start: from, end: branches[index + 1]?.head ?? bodyEnd } };
    });
    found.push({ start, choice: { span: { start, end }, branches: closed } });
  };
  for (const { start, end } of expressions) {
    const [, keyword = "", condition = ""] =
      /^\{[{%]-?\s*([a-z]+)\b\s*([^]*?)\s*-?[}%]\}$/.exec(text.slice(start, end)) ?? [];
    const branch = {
      condition: keyword === "else" ? condition.replace(/^(?:if|with)\s+/, "") : condition,
      head: start,
      start: end,
    };
    if (opening.has(keyword)) open.push({ start, branches: [branch] });
    else if (keyword === "else" || keyword === "elif") open.at(-1)?.branches.push(branch);
    else if (keyword === "end" || /^end(?:if|for|macro|block)$/.test(keyword)) {
      const last = open.pop();
      if (last !== undefined) close(last, start, end);
    }
  }
  for (const unclosed of open) close(unclosed, text.length, text.length);
  return found.sort((a, b) => a.start - b.start).map(({ choice }) => choice);
}

/** Every condition of the choices around a place, those of the branches that it is not in included. */
export function conditionsAround(text: string, offset: number): readonly string[] {
  if (!text.includes("{{") && !text.includes("{%")) return [];
  return choicesOf(text)
    .filter(({ span }) => span.start <= offset && offset < span.end)
    .flatMap(({ branches }) => branches.map(({ condition }) => condition))
    .filter((condition) => condition !== "");
}

/**
 * What is to be left out of a template for the rest to be one of its possible outputs: of the branches of a choice all but the first that
 * says something itself, and the switches that somebody turns on by the very name they have. Whole lines only.
 */
export function alternatives(text: string, expressions: readonly Span[]): readonly Span[] {
  const without: Span[] = [];
  for (const { branches } of choicesOf(text, expressions)) {
    if (branches.length > 1 && branches.every(({ body }) => isWholeLines(text, body))) {
      const kept = Math.max(
        0,
        branches.findIndex(({ body }) => saysSomething(text, body)),
      );
      without.push(...branches.filter((_, index) => index !== kept).map(({ body }) => body));
    }
    for (const { condition, body } of branches) without.push(...switchesOf(text, condition, body));
  }
  return without.sort((a, b) => a.start - b.start);
}

interface OpenBranch {
  readonly condition: string;
  /** Where its expression starts, and where its body does. */
  readonly head: number;
  readonly start: number;
}

const opening: ReadonlySet<string> = new Set(["if", "with", "range", "define", "block", "for", "macro"]);

function isWholeLines(text: string, { start, end }: Span): boolean {
  const lineEnd = text.indexOf("\n", start);
  if (lineEnd < 0 || lineEnd >= end) return false;
  return (
    /^[ \t\r]*$/.test(text.slice(start, lineEnd)) &&
    /^[ \t]*$/.test(text.slice(text.lastIndexOf("\n", end - 1) + 1, end))
  );
}

/** Whether anything but expressions and comments stands there. */
function saysSomething(text: string, { start, end }: Span): boolean {
  let rest = text.slice(start, end);
  for (const expression of findExpressions(rest).toReversed()) {
    rest = rest.slice(0, expression.start) + rest.slice(expression.end);
  }
  return /^[ \t]*[^\s#]/m.test(rest);
}

/** `hostNetwork: true` behind `if .Values.hostNetwork` is what `hostNetwork: {{ .Values.hostNetwork }}` would be. */
function switchesOf(text: string, condition: string, { start, end }: Span): readonly Span[] {
  if (!condition.includes(".")) return [];
  const body = text.slice(start, end);
  return [...body.matchAll(/^[ \t]*([A-Za-z]+):[ \t]+true[ \t]*(?:#.*)?$/gm)].flatMap((line) => {
    const [whole, name = ""] = line;
    if (!new RegExp(`\\.${name}\\b`, "i").test(condition)) return [];
    return { start: start + line.index, end: start + line.index + whole.length };
  });
}
