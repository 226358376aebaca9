// Generated from the rules; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../../engine/rule.ts";
import ineffectivePattern from "./ineffective-pattern.ts";
import rootOnlyPattern from "./root-only-pattern.ts";
import syntax from "./syntax.ts";

/** The rules of this folder, by slug. */
export const ignoreRules: readonly Rule[] = [
  ineffectivePattern,
  rootOnlyPattern,
  syntax,
];
