import type { FileFacts } from "./facts.ts";

/** Whether two readings of a file tell the same. Where a Compose file or a manifest says what it says is nothing new to others. */
export function sameFacts(a: FileFacts, b: FileFacts): boolean {
  const { composePlaces: _a, kubernetesPlaces: _c, ...mine } = a;
  const { composePlaces: _b, kubernetesPlaces: _d, ...theirs } = b;
  return sameData(mine, theirs);
}

/** Facts are plain data, put together in one order. */
export function sameData(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, index) => sameData(item, b[index]));
  }
  const left: Readonly<Record<string, unknown>> = { ...a };
  const right: Readonly<Record<string, unknown>> = { ...b };
  const keys = Object.keys(left);
  return (
    keys.length === Object.keys(right).length && keys.every((key) => key in right && sameData(left[key], right[key]))
  );
}
