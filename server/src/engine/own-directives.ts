import type { LineComment } from "../languages/comment.ts";
import { type Span, shift, span } from "../text/span.ts";
import { type RuleNames } from "./names.ts";
import { closestOf } from "../text/closest.ts";
import type { Scopes } from "./scope.ts";

/** A directive of ours as it was written, before anybody knows whether it hits anything. Places count in the file. */
export interface WrittenDirective {
  readonly scope: "next" | "line" | "file";
  /** The comment. */
  readonly span: Span;
  /** What it speaks for; `undefined` for the whole file, and where nothing follows. */
  readonly target: Span | undefined;
  readonly names: readonly WrittenName[];
  readonly reason: string | undefined;
}

/** A name in a directive. */
export interface WrittenName {
  readonly name: string;
  readonly span: Span;
  readonly rules: readonly string[];
  /** Ids of rules that pass on findings with such codes, where the name is a code. */
  readonly covered: readonly string[];
  readonly suggestion?: string;
}

/** A comment that looks like a directive of ours but is none. */
export interface MisspeltDirective {
  /** The word that is wrong. */
  readonly span: Span;
  readonly word: string;
  readonly suggestion: string;
}

const verbs = ["ignore", "ignore-file"] as const;

/** Reads the directives of ours in a unit that begins at `base`. */
export function ownDirectives(
  scopes: Scopes,
  base: number,
  names: RuleNames,
): { readonly directives: readonly WrittenDirective[]; readonly misspelt: readonly MisspeltDirective[] } {
  const directives: WrittenDirective[] = [];
  const misspelt: MisspeltDirective[] = [];
  for (const comment of scopes.comments) {
    if (!comment.text.toLowerCase().startsWith("seaworthy")) continue;
    const written = partsOf(scopes.text, comment);
    if (written === undefined) continue;
    if (written.verb === "ignore" || written.verb === "ignore-file") {
      const scope = written.verb === "ignore-file" ? "file" : comment.alone ? "next" : "line";
      const target = scope === "next" ? scopes.next(comment) : scope === "line" ? scopes.line(comment) : undefined;
      directives.push({
        scope,
        span: shift(comment.span, base),
        target: target === undefined ? undefined : shift(target, base),
        names: written.names.map((name) => resolved(name.text, shift(name.span, base), names)),
        reason: written.reason,
      });
    } else {
      const known = written.names.some((name) => names.find(name.text).length + names.covering(name.text).length > 0);
      const suggestion = closestOf(written.verb, verbs) ?? (known ? "ignore" : undefined);
      if (suggestion !== undefined)
        misspelt.push({ span: shift(written.verbSpan, base), word: written.verb, suggestion });
    }
  }
  return { directives, misspelt };
}

/** The pieces of `# seaworthy <verb> <names> -- <reason>`; places count from the unit's start. `undefined` for a comment of another kind. */
export function partsOf(
  text: string,
  comment: LineComment,
):
  | {
      readonly verb: string;
      readonly verbSpan: Span;
      readonly names: readonly { readonly text: string; readonly span: Span }[];
      readonly reason: string | undefined;
      /** Where one more name can be put: behind the last one, or behind the verb. */
      readonly namesEnd: number;
    }
  | undefined {
  const written = text.slice(comment.span.start, comment.span.end);
  const head = /^#+\s*seaworthy\s*:?\s+([A-Za-z-]+)/i.exec(written);
  const verb = head?.[1];
  if (head === null || verb === undefined) return undefined;
  const from = head[0].length;
  const dashes = /(^|\s)--(\s|$)/.exec(written.slice(from));
  const to = dashes === null ? written.length : from + dashes.index;
  const reason = dashes === null ? undefined : written.slice(to + dashes[0].length).trim() || undefined;
  const names: { text: string; span: Span }[] = [];
  for (const match of written.slice(from, to).matchAll(/[^\s,]+/g)) {
    const start = comment.span.start + from + match.index;
    names.push({ text: match[0], span: span(start, start + match[0].length) });
  }
  const verbEnd = comment.span.start + from;
  return {
    verb: verb.toLowerCase(),
    verbSpan: span(verbEnd - verb.length, verbEnd),
    names,
    reason,
    namesEnd: names.at(-1)?.span.end ?? verbEnd,
  };
}

function resolved(name: string, at: Span, names: RuleNames): WrittenName {
  const rules = names.find(name);
  const covered = names.covering(name);
  const suggestion = rules.length === 0 && covered.length === 0 ? names.closest(name) : undefined;
  return { name, span: at, rules, covered, ...(suggestion === undefined ? {} : { suggestion }) };
}
