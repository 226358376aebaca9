import picomatch from "picomatch/posix";

/** `maybe`: a pattern that is not tried, for what it may cost or because only its own program knows what it means. */
export type Fit = "yes" | "no" | "maybe";

/** Whether a text fits a glob; `*` fits names that begin with a dot too. */
export function fitsGlob(text: string, glob: string, options: { readonly nocase?: boolean } = {}): Fit {
  // Globs become regular expressions, of which some take for ever.
  if (glob.length > 200 || (glob.match(/\*/g)?.length ?? 0) > 8 || /[+@?*!]\(/.test(glob)) return "maybe";
  try {
    return picomatch(glob, { dot: true, ...options })(text) ? "yes" : "no";
  } catch {
    return "maybe";
  }
}

/**
 * Whether a text fits a pattern as Renovate reads them: `/…/` and `/…/i` are regular expressions, all else is a glob, and a `!` in front turns it round:
 * https://docs.renovatebot.com/string-pattern-matching/.
 */
export function fitsPattern(text: string, pattern: string): Fit {
  if (pattern === "*") return "yes";
  const negated = pattern.startsWith("!");
  const bare = negated ? pattern.slice(1) : pattern;
  const regex = /^\/(.*)\/(i?)$/s.exec(bare);
  const fit = regex === null ? fitsGlob(text, bare, { nocase: true }) : fitsRegex(text, regex[1] ?? "", regex[2] ?? "");
  return negated ? not(fit) : fit;
}

/** Whether a text fits one of the patterns that do not begin with `!`, where there are any, and all that do. */
export function fitsPatterns(text: string, patterns: readonly string[]): Fit {
  if (patterns.length === 0) return "no";
  const wanted = patterns.filter((pattern) => !pattern.startsWith("!"));
  const unwanted = patterns.filter((pattern) => pattern.startsWith("!"));
  return every([
    ...(wanted.length === 0 ? [] : [some(wanted.map((pattern) => fitsPattern(text, pattern)))]),
    ...unwanted.map((pattern) => fitsPattern(text, pattern)),
  ]);
}

/** `yes` where one is, else `maybe` where one is. */
export function some(fits: readonly Fit[]): Fit {
  return fits.includes("yes") ? "yes" : fits.includes("maybe") ? "maybe" : "no";
}

/** `no` where one is, else `maybe` where one is. */
export function every(fits: readonly Fit[]): Fit {
  return fits.includes("no") ? "no" : fits.includes("maybe") ? "maybe" : "yes";
}

function not(fit: Fit): Fit {
  return fit === "yes" ? "no" : fit === "no" ? "yes" : "maybe";
}

/** An expression of a repository may be made to take for ever, so only those are tried that cannot: without repeated groups, and few repetitions. */
function fitsRegex(text: string, source: string, flags: string): Fit {
  const repeats = source.match(/(?:^|[^\\])[*+]|\{\d*,?\d*\}/g)?.length ?? 0;
  const options = source.match(/\?/g)?.length ?? 0;
  const isQuick = source.length <= 200 && text.length <= 300 && repeats <= 3 && options <= 8;
  if (!isQuick || /\)[*+{]|\\[1-9k]/.test(source)) return "maybe";
  try {
    return new RegExp(source, flags).test(text) ? "yes" : "no";
  } catch {
    return "maybe";
  }
}
