import type { KeyType } from "../../knowledge/compose-keys/index.ts";
import type { YamlScalar } from "../yaml/node.ts";
import { isUnknown } from "../yaml/path.ts";
import { coreValue } from "../yaml/scalars.ts";

/**
 * Whether Compose takes a scalar as a value of that type. What a variable or a template decides fits, as does a scalar with a tag of somebody's
 * own. Source: the loader of compose-go, which turns texts into numbers and booleans and then holds them against its schema.
 */
export function fitsScalar(node: YamlScalar, type: KeyType): boolean {
  if (type.kind === "anything") return true;
  if (node.tag !== undefined || isUnknown(node)) return isScalarType(type);
  const { value, text } = node;
  if (value === null) return type.kind === "nothing";
  const quoted = node.style !== "plain";
  const number = typeof value === "number" ? value : quoted ? undefined : numberOf(text);
  switch (type.kind) {
    case "text":
      return typeof value === "string" && number === undefined && (type.pattern?.test(text) ?? true);
    case "choice":
      return typeof value === "string" && type.of.includes(text);
    case "flag":
      return typeof value === "boolean" || (type.strict !== true && typeof value === "string" && FLAG.test(text));
    case "whole": {
      if (type.words?.includes(text.toLowerCase()) === true) return true;
      const whole = number ?? (type.strict !== true && /^[-+]?\d+$/.test(text) ? Number(text) : undefined);
      if (whole === undefined || typeof value === "boolean") return false;
      return inRange(whole, type);
    }
    case "number":
      return number !== undefined || (type.strict !== true && typeof value === "string" && isFloat(text));
    case "duration":
      return typeof value === "string" && number === undefined && DURATION.test(text);
    case "bytes":
      if (number !== undefined) return type.strict !== true && fitsNumberOfBytes(number, type.least);
      return typeof value === "string" && BYTES.test(text) && !(type.least === 0 && text.startsWith("-"));
    case "text-or-number":
      return typeof value !== "boolean";
    case "scalar":
      return true;
    default:
      return false;
  }
}

/** A boolean as YAML 1.1 had them, which Compose still understands and warns of. */
export function isOldBoolean({ value, text }: YamlScalar): boolean {
  return typeof value === "string" && /^(?:y|yes|on|n|no|off)$/i.test(text);
}

/** What a word for a boolean means: `true`, `yes`, `on`, `1` and their opposites. */
export function booleanMeant(text: string): boolean | undefined {
  if (/^(?:y|yes|on|true|1)$/i.test(text)) return true;
  return /^(?:n|no|off|false|0)$/i.test(text) ? false : undefined;
}

/** How many bytes `512m`, `1.5 GiB` or `1048576` are, rounded down: all units are powers of 1024. `undefined` where it is no amount. Source: docker/go-units. */
export function bytesOf(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?) ?([kmgtp])?i?b?$/i.exec(text) ?? [];
  if (number === undefined) return undefined;
  return Math.floor(Number(number) * 1024 ** ("kmgtp".indexOf(unit.toLowerCase() || "-") + 1));
}

/** A number as Go's YAML library reads a plain scalar: octal, binary and underscores too. */
function numberOf(text: string): number | undefined {
  const digits = text.replaceAll("_", "");
  if (digits === text && !/^[-+]?0[bo]/i.test(text)) return undefined;
  if (!/^[-+]?(?:\d|\.\d)/.test(text)) return undefined;
  const number = Number(digits.replace(/^\+/, ""));
  return Number.isNaN(number) ? undefined : number;
}

const FLAG = /^(?:true|false|y|yes|on|n|no|off)$/i;
const DURATION = /^[-+]?(?:0|(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h|d|w))+)$/;
const BYTES = /^-?(?:\d+(?:\.\d*)?|\.\d+) ?(?:[kmgtp]?(?:i?b)?|[kmgtp])$/i;

function isFloat(text: string): boolean {
  return /^[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?$|^[-+]?(?:inf|infinity)$|^nan$/i.test(text);
}

function fitsNumberOfBytes(number: number, least: number | undefined): boolean {
  return least === undefined || (number >= least && Number.isInteger(number));
}

function inRange(number: number, { least, most }: { readonly least?: number; readonly most?: number }): boolean {
  return (least === undefined || number >= least) && (most === undefined || number <= most);
}

function isScalarType({ kind }: KeyType): boolean {
  return kind !== "nothing" && kind !== "list" && kind !== "map" && kind !== "record" && kind !== "either";
}

/** Whether a plain scalar is text for Go's YAML library, and no number, boolean, date or null. */
export function isTextInGo(text: string): boolean {
  // A word that begins like this can be none of the others; most keys are such words.
  if (/^[a-eg-mo-su-xzA-EG-MO-SU-XZ_][a-z]/.test(text)) return true;
  return typeof coreValue(text) === "string" && numberOf(text) === undefined && !DATE.test(text);
}

const DATE = /^\d{4}-\d{1,2}-\d{1,2}(?:[Tt ]+\d{1,2}:\d{2}:\d{2}(?:\.\d*)?(?: *(?:Z|[-+]\d{1,2}(?::?\d{2})?))?)?$/;
