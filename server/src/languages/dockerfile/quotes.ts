/**
 * A word without its quotes and escapes, as the builder reads it; variables stay. Nothing is escaped in single quotes; in double quotes only
 * `"`, `$` and the escape character are.
 */
export function unquote(word: string, escape: string): string {
  if (!word.includes("'") && !word.includes('"') && !word.includes(escape)) return word;
  let value = "";
  let quote = "";
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = "";
      else value += char;
    } else if (char === escape) {
      const next = word.charAt(at + 1);
      if (quote === '"' && next !== '"' && next !== "$" && next !== escape) value += char;
      else {
        at += 1;
        value += next;
      }
    } else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
    else value += char;
  }
  return value;
}

/** Whether a word as written holds a variable the builder puts in: not in single quotes, its `$` not escaped. */
export function hasVariable(word: string, escape: string): boolean {
  if (!word.includes("$")) return false;
  let quote = "";
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = "";
    } else if (char === escape) at += 1;
    else if (char === "$" && /[A-Za-z_{]/.test(word.charAt(at + 1))) return true;
    else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
  }
  return false;
}

/**
 * What stands for the same value between double quotes: `a 'b c'` becomes `a b c`. Variables stay variables. `undefined` where a quote stays open, or
 * quotes and braces are mixed.
 */
export function requoted(word: string, escape: string): string | undefined {
  if (word.includes("${") && /["']/.test(word)) return undefined;
  let value = "";
  let quote = "";
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = "";
      else value += char === '"' || char === "$" || char === escape ? escape + char : char;
    } else if (char === escape) {
      const next = word.charAt(at + 1);
      at += 1;
      if (next === '"' || next === "$" || next === escape) value += escape + next;
      else value += quote === '"' ? escape + next : next;
    } else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
    else value += char;
  }
  return quote === "" ? value : undefined;
}
