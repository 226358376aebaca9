import { defineRule, type Preset, type Problem, type Rule, type Severity } from "../../../engine/rule.ts";
import { capabilityName, type CapabilityReach, reachOf } from "../../../knowledge/capabilities.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { composeWith } from "./example.ts";
import { oncePerPlace } from "./services.ts";
import { removeItemWhereWritten } from "./written.ts";

/** What the rules about added capabilities differ in. */
export interface AddedCapability {
  readonly slug: string;
  readonly reach: CapabilityReach;
  /** The one that the example shows. */
  readonly example: string;
  readonly summary: string;
  readonly why: string;
  readonly severity: Severity;
  readonly preset: Preset;
  readonly aliases: readonly string[];
  /** What to do, behind "remove it". */
  readonly advice: string;
  /** Services known to need it, of which nothing is said. */
  readonly needs?: (service: ComposeService, capability: string) => boolean;
}

/** A rule for the capabilities of one reach, each reported at its item of `cap_add`. */
export function addedCapability(spec: AddedCapability): Rule {
  const { reach, example, advice, needs, ...metadata } = spec;
  return defineRule("compose", {
    ...metadata,
    category: "security",
    since: "0.1.0",
    references: [
      "https://man7.org/linux/man-pages/man7/capabilities.7.html",
      "https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities",
    ],
    fix: "review",
    examples: [{ bad: composeWith({ own: ["cap_add:", `  - ${example}`] }), good: composeWith({}) }],
    keys: ["cap_add"],
    *check(model) {
      yield* oncePerPlace(problems(model));
    },
  });

  function* problems(model: ComposeModel): Iterable<Problem> {
    for (const service of model.services) {
      for (const item of itemsOf(service.get("cap_add"))) {
        const written = scalarText(item);
        const found = written === undefined || isUnknown(item) ? undefined : reachOf(written);
        if (written === undefined || found?.reach !== reach) continue;
        if (needs?.(service, capabilityName(written)) === true) continue;
        yield {
          at: item.span,
          message: `\`${written.trim()}\` lets \`${service.name}\` ${found.allows}: remove it${advice}.`,
          fixes: () => {
            const edits = removeItemWhereWritten(model, ["cap_add"], item);
            const title = `Remove \`${written.trim()}\` (what needs it stops working)`;
            return reviewed(title, edits);
          },
          ...(model.role === "development" && spec.severity !== "hint" ? { severity: "info" } : {}),
        };
      }
    }
  }
}
