// Generated from the files of this folder; test/project/generated.test.ts keeps it up to date.
import type { Rule } from "../engine/rule.ts";

/** Every rule there is, by id. */
export const allRules: readonly Rule[] = [];
