import { CST } from "yaml";
import type { YamlScalar } from "./node.ts";

/** A scalar's text and the end of its place; `fault` is called with the offset and code of what the library found wrong. */
export interface ReadScalar {
  readonly text: string;
  readonly style: YamlScalar["style"];
  readonly end: number;
}

/** Takes what the library finds wrong in a scalar: the offset in the document, the library's code and its words. */
export type ScalarFault = (offset: number, code: string, message: string) => void;

/** Unquotes and unfolds a scalar. */
export function readScalar(token: CST.FlowScalar | CST.BlockScalar, fault: ScalarFault): ReadScalar {
  const { source } = token;
  if (token.type === "block-scalar") return readBlock(token, fault);
  const end = token.offset + source.length;
  const style = token.type === "scalar" ? "plain" : token.type === "single-quoted-scalar" ? "single" : "double";
  // Most scalars need no more than a slice; the library's own reading is several times slower.
  if (!source.includes("\n")) {
    if (style === "plain" && !BAD_START.test(source)) return { text: source, style, end };
    if (style === "single" && source.length > 1 && source.indexOf("'", 1) === source.length - 1) {
      return { text: source.slice(1, -1), style, end };
    }
    if (style === "double" && source.length > 1 && source.endsWith('"') && !source.includes("\\")) {
      return { text: source.slice(1, -1), style, end };
    }
  }
  // The library takes an escaped quote at the very end of a text for the closing one.
  if (style === "double" && /(?<!\\)(?:\\\\)*\\"$/.test(source)) fault(end, "MISSING_CHAR", "");
  // What follows the scalar is judged by the composer, for every kind of node alike.
  const alone = { type: token.type, offset: token.offset, indent: token.indent, source };
  const resolved = CST.resolveAsScalar(alone, true, fault);
  return { text: resolved?.value ?? source, style, end };
}

const BAD_START = /^[\t,%|>@`]/;

function readBlock(token: CST.BlockScalar, fault: ScalarFault): ReadScalar {
  const { value } = CST.resolveAsScalar(token, true, fault);
  const header = token.props[0];
  const folded = header !== undefined && "source" in header && header.source.startsWith(">");
  const props = token.props.reduce((sum, prop) => sum + ("source" in prop ? prop.source.length : 0), 0);
  const headerEnd = token.offset + (header !== undefined && "source" in header ? header.source.length : 0);
  const content = token.source.trimEnd();
  return {
    text: value,
    style: folded ? "folded" : "literal",
    end: content === "" ? headerEnd : token.offset + props + content.length,
  };
}

const INTEGER = /^[-+]?[0-9]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** A plain scalar's value by YAML 1.2's core schema (https://yaml.org/spec/1.2.2/#103-core-schema). */
export function coreValue(text: string): YamlScalar["value"] {
  switch (text.charCodeAt(0)) {
    case 116: // t
    case 84: // T
      return text === "true" || text === "True" || text === "TRUE" ? true : text;
    case 102: // f
    case 70: // F
      return text === "false" || text === "False" || text === "FALSE" ? false : text;
    case 110: // n
    case 78: // N
      return text === "null" || text === "Null" || text === "NULL" ? null : text;
    case 126: // ~
      return text === "~" ? null : text;
    default:
      return text === "" ? null : numberOrText(text);
  }
}

function numberOrText(text: string): number | string {
  const first = text.charCodeAt(0);
  const numeric = (first >= 48 && first <= 57) || first === 45 || first === 43 || first === 46;
  if (!numeric) return text;
  if (INTEGER.test(text) || FLOAT.test(text)) return Number(text);
  if (/^0o[0-7]+$/.test(text)) return Number.parseInt(text.slice(2), 8);
  if (/^0x[0-9a-fA-F]+$/.test(text)) return Number.parseInt(text.slice(2), 16);
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith("-") ? -Infinity : Infinity;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN;
  return text;
}

/** The value of a scalar that carries a tag, as `!!str 5` or `!reset null`. Tags that are not YAML's own leave the value as it is. */
export function taggedValue(tag: string, text: string, style: YamlScalar["style"]): YamlScalar["value"] {
  switch (standardTag(tag)) {
    case "int":
    case "float": {
      const value = coreValue(text);
      return typeof value === "number" ? value : text;
    }
    case "bool": {
      const value = coreValue(text);
      return typeof value === "boolean" ? value : text;
    }
    case "null":
      return null;
    case undefined:
      return style === "plain" && tag !== "!" ? coreValue(text) : text;
    default:
      return text;
  }
}

const NAMESPACE = "tag:yaml.org,2002:";

/** `str` for `!!str` and its long forms; `undefined` for a tag that is not one of YAML's own. */
function standardTag(tag: string): string | undefined {
  if (tag.startsWith("!!")) return tag.slice(2);
  const verbatim = tag.startsWith("!<") && tag.endsWith(">") ? tag.slice(2, -1) : "";
  return verbatim.startsWith(NAMESPACE) ? verbatim.slice(NAMESPACE.length) : undefined;
}
