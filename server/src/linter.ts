import { createLinter, type Linter } from "./linting.ts";
import { allRefactors } from "./refactors/index.ts";
import { allRules } from "./rules/index.ts";

export { createLinter } from "./linting.ts";
export type { CheckRequest, Linter, OfferedRefactoring, Report } from "./linting.ts";

/** The linter of all rules, loaded at once: the one door for the command line and for tests. */
export const linter: Linter = createLinter(allRules, allRefactors);
