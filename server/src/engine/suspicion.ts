import type { DockerfileModel, Instruction } from "../languages/dockerfile/model.ts";
import type { Rule } from "./rule.ts";

/**
 * Which of the rules that go by instructions suspect one, by `Instruction.identity`: kept from check to check, so that an edit costs the
 * instruction it touches.
 */
export type Suspicions = ReadonlyMap<object, readonly Rule[]>;

/** An instruction, and the rules that shall judge it. */
export interface Suspect {
  readonly instruction: Instruction;
  readonly rules: readonly Rule[];
}

/** The rules that go by instructions, by the keyword of those they look at. */
export function rulesByKeyword(rules: readonly Rule[]): ReadonlyMap<string, readonly Rule[]> {
  const byKeyword = new Map<string, Rule[]>();
  for (const rule of rules) {
    for (const name of rule.each?.instructions ?? []) {
      const known = byKeyword.get(name);
      if (known === undefined) byKeyword.set(name, [rule]);
      else known.push(rule);
    }
  }
  return byKeyword;
}

/** Asks the rules of `each` instruction whether they suspect it, unless `earlier`, the answers of the same rules, knows. */
export function suspectsOf(
  model: DockerfileModel,
  byKeyword: ReadonlyMap<string, readonly Rule[]>,
  optionsOf: (rule: Rule) => Readonly<Record<string, unknown>>,
  earlier: Suspicions | undefined,
  onError: (rule: Rule, error: unknown) => void,
): { readonly suspects: readonly Suspect[]; readonly suspicions: Suspicions } {
  const suspicions = new Map<object, readonly Rule[]>();
  const suspects: Suspect[] = [];
  for (const written of model.instructions) {
    const instruction = written.name === "ONBUILD" ? (written.trigger ?? written) : written;
    const asked = byKeyword.get(instruction.name);
    if (asked === undefined) continue;
    const { identity } = instruction;
    const known = identity === undefined ? undefined : earlier?.get(identity);
    let failed = false;
    const text = known === undefined ? model.text.slice(instruction.span.start, instruction.span.end) : "";
    const suspecting =
      known ??
      asked.filter((rule) => {
        try {
          const { each } = rule;
          return (
            each !== undefined && (each.mentions?.test(text) ?? true) && each.suspects(instruction, optionsOf(rule))
          );
        } catch (error) {
          failed = true;
          onError(rule, error);
          return false;
        }
      });
    if (identity !== undefined && !failed) suspicions.set(identity, suspecting);
    if (suspecting.length > 0) suspects.push({ instruction, rules: suspecting });
  }
  return { suspects, suspicions };
}
