import { defineRule, type Preset, type Problem, type Rule, type Severity } from "../../../engine/rule.ts";
import type { ComposeModel } from "../../../languages/compose/model.ts";
import { isUnknown, itemsOf, scalarText } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { composeWith } from "./example.ts";
import { oncePerPlace } from "./services.ts";
import { removeItemWhereWritten } from "./written.ts";

/** What the rules about protections that `security_opt` switches off differ in. */
export interface SecurityOption {
  readonly slug: string;
  /** The option that switches the protection off, as Docker documents it: `seccomp=unconfined`. A colon means the same. */
  readonly option: string;
  readonly summary: string;
  readonly why: string;
  readonly severity: Severity;
  readonly preset: Preset;
  readonly aliases: readonly string[];
  readonly references: readonly string[];
  /** What is off then, behind "runs without". */
  readonly without: string;
  /** What to do, behind "remove it". */
  readonly advice: string;
  /** What the fix may break, in its title. */
  readonly breaks: string;
}

/** A rule for one protection that an item of `security_opt` switches off. Stacks ignore the key. */
export function securityOption(spec: SecurityOption): Rule {
  const { option, without, advice, breaks, ...metadata } = spec;
  const [name = "", value = ""] = option.split("=");
  return defineRule("compose", {
    ...metadata,
    category: "security",
    since: "0.1.0",
    fix: "review",
    examples: [
      {
        bad: composeWith({ own: ["security_opt:", "  - no-new-privileges:true", `  - ${option}`] }),
        good: composeWith({}),
      },
    ],
    keys: ["security_opt"],
    *check(model) {
      if (model.dialect === "stack") return;
      yield* oncePerPlace(problems(model));
    },
  });

  function* problems(model: ComposeModel): Iterable<Problem> {
    for (const service of model.services) {
      for (const item of itemsOf(service.get("security_opt"))) {
        const written = isUnknown(item) ? undefined : scalarText(item);
        const [, key, setting] = /^\s*([\w-]+)\s*[:=]\s*(\S+)\s*$/.exec(written ?? "") ?? [];
        if (written === undefined || key !== name || setting?.toLowerCase() !== value) continue;
        yield {
          at: item.span,
          message: `\`${service.name}\` runs without ${without}: remove \`${written.trim()}\`${advice}.`,
          fixes: () => {
            const edits = removeItemWhereWritten(model, ["security_opt"], item);
            const title = `Remove \`${written.trim()}\` (${breaks})`;
            return reviewed(title, edits);
          },
          ...(model.role === "development" ? { severity: "hint" } : {}),
        };
      }
    }
  }
}
