import type { YamlScalar } from "../node.ts";
import { coreValue } from "../scalars.ts";

/** Where a scalar is to be written. */
export interface ScalarPlace {
  /** Inside `{ }` or `[ ]`. */
  readonly flow: boolean;
  /** Only double quotes, always. */
  readonly json: boolean;
  /** The quotes of the scalar it takes the place of, to be kept. */
  readonly style?: YamlScalar["style"];
}

/** A scalar on one line, quoted only where that is needed or where its predecessor was. */
export function printScalar(value: string | number | boolean | null, place: ScalarPlace): string {
  if (value === null) return "null";
  if (typeof value === "number") return printNumber(value, place.json);
  if (typeof value === "boolean") return String(value);
  if (place.json) return JSON.stringify(value);
  if (place.style === "single" && isPrintable(value)) return singleQuoted(value);
  if (place.style !== "single" && place.style !== "double" && isPlain(value, place.flow)) return value;
  const escapes = /["\\]/.test(value) && isPrintable(value) && !value.includes("'");
  return escapes && place.style !== "double" ? singleQuoted(value) : doubleQuoted(value);
}

function printNumber(value: number, json: boolean): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? "-0.0" : String(value);
  if (json) return "null";
  return Number.isNaN(value) ? ".nan" : value > 0 ? ".inf" : "-.inf";
}

/** In double quotes whatever it is, as people write the words of a command. */
export function doubleQuoted(text: string): string {
  return JSON.stringify(text).replace(
    // JSON leaves these as they are, and YAML does not allow them.
    /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function singleQuoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Can stand between single quotes, or plain, as far as its characters go. */
function isPrintable(text: string): boolean {
  return !/[\p{Cc}\p{Cs}\u2028\u2029\uFEFF\uFFFE\uFFFF]/u.test(text);
}

/** What YAML 1.1 readers, among them those of Docker and Kubernetes, take for something other than text. */
const YAML_1_1 =
  /^(?:y|n|yes|no|on|off|=|<<|[-+]?[0-9][0-9_,]*(?:\.[0-9_]*)?|[-+]?0b[01_]+|[-+]?0x[0-9a-f_]+|[-+]?[0-9]+(?::[0-5]?[0-9])+(?:\.[0-9]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*)$/i;

/** Whether a text read back without quotes is that text for every reader. */
function isPlain(text: string, flow: boolean): boolean {
  if (text === "" || text !== text.trim() || !isPrintable(text)) return false;
  if (/^[!&*|>%@`"'#{}[\],]|^[-?:](?:\s|$)|^(?:---|\.\.\.)|:(?:\s|$)|\s#|\{[{%]/.test(text)) return false;
  if (flow && /[,[\]{}]|^[?:-]|:$/.test(text)) return false;
  return typeof coreValue(text) === "string" && !YAML_1_1.test(text);
}

/** How a text of several lines is written as a literal block: its header and its lines; `undefined` where that would change it. */
export function literalBlock(text: string): { readonly header: string; readonly lines: readonly string[] } | undefined {
  if (!text.includes("\n") || text.includes("\r")) return undefined;
  const ends = text.endsWith("\n");
  const lines = (ends ? text.slice(0, -1) : text).split("\n");
  const fits = lines.every((line) => line === "" || (isPrintable(line.replaceAll("\t", "")) && line.trim() !== ""));
  const first = lines[0] ?? "";
  if (!fits || first === "" || /^\s/.test(first) || lines.at(-1) === "") return undefined;
  return { header: ends ? "|" : "|-", lines };
}
