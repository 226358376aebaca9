import deprecatedIds from "spdx-license-ids/deprecated.json";
import currentIds from "spdx-license-ids/index.json";

/**
 * Whether a text is a licence expression as SPDX defines it: ids of its list, `LicenseRef-…`, `+`, `WITH`, `AND`, `OR` and parentheses. Case does
 * not count, as SPDX wants it; the names behind `WITH` are not held to a list.
 */
export function isLicenseExpression(text: string): boolean {
  const tokens = text.match(/[()]|[^\s()]+/g) ?? [];
  if (tokens.length > longest) return false;
  const after = expressionEnd(tokens, 0);
  return after !== undefined && after === tokens.length;
}

/** The SPDX id that a licence's name most likely means: `Apache 2.0` is `Apache-2.0`. `undefined` where it may mean several, as `GPL` does. */
export function licenseIdOf(name: string): string | undefined {
  const plain = plainName(name);
  return plain === "" ? undefined : currentIds.find((id) => plainName(id) === plain);
}

/** Words and parentheses of the longest expression anybody means; what is longer would nest too deep to follow. */
const longest = 1000;

/** In small letters. */
const ids: ReadonlySet<string> = new Set([...currentIds, ...deprecatedIds].map((id) => id.toLowerCase()));

/** Without case, signs and the words that stand around a licence's name. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/\bthe\b|\blicen[cs]e\b|\bversion\b|\bv(?=\d)|[^a-z0-9.]/g, "");
}

/** Index behind the expression that begins at `from`. */
function expressionEnd(tokens: readonly string[], from: number): number | undefined {
  let at = termEnd(tokens, from);
  while (at !== undefined && /^(?:and|or)$/i.test(tokens[at] ?? "")) at = termEnd(tokens, at + 1);
  return at;
}

function termEnd(tokens: readonly string[], from: number): number | undefined {
  const token = tokens[from];
  if (token === undefined) return undefined;
  if (token === "(") {
    const end = expressionEnd(tokens, from + 1);
    return end !== undefined && tokens[end] === ")" ? end + 1 : undefined;
  }
  if (!isLicense(token)) return undefined;
  if (!/^with$/i.test(tokens[from + 1] ?? "")) return from + 1;
  return /^[a-z0-9.-]+$/i.test(tokens[from + 2] ?? "") ? from + 3 : undefined;
}

function isLicense(token: string): boolean {
  if (/^(?:DocumentRef-[a-z0-9.-]+:)?LicenseRef-[a-z0-9.-]+$/i.test(token)) return true;
  if (/^(?:NONE|NOASSERTION)$/.test(token)) return true;
  return ids.has(token.replace(/\+$/, "").toLowerCase());
}
