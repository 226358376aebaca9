import type { RuleCard } from "../engine/rule.ts";
import { version } from "./version.ts";

/** The page of a rule at the released version. */
export function helpUrl(rule: Pick<RuleCard, "id">): string {
  return `https://github.com/seaworthy-dev/seaworthy/blob/v${version}/docs/rules/${rule.id}.md`;
}
