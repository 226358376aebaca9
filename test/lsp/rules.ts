import { defineRule, type Rule, type RuleMetadata } from "../../server/src/engine/rule.ts";
import { insert, remove, replace } from "../../server/src/text/edit.ts";
import type { Span } from "../../server/src/text/span.ts";

/** A fix of each sort, found by plain words, so that the tests of the server do not depend on what real rules say. */
export const exampleRules: readonly Rule[] = [
  defineRule("dockerfile", {
    ...about("typo", "safe"),
    *check({ text }) {
      for (const at of wordsAt(text, "teh")) {
        yield {
          at,
          message: "`teh` is misspelt.",
          fixes: [{ title: "Write `the`", safety: "safe", edits: [replace(at, "the")] }],
        };
      }
    },
  }),
  defineRule("dockerfile", {
    ...about("shouting", "review"),
    *check({ text }) {
      for (const at of wordsAt(text, "LOUD")) {
        yield {
          at,
          message: "`LOUD` shouts.",
          fixes: [
            { title: "Write `quiet`", safety: "review", edits: [replace(at, "quiet")] },
            { title: "Say nothing", safety: "review", edits: [remove(at)] },
          ],
        };
      }
    },
  }),
  defineRule("dockerfile", {
    ...about("breaking", "review"),
    *check({ text }) {
      for (const at of wordsAt(text, "BREAK")) {
        const edits = [insert(at.start, "\nNONSENSE ")];
        yield {
          at,
          message: "`BREAK` has a fix that breaks the file.",
          fixes: [{ title: "Break it", safety: "review", edits }],
        };
      }
    },
  }),
  defineRule("dockerfile", {
    ...about("old", null),
    *check({ text }) {
      for (const at of wordsAt(text, "OLD")) {
        const related = [{ at: { start: 0, end: 4 }, message: "It began here." }];
        yield { at, message: "`OLD` is old.", tag: "deprecated", related };
      }
    },
  }),
];

function about(slug: string, fix: RuleMetadata["fix"]): RuleMetadata {
  return {
    slug,
    summary: `Something is ${slug}.`,
    why: `What is ${slug} costs **time**.`,
    category: "correctness",
    severity: "warning",
    preset: "minimal",
    since: "0.1.0",
    aliases: [`hadolint:${slug.toUpperCase()}1`],
    references: [],
    fix,
    examples: [],
  };
}

function wordsAt(text: string, word: string): readonly Span[] {
  return [...text.matchAll(new RegExp(`\\b${word}\\b`, "g"))].map(({ index }) => ({
    start: index,
    end: index + word.length,
  }));
}
