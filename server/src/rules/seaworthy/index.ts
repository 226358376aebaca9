// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../../engine/rule.ts";
import inlineIgnore from "./inline-ignore.ts";
import missingReason from "./missing-reason.ts";
import unknownDirective from "./unknown-directive.ts";
import unknownRule from "./unknown-rule.ts";
import unusedDirective from "./unused-directive.ts";

/** The rules of this folder, by slug. */
export const seaworthyRules: readonly Rule[] = [
  inlineIgnore,
  missingReason,
  unknownDirective,
  unknownRule,
  unusedDirective,
];
