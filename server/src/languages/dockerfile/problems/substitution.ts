/** What the builder refuses in a word it takes quotes and variables from. Offsets count in the word. */
export interface SubstitutionFault {
  readonly kind: "quote" | "brace" | "name" | "modifier";
  /** The quote, or the modifier. */
  readonly found: string;
  readonly start: number;
  readonly end: number;
}

/** The first fault of a word as written; `undefined` where the builder can read it. */
export function substitutionFault(word: string, escape: string): SubstitutionFault | undefined {
  if (!/['"$]/.test(word)) return undefined;
  let quote = "";
  let opened = 0;
  for (let at = 0; at < word.length; at++) {
    const char = word.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = "";
    } else if (char === escape) at += 1;
    else if (char === "$" && word[at + 1] === "{") {
      const read = readBraces(word, at, escape);
      if (typeof read !== "number") return read;
      at = read - 1;
    } else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) {
      quote = char;
      opened = at;
    }
  }
  return quote === "" ? undefined : { kind: "quote", found: quote, start: opened, end: word.length };
}

/** Where `${…}` ends, or what is wrong with it. */
function readBraces(word: string, start: number, escape: string): number | SubstitutionFault {
  const open = { kind: "brace", found: "${", start, end: word.length } as const;
  const name = /^(?:[A-Za-z_]\w*|[\d@*#?$!-])/.exec(word.slice(start + 2, start + 258))?.[0];
  const behind = start + 2 + (name?.length ?? 0);
  if (behind >= word.length) return open;
  const close = closingBrace(word, behind, escape);
  if (close === undefined) return open;
  if (name === undefined) return { kind: "name", found: word.slice(start, close + 1), start, end: close + 1 };
  const modifier = word.charAt(behind) === ":" ? word.slice(behind, behind + 2) : word.charAt(behind);
  if (modifier === "}" || /^(?::?[-+?]|[#%/])$/.test(modifier)) return close + 1;
  return { kind: "modifier", found: modifier, start: behind, end: behind + modifier.length };
}

function closingBrace(word: string, from: number, escape: string): number | undefined {
  let depth = 0;
  let quote = "";
  for (let at = from; at < word.length; at++) {
    const char = word.charAt(at);
    if (quote === "'") {
      if (char === "'") quote = "";
    } else if (char === escape) at += 1;
    else if (char === quote) quote = "";
    else if (quote === "" && (char === '"' || char === "'")) quote = char;
    else if (char === "$" && word[at + 1] === "{") {
      depth += 1;
      at += 1;
    } else if (char === "}" && depth > 0) depth -= 1;
    else if (char === "}" && quote === "") return at;
  }
  return undefined;
}
