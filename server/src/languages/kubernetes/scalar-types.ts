import type { FieldType } from "../../knowledge/kubernetes-fields/index.ts";
import type { YamlScalar } from "../yaml/node.ts";

/** What a scalar is to Kubernetes, whose reader goes by YAML 1.1: `yes` is a boolean, and `0644` is octal. */
export type ScalarKind = "text" | "integer" | "number" | "boolean" | "null";

/**
 * The kind of a scalar. Dates and times stay text, as do numbers with colons.
 * Source: resolve.go of https://github.com/kubernetes-sigs/yaml (goyaml.v2).
 */
export function scalarKind({ style, text, value }: YamlScalar): ScalarKind {
  if (style !== "plain") return "text";
  if (value === null) return "null";
  if (typeof value === "boolean" || old.test(text)) return "boolean";
  // What YAML 1.2 takes for a number, too, is a text only where it is tagged as one.
  if (typeof value === "string" && /^[-+]?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?$/.test(text)) return "text";
  if (integer.test(text)) return "integer";
  if (decimal.test(text)) return "number";
  return "text";
}

/** Booleans of YAML 1.1 that YAML 1.2 takes for text. */
const old = /^(?:y|Y|yes|Yes|YES|on|On|ON|n|N|no|No|NO|off|Off|OFF|True|TRUE|False|FALSE)$/;
const integer = /^[-+]?(?:0b[01_]+|0o?[0-7_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*)$/;
const decimal =
  /^[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?$|^[-+]?\.(?:inf|Inf|INF)$|^\.(?:nan|NaN|NAN)$/;

/** Whether the API server takes a scalar for a field of this type; a null is nothing to it, and fits everywhere. */
export function fitsType(scalar: YamlScalar, { type }: FieldType): boolean {
  const kind = scalarKind(scalar);
  if (kind === "null" || type === "any") return true;
  switch (type) {
    case "string":
    case "choice":
    case "time":
      return kind === "text";
    case "int":
      return kind === "integer" || (kind === "number" && Number.isInteger(Number(scalar.text)));
    case "number":
      return kind === "integer" || kind === "number";
    case "bool":
      return kind === "boolean";
    case "quantity":
      return kind !== "boolean";
    case "port":
      return kind === "integer" || (kind === "text" && !isNumeral(scalar.text));
    default:
      return false;
  }
}

/** A number in quotes, which stands for a name or a percentage where a text may, and is neither. */
function isNumeral(text: string): boolean {
  return /^[0-9]+$/.test(text);
}
