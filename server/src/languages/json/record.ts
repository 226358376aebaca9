/** An object that is no list: what JSON writes with braces, be it parsed or sent. */
export function isRecord(value: unknown): value is UnknownRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Anything at all by names. */
export type UnknownRecord = Readonly<Record<string, unknown>>;
