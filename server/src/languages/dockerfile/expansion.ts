/**
 * What is known of a variable: its value; `null` where it is not set unless somebody sets it for the build (an ARG without default);
 * `undefined` where nothing is known (it may come from the base image or the platform).
 */
export type Lookup = (name: string) => string | null | undefined;

/** A longer result is of no use to anyone, and doubling can make one of any length. In code units. */
const longest = 32_768;

/**
 * A word as the builder reads it: quotes and escapes taken out and variables put in. `undefined` where a variable is unknown,
 * where the builder would refuse it, or where the result is very long.
 */
export function expand(word: string, escape: string, lookup: Lookup): string | undefined {
  const plain = !/["'$]/.test(word) && !word.includes(escape);
  const value = plain ? word : new Reader(word, escape, lookup).until("", false);
  return value === undefined || value.length > longest ? undefined : value;
}

/** A place in a word. A class, because reading a variable within a variable moves the same place on. */
class Reader {
  readonly #word: string;
  readonly #escape: string;
  readonly #lookup: Lookup;
  #at = 0;
  #depth = 0;

  constructor(word: string, escape: string, lookup: Lookup) {
    this.#word = word;
    this.#escape = escape;
    this.#lookup = lookup;
  }

  /** Up to `stop`, which is read too, or to the end where `stop` is empty. With `raw`, escapes stay, as in patterns. */
  until(stop: string, raw: boolean): string | undefined {
    let value: string | undefined = "";
    const add = (part: string | undefined): void => {
      value = part === undefined || value === undefined || value.length > longest ? undefined : value + part;
    };
    while (this.#at < this.#word.length) {
      const char = this.#word.charAt(this.#at);
      if (stop !== "" && char === stop) {
        this.#at += 1;
        return value;
      }
      this.#at += 1;
      if (char === "'") {
        const close = this.#word.indexOf("'", this.#at);
        add(this.#word.slice(this.#at, close < 0 ? undefined : close));
        this.#at = close < 0 ? this.#word.length : close + 1;
      } else if (char === '"') add(this.#doubleQuoted());
      else if (char === "$") add(this.#variable());
      else if (char === this.#escape) {
        add((raw ? char : "") + this.#word.charAt(this.#at));
        this.#at += 1;
      } else {
        const from = this.#at - 1;
        while (this.#at < this.#word.length && !this.#ends(this.#word.charAt(this.#at), stop)) this.#at += 1;
        add(this.#word.slice(from, this.#at));
      }
    }
    return stop === "" ? value : undefined;
  }

  /** Whether what stands for itself ends at a character. */
  #ends(char: string, stop: string): boolean {
    return char === "'" || char === '"' || char === "$" || char === this.#escape || char === stop;
  }

  #doubleQuoted(): string | undefined {
    let value: string | undefined = "";
    const add = (part: string | undefined): void => {
      value = part === undefined || value === undefined || value.length > longest ? undefined : value + part;
    };
    while (this.#at < this.#word.length) {
      const char = this.#word.charAt(this.#at);
      this.#at += 1;
      if (char === '"') return value;
      if (char === "$") add(this.#variable());
      else if (char === this.#escape) {
        const next = this.#word.charAt(this.#at);
        if (next === '"' || next === "$" || next === this.#escape) {
          add(next);
          this.#at += 1;
        } else add(char);
      } else add(char);
    }
    return value;
  }

  /** Behind a `$`. */
  #variable(): string | undefined {
    if (this.#word[this.#at] !== "{") {
      const name = /^[A-Za-z_]\w*/.exec(this.#word.slice(this.#at, this.#at + 256))?.[0];
      if (name === undefined) return /[\d@*#?$!-]/.test(this.#word.charAt(this.#at)) ? undefined : "$";
      this.#at += name.length;
      return this.#lookup(name) ?? undefined;
    }
    this.#at += 1;
    const name = /^[A-Za-z_]\w*/.exec(this.#word.slice(this.#at, this.#at + 256))?.[0];
    if (name === undefined || this.#depth > 50) return this.#giveUp();
    this.#at += name.length;
    const value = this.#lookup(name);
    this.#depth += 1;
    const result = this.#modified(value);
    this.#depth -= 1;
    return result;
  }

  #giveUp(): undefined {
    this.#at = this.#word.length;
    return undefined;
  }

  /** Behind the name in `${NAME…}`. */
  #modified(value: string | null | undefined): string | undefined {
    let operator = this.#word.charAt(this.#at);
    this.#at += 1;
    if (operator === "}") return value ?? undefined;
    const emptyCounts = operator === ":";
    if (emptyCounts) {
      operator = this.#word.charAt(this.#at);
      this.#at += 1;
    }
    const unset = value === null || (emptyCounts && value === "");
    switch (operator) {
      case "-": {
        const other = this.until("}", false);
        return unset ? other : value;
      }
      case "+": {
        const other = this.until("}", false);
        if (unset) return "";
        return value === undefined ? undefined : other;
      }
      case "?":
        this.until("}", false);
        return unset ? undefined : (value ?? undefined);
      case "#":
      case "%": {
        if (emptyCounts) return this.#giveUp();
        const greedy = this.#word[this.#at] === operator;
        if (greedy) this.#at += 1;
        return trimmed(value, this.until("}", true), operator, greedy);
      }
      case "/": {
        if (emptyCounts) return this.#giveUp();
        const all = this.#word[this.#at] === "/";
        if (all) this.#at += 1;
        const pattern = this.until("/", true);
        return replaced(value, pattern, this.until("}", true), all);
      }
      default:
        return this.#giveUp();
    }
  }
}

function trimmed(
  value: string | null | undefined,
  pattern: string | undefined,
  side: "#" | "%",
  greedy: boolean,
): string | undefined {
  if (value === null || value === undefined || pattern === undefined) return undefined;
  const matches = globMatcher(pattern, value);
  if (matches === undefined) return undefined;
  const lengths = Array.from({ length: value.length + 1 }, (_, length) => length);
  if (greedy) lengths.reverse();
  const cut = lengths.find((length) =>
    side === "#" ? matches(value.slice(0, length)) : matches(value.slice(value.length - length)),
  );
  if (cut === undefined) return value;
  return side === "#" ? value.slice(cut) : value.slice(0, value.length - cut);
}

function replaced(
  value: string | null | undefined,
  pattern: string | undefined,
  replacement: string | undefined,
  all: boolean,
): string | undefined {
  if (value === null || value === undefined || pattern === undefined || replacement === undefined) return undefined;
  const matches = globMatcher(pattern, value);
  if (matches === undefined || pattern === "") return undefined;
  let result = "";
  let at = 0;
  let done = false;
  while (at < value.length) {
    let end = done ? at : value.length;
    while (end > at && !matches(value.slice(at, end))) end -= 1;
    if (end > at) {
      result += replacement;
      at = end;
      done = !all;
    } else {
      result += value.charAt(at);
      at += 1;
    }
  }
  return result;
}

/** Whether a whole text matches a pattern of `*` and `?`. `undefined` where trying it at every place would take long. */
function globMatcher(pattern: string, value: string): ((text: string) => boolean) | undefined {
  if (value.length > 200 || pattern.length > 50 || pattern.split("*").length > 4) return undefined;
  const source = pattern.replace(
    /\\(.)|([*?])|([[\](){}.+|^$])/gs,
    (_, escaped?: string, wild?: string, special?: string) => {
      if (escaped !== undefined) return escaped.replace(/[^\w\s]/, "\\$&");
      return wild === undefined ? `\\${special}` : wild === "*" ? "[^]*" : "[^]";
    },
  );
  const expression = new RegExp(`^(?:${source})$`);
  return (text) => expression.test(text);
}
