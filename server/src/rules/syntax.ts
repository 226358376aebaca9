import { defineRule, type Rule, type RuleMetadata } from "../engine/rule.ts";

/** What the syntax rules of the languages say differently. */
type SyntaxMetadata = Pick<RuleMetadata, "summary" | "why" | "aliases" | "references" | "examples" | "fix">;

/** The rule that hands on what a parser refused; one for each language, so that each has its own words and page. */
export function syntaxRule(kind: "dockerfile" | "compose" | "kubernetes" | "ignore", metadata: SyntaxMetadata): Rule {
  return defineRule(kind, {
    ...metadata,
    slug: "syntax",
    category: "correctness",
    severity: "error",
    preset: "minimal",
    since: "0.1.0",
    *check(model) {
      for (const { at, message, fix, doubtful } of model.problems) {
        yield {
          at,
          message,
          fixes: fix === undefined ? [] : [{ ...fix, safety: "review" }],
          ...(doubtful === true ? { severity: "hint" } : {}),
        };
      }
    },
  });
}
