import { parse, type ValueNode } from "@humanwhocodes/momoa";
import type { Span } from "../../text/span.ts";

/** `jsonc`: with comments and commas behind the last entry; plain JSON is a part of it. */
export type JsonDialect = "jsonc" | "json5";

/** A value of a JSON text with its place, which counts from the text's start. */
export type JsonNode = JsonObject | JsonArray | JsonScalar;

export interface JsonObject {
  readonly type: "object";
  readonly span: Span;
  /** In the order written; a name may be there twice. */
  readonly members: readonly JsonMember[];
}

/** A name with its value. */
export interface JsonMember {
  readonly name: string;
  /** JSON5 allows names without quotes. */
  readonly quoted: boolean;
  /** From the name's start to the value's end. */
  readonly span: Span;
  readonly value: JsonNode;
}

export interface JsonArray {
  readonly type: "array";
  readonly span: Span;
  readonly items: readonly JsonNode[];
}

/** `value` is null for the numbers of JSON5 that JSON does not have. */
export interface JsonScalar {
  readonly type: "scalar";
  readonly span: Span;
  readonly value: string | number | boolean | null;
}

/** A text as it was read. `reason`, without a full stop, says what is wrong and where, as the parser has it. */
export type JsonReading =
  | { readonly type: "read"; readonly root: JsonNode }
  | { readonly type: "broken"; readonly reason: string };

/** Reads a whole text. Never throws. */
export function parseJson(text: string, dialect: JsonDialect): JsonReading {
  try {
    const document = parse(text.replace(/^\uFEFF/, " "), { mode: dialect, ranges: true, allowTrailingCommas: true });
    return { type: "read", root: nodeOf(document.body) };
  } catch (error) {
    // What is nested too deep overflows the stack, whose message says nothing of the text.
    const reason = error instanceof Error && !(error instanceof RangeError) ? error.message : "it is nested too deep";
    return { type: "broken", reason: reason.replace(/\.$/, "") };
  }
}

/** The value of the last member of a name, as parsers of JSON take it; `undefined` where there is none, or no object. */
export function memberOf(node: JsonNode | undefined, name: string): JsonNode | undefined {
  return node?.type === "object" ? node.members.findLast((member) => member.name === name)?.value : undefined;
}

function nodeOf(node: ValueNode): JsonNode {
  const span = spanOf(node);
  switch (node.type) {
    case "Object":
      return {
        type: "object",
        span,
        members: node.members.map((member) => ({
          name: member.name.type === "String" ? member.name.value : member.name.name,
          quoted: member.name.type === "String",
          span: spanOf(member),
          value: nodeOf(member.value),
        })),
      };
    case "Array":
      return { type: "array", span, items: node.elements.map(({ value }) => nodeOf(value)) };
    case "String":
    case "Number":
    case "Boolean":
      return { type: "scalar", span, value: node.value };
    default:
      return { type: "scalar", span, value: null };
  }
}

function spanOf({ range }: { readonly range?: readonly [number, number] }): Span {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}
