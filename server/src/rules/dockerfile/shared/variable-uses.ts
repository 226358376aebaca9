/** A variable in a word as written. Offsets count in the word. */
export interface VariableUse {
  readonly name: string;
  /** From the `$` to the end of the name, or of the braces. */
  readonly start: number;
  readonly end: number;
  /** `${NAME:-…}`, `${NAME:+…}`, `${NAME:?…}`, or within the braces of one: whoever wrote it knows that it may not be set. */
  readonly hasDefault: boolean;
}

/**
 * The variables the builder puts into a word, those within braces of others included; none in single quotes, and none that is escaped. In the `text`
 * of a heredoc quotes mean nothing.
 */
export function variableUses(word: string, escape: string, kind: "word" | "text" = "word"): readonly VariableUse[] {
  if (!word.includes("$")) return [];
  const uses: VariableUse[] = [];
  let quote = "";
  let guarded = 0;
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = "";
    } else if (char === escape) at += 1;
    else if (char === "$") {
      const use = useAt(word, at);
      if (use !== undefined) uses.push(at < guarded ? { ...use, hasDefault: true } : use);
      if (use?.hasDefault === true) guarded = Math.max(guarded, use.end);
      at += use === undefined ? 0 : use.name.length + (word[at + 1] === "{" ? 1 : 0);
    } else if (kind === "text") continue;
    else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
  }
  return uses;
}

function useAt(word: string, start: number): VariableUse | undefined {
  const match = /^\$(\{?)([A-Za-z_]\w*)/.exec(word.slice(start, start + 256));
  const name = match?.[2];
  if (match === null || name === undefined) return undefined;
  const behind = start + match[0].length;
  if (match[1] === "") return { name, start, end: behind, hasDefault: false };
  return {
    name,
    start,
    end: closed(word, behind),
    hasDefault: /^:?[-+?]/.test(word.slice(behind, behind + 2)),
  };
}

/** Behind the brace that ends what begins before `from`. */
function closed(word: string, from: number): number {
  let depth = 0;
  for (let at = from; at < word.length; at++) {
    if (word.startsWith("${", at)) depth += 1;
    else if (word[at] === "}") {
      if (depth === 0) return at + 1;
      depth -= 1;
    }
  }
  return word.length;
}
