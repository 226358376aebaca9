import type { Preset, RuleCard } from "../engine/rule.ts";

const presets: readonly Preset[] = ["minimal", "recommended", "strict", "all"];

/** The presets that have a rule, the smallest first. */
export function presetsOf(rule: Pick<RuleCard, "preset">): readonly Preset[] {
  return presets.slice(presets.indexOf(rule.preset));
}
