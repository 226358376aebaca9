import { defineRule, type Fix, type Preset, type Rule, type Severity } from "../../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { setPath } from "../../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { composeWith, type ExampleParts } from "./example.ts";
import { limitsInDeploy, placeOfLimit, takesPids } from "./limits.ts";
import { isSetElsewhere, lastingServices } from "./services.ts";

/** What the rules about limits differ in. */
export interface MissingLimit {
  readonly slug: string;
  /** The service's own key, and the one below `deploy.resources.limits`. */
  readonly short: string;
  readonly long: string;
  readonly summary: string;
  readonly why: string;
  readonly severity: Severity;
  readonly preset: Preset;
  readonly aliases: readonly string[];
  readonly references: readonly string[];
  /** What it may use without limit, behind "may": "start as many processes as the host takes". */
  readonly may: string;
  /** What to give. */
  readonly advice: string;
  /** The same where a limit is written that is none; `advice` where left out. */
  readonly adviceForNone?: string;
  /** What the example's limit is written as, and the example without it where the usual one has it. */
  readonly example: string;
  readonly without?: ExampleParts;
  /** How much an amount that is written comes to, in whatever unit; 0 limits nothing. */
  readonly measure: (text: string) => number | undefined;
  /** What to set, in the form of the short key; `undefined` where any amount would be a guess. */
  readonly amount: (service: ComposeService) => number | string | undefined;
  /** The amount as it is written below `deploy`, where that is another form. */
  readonly inDeploy?: (amount: number | string) => string;
  /** What the fix may break, in its title. */
  readonly breaks: string;
}

/** A rule for one limit that is missing, or that is none: zero and less. */
export function missingLimit(spec: MissingLimit): Rule {
  const { short, long, may, advice, adviceForNone, example, without, measure, amount, inDeploy, breaks, ...metadata } =
    spec;
  const longPath = ["deploy", "resources", "limits", long];
  return defineRule("compose", {
    ...metadata,
    category: "resources",
    since: "0.1.0",
    fix: "review",
    reads: "workspace",
    examples: [{ bad: composeWith({ ...without }), good: composeWith({ ...without, own: [example] }) }],
    *check(model, _options, workspace) {
      for (const service of lastingServices(model, workspace)) {
        const written = [service.entry(short), service.entry(...longPath)].filter(
          (entry) => scalarText(entry?.value) !== undefined,
        );
        if (
          written.some((entry) => isUnknown(entry?.value) || (measure(scalarText(entry?.value)?.trim() ?? "") ?? 0) > 0)
        )
          continue;
        if (isSetElsewhere(workspace, service.name, short) || isSetElsewhere(workspace, service.name, ...longPath))
          continue;
        const [empty] = written;
        yield {
          at: empty?.value.span ?? placeOfLimit(service),
          message:
            empty === undefined
              ? `\`${service.name}\` may ${may}: ${advice}.`
              : `\`${scalarText(empty.value) ?? ""}\` limits nothing, so \`${service.name}\` may ${may}: ${adviceForNone ?? advice}.`,
          fixes: () => fixes(model, service),
        };
      }
    },
  });

  function fixes(model: ComposeModel, service: ComposeService): readonly Fix[] {
    const isLong = limitsInDeploy(model, service);
    if (isLong && long === "pids" && !takesPids(model)) return [];
    const path = isLong ? longPath : [short];
    // One that limits nothing and stands in the other place would contradict the new one.
    if (scalarText(service.get(...(isLong ? [short] : longPath))) !== undefined) return [];
    const most = amount(service);
    if (most === undefined) return [];
    const value = isLong && inDeploy !== undefined ? inDeploy(most) : most;
    const title = `Set \`${path.at(-1) ?? short}\` of \`${service.name}\` to ${value} (${breaks})`;
    return reviewed(title, setPath(model.document, service.map, path, value));
  }
}
