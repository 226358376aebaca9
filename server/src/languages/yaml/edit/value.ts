/**
 * A value to be written: plain data, or one of the forms below where it matters how it is written. `null` is written as nothing behind a
 * key. Maps and lists in block style follow the style of the document around them.
 */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlRecord | WrittenValue;

/** A map of plain data, in the order it is to be written. */
export interface YamlRecord {
  readonly [key: string]: YamlValue;
}

const form: unique symbol = Symbol("form");

/** A value that is written in a form of its own; made by `raw`, `aliasTo`, `flow` and `anchored`. */
export interface WrittenValue {
  readonly [form]: WrittenForm;
}

/** What a value with a form of its own holds. */
export type WrittenForm =
  | { readonly as: "raw"; readonly text: string }
  | { readonly as: "alias"; readonly name: string }
  | { readonly as: "flow"; readonly value: YamlValue }
  | { readonly as: "anchored"; readonly name: string; readonly value: YamlValue };

/**
 * YAML that is written as it is, right behind the key; its further lines are indented by the key's column, so indent them as if the
 * key stood in column 0. Text that starts with a `\n` is put below the key, indented one step.
 */
export function raw(text: string): WrittenValue {
  return { [form]: { as: "raw", text } };
}

/** `*name` */
export function aliasTo(name: string): WrittenValue {
  return { [form]: { as: "alias", name } };
}

/** The value in flow style, on one line: `["CMD", "true"]`. */
export function flow(value: YamlValue): WrittenValue {
  return { [form]: { as: "flow", value } };
}

/** The value with an anchor: `&name`. */
export function anchored(name: string, value: YamlValue): WrittenValue {
  return { [form]: { as: "anchored", name, value } };
}

/** The form of a value that has one of its own. */
export function formOf(value: YamlValue): WrittenForm | undefined {
  return isWritten(value) ? value[form] : undefined;
}

function isWritten(value: YamlValue): value is WrittenValue {
  return typeof value === "object" && value !== null && form in value;
}

/** Whether a value is a list of plain data. */
export function isList(value: YamlValue): value is readonly YamlValue[] {
  return Array.isArray(value);
}

/** Whether a value is a map of plain data. */
export function isRecord(value: YamlValue): value is YamlRecord {
  return typeof value === "object" && value !== null && !isList(value) && !isWritten(value);
}

/** Whether a value is a scalar without a form of its own. */
export function isPlainScalar(value: YamlValue): value is string | number | boolean | null {
  return typeof value !== "object" || value === null;
}
