import type { Rule } from "./rule.ts";

/** Every name a rule goes by: its id, its slug, and other tools' codes with (`hadolint:DL3006`) or without (`DL3006`) their tool. */
export interface RuleNames {
  /** Ids of the rules a name stands for; case and the spellings of Trivy's ids (`AVD-DS-0002`, `DS002`) do not matter. Empty for an unknown name. */
  find(name: string): readonly string[];
  /** Ids of the rules with that code of that tool. */
  foreign(peer: string, code: string): readonly string[];
  /** Ids of the rules that have any code of a tool. */
  ofPeer(peer: string): readonly string[];
  /** The known id, slug or bare code that a misspelt name looks like. */
  closest(name: string): string | undefined;
}

/** The names of these rules. */
export declare function ruleNames(rules: readonly Rule[]): RuleNames;
