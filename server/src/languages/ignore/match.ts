import { folderOf, normalizePath } from "../../text/path.ts";

/** Whether the builder leaves `path` (relative to the build context) out of it; the last pattern that fits the path or a folder above it decides. */
export function ignores(patterns: readonly string[], path: string): boolean {
  return ignoredBy(patterns, path) !== undefined;
}

/** Which pattern leaves the path out, as a place in the list; `undefined` where none does in the end. */
export function ignoredBy(patterns: readonly string[], path: string): number | undefined {
  const clean = normalizePath(path);
  if (clean === ".") return undefined;
  const above = foldersAbove(clean);
  let by: number | undefined;
  for (const [index, pattern] of patterns.entries()) {
    const negated = pattern.startsWith("!");
    // A pattern that could not change the answer need not be matched.
    if (negated !== (by !== undefined)) continue;
    const expression = pathPattern(negated ? pattern.slice(1) : pattern);
    if (expression === undefined) continue;
    if (expression.test(clean) || above.some((folder) => expression.test(folder))) {
      by = negated ? undefined : index;
    }
  }
  return by;
}

/** Whether a pattern, without its `!`, can fit something below a folder. */
export function mayReachBelow(pattern: string, folder: string): boolean {
  const parts = pattern.split("/");
  const folders = folder.split("/");
  for (const [index, name] of folders.entries()) {
    const part = parts[index];
    if (part === undefined) return false;
    if (part.includes("**")) return true;
    if (pathPattern(part)?.test(name) !== true) return false;
  }
  return parts.length > folders.length;
}

function foldersAbove(path: string): readonly string[] {
  const parent = folderOf(path);
  if (parent === "." || parent === "/") return [];
  const parts = parent.split("/");
  return parts.map((_, index) => parts.slice(0, index + 1).join("/"));
}

/** As Go's filepath.Match with `**` added, for a whole path; `undefined` for a pattern the builder would refuse. */
export function pathPattern(pattern: string): RegExp | undefined {
  // `**` in front of plain text means "ends with it", in the middle of a name too.
  if (/^\*\*[^*?[\]\\]*$/.test(pattern)) {
    const suffix = pattern.slice(2);
    const plain = escape(suffix);
    return new RegExp(suffix.startsWith("/") ? `(?:^|/)${plain.slice(2)}$` : `${plain}$`, "s");
  }
  let source = "^";
  for (let i = 0; i < pattern.length; i++) {
    const character = pattern.charAt(i);
    if (character === "*" && pattern[i + 1] === "*") {
      i += 1;
      while (pattern[i + 1] === "*") i += 1;
      const folders = pattern[i + 1] === "/";
      if (folders) i += 1;
      source += i + 1 >= pattern.length ? ".*" : "(?:.*/)?";
    } else if (character === "*") source += "[^/]*";
    else if (character === "?") source += "[^/]";
    else if (character === "[") {
      const end = pattern.indexOf("]", i + 2);
      if (end < 0) return undefined;
      source += `[${pattern.slice(i + 1, end).replace(/\[/g, "\\[")}]`;
      i = end;
    } else if (character === "\\") {
      i += 1;
      if (i >= pattern.length) return undefined;
      source += escape(pattern.charAt(i));
    } else source += escape(character);
  }
  try {
    return new RegExp(`${source}$`, "s");
  } catch {
    return undefined;
  }
}

function escape(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
