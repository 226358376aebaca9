import { createLazyLinter, type Linter, type Loaded } from "./linting.ts";
import { ruleCards } from "./rules/cards.ts";
import { ignoreRules } from "./rules/ignore/index.ts";
import { imageRules } from "./rules/image/index.ts";
import { seaworthyRules } from "./rules/seaworthy/index.ts";

/**
 * The linter of all rules for an editor: it loads those of a language when the first such file is opened. Most people have one or two of them open, and
 * the rest would cost them time and memory at every start.
 */
export const lazyLinter: Linter = createLazyLinter(ruleCards, {
  dockerfile: async () => withCommon((await import("./loaded/dockerfile.ts")).dockerfile),
  compose: async () => withCommon((await import("./loaded/compose.ts")).compose),
  kubernetes: async () => withCommon((await import("./loaded/kubernetes.ts")).kubernetes),
  ignore: () => Promise.resolve({ rules: [...ignoreRules, ...seaworthyRules], refactors: [] }),
});

/** With the rules that look at files of every kind. */
function withCommon({ rules, refactors }: Loaded): Loaded {
  return { rules: [...imageRules, ...rules, ...seaworthyRules], refactors };
}
