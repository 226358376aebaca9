import { insert, replace, type TextEdit } from "../../text/edit.ts";
import { lineEndingOf } from "../../text/lines.ts";
import type { JsonArray, JsonDialect, JsonNode, JsonObject } from "./parse.ts";

/** What is written into a JSON text. */
export type JsonValue = string | boolean | readonly JsonValue[] | { readonly [name: string]: JsonValue };

/** A text with its root and how it is to be read, for edits that keep its ways: comments, indentation, quotes, line endings. */
export interface JsonText {
  readonly text: string;
  readonly root: JsonNode;
  readonly dialect: JsonDialect;
}

/** Adds an item to the end of an array. */
export function appendJsonItem(json: JsonText, array: JsonArray, value: JsonValue): readonly TextEdit[] {
  const last = array.items.at(-1);
  return addBehind(json, array, last, true, (indent) => written(json, value, indent, isManyLines(json, array)));
}

/** Adds a member that is not there yet: behind the member called `behind` where there is one, else at the end. */
export function addJsonMember(
  json: JsonText,
  object: JsonObject,
  name: string,
  value: JsonValue,
  behind?: string,
): readonly TextEdit[] {
  const before = object.members.find((member) => member.name === behind) ?? object.members.at(-1);
  const isLast = before === object.members.at(-1);
  const bare = object.members.some(({ quoted }) => !quoted) && /^[A-Za-z_$][\w$]*$/.test(name);
  const key = bare ? name : quoted(json, name);
  const manyLines = object.members.length === 0 || isManyLines(json, object);
  return addBehind(json, object, before, isLast, (indent) => `${key}: ${written(json, value, indent, manyLines)}`);
}

function addBehind(
  json: JsonText,
  container: JsonArray | JsonObject,
  before: { readonly span: JsonNode["span"] } | undefined,
  isLast: boolean,
  write: (indent: string) => string,
): readonly TextEdit[] {
  const { text } = json;
  const ending = lineEndingOf(text);
  const outer = indentAt(text, container.span.start);
  if (before === undefined) {
    const inner = outer + stepOf(json);
    const isPlain = /^[\s]*$/.test(text.slice(container.span.start + 1, container.span.end - 1));
    const open = text.charAt(container.span.start);
    if (container.type === "array" && isPlain) return [replace(container.span, `[${write(outer)}]`)];
    if (!isPlain) return [insert(container.span.start + 1, `${ending}${inner}${write(inner)}`)];
    return [replace(container.span, `${open}${ending}${inner}${write(inner)}${ending}${outer}}`)];
  }
  if (!isManyLines(json, container)) return [insert(before.span.end, `, ${write(outer)}`)];
  const indent = indentAt(text, before.span.start);
  const line = `${ending}${indent}${write(indent)}`;
  // A comment behind the last entry is about that entry and stays on its line.
  const rest = isLast
    ? /^(,?)([ \t]*(?:\/\/[^\r\n]*|\/\*[^\r\n]*?\*\/[ \t]*))(?=\r?\n)/.exec(text.slice(before.span.end))
    : null;
  if (rest === null) return [insert(before.span.end, `,${line}`)];
  const behind = before.span.end + rest[0].length;
  return rest[1] === "," ? [insert(behind, `${line},`)] : [insert(before.span.end, ","), insert(behind, line)];
}

function written(json: JsonText, value: JsonValue, indent: string, manyLines: boolean): string {
  if (typeof value === "string") return quoted(json, value);
  if (typeof value === "boolean") return String(value);
  if (isList(value)) return `[${value.map((item) => written(json, item, indent, false)).join(", ")}]`;
  const members = Object.entries(value);
  const bare = json.root.type === "object" && json.root.members.some((member) => !member.quoted);
  const inner = indent + stepOf(json);
  const parts = members.map(([name, one]) => {
    const key = bare && /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(json, name);
    return `${key}: ${written(json, one, inner, manyLines)}`;
  });
  if (!manyLines) return `{ ${parts.join(", ")} }`;
  const ending = lineEndingOf(json.text);
  return `{${ending}${parts.map((part) => inner + part).join(`,${ending}`)}${ending}${indent}}`;
}

function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** In the quotes that the text's first string has. */
function quoted({ text, root, dialect }: JsonText, value: string): string {
  const plain = JSON.stringify(value);
  const first = dialect === "json5" ? firstString(root) : undefined;
  const single = first !== undefined && text.charAt(first) === "'" && !/['\\]/.test(plain);
  return single ? `'${value}'` : plain;
}

function firstString(node: JsonNode): number | undefined {
  if (node.type === "scalar") return typeof node.value === "string" ? node.span.start : undefined;
  const inner = node.type === "array" ? node.items : node.members.map(({ value }) => value);
  for (const one of inner) {
    const found = firstString(one);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isManyLines({ text }: JsonText, container: JsonArray | JsonObject): boolean {
  const [first] = container.type === "array" ? container.items : container.members;
  return first !== undefined && text.slice(container.span.start, first.span.start).includes("\n");
}

/** What the lines within the root are indented by; two spaces where that does not show. */
function stepOf({ text, root }: JsonText): string {
  const [first] = root.type === "array" ? root.items : root.type === "object" ? root.members : [];
  const indent = first === undefined ? "" : indentAt(text, first.span.start);
  return indent === "" ? "  " : indent;
}

/** The blanks that the line of an offset begins with. */
function indentAt(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}
