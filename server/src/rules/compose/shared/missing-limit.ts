import { defineRule, type Fix, type Rule } from "../../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { setPath } from "../../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { composeWith } from "./example.ts";
import { limitsInDeploy, placeOfLimit, takesPids } from "./limits.ts";
import { isSetElsewhere, lastingServices } from "./services.ts";

/** What the rules about limits that most files do without differ in. */
export interface MissingLimit {
  readonly slug: string;
  /** The service's own key, and the one below `deploy.resources.limits`. */
  readonly short: string;
  readonly long: string;
  readonly summary: string;
  readonly why: string;
  readonly aliases: readonly string[];
  readonly references: readonly string[];
  /** What it may use without limit, behind "may": "start as many processes as the host takes". */
  readonly may: string;
  /** What to give. */
  readonly advice: string;
  /** What the example's limit is written as. */
  readonly example: string;
  readonly amount: (service: ComposeService) => number;
  /** What the fix may break, in its title. */
  readonly breaks: string;
}

/** A rule for one limit that is missing, or that is none: zero and less. */
export function missingLimit(spec: MissingLimit): Rule {
  const { short, long, may, advice, example, amount, breaks, ...metadata } = spec;
  const longPath = ["deploy", "resources", "limits", long];
  return defineRule("compose", {
    ...metadata,
    category: "resources",
    severity: "hint",
    preset: "all",
    since: "0.1.0",
    fix: "review",
    reads: "workspace",
    examples: [{ bad: composeWith({}), good: composeWith({ own: [example] }) }],
    *check(model, _options, workspace) {
      for (const service of lastingServices(model, workspace)) {
        const written = [service.entry(short), service.entry(...longPath)].filter(
          (entry) => scalarText(entry?.value) !== undefined,
        );
        if (written.some((entry) => isUnknown(entry?.value) || Number(scalarText(entry?.value)) > 0)) continue;
        if (isSetElsewhere(workspace, service.name, short) || isSetElsewhere(workspace, service.name, ...longPath))
          continue;
        const [empty] = written;
        yield {
          at: empty?.value.span ?? placeOfLimit(service),
          message:
            empty === undefined
              ? `\`${service.name}\` may ${may}: ${advice}.`
              : `\`${scalarText(empty.value) ?? ""}\` limits nothing, so \`${service.name}\` may ${may}: ${advice}.`,
          fixes: () => fixes(model, service),
        };
      }
    },
  });

  function fixes(model: ComposeModel, service: ComposeService): readonly Fix[] {
    const inDeploy = limitsInDeploy(model, service);
    if (inDeploy && long === "pids" && !takesPids(model)) return [];
    const path = inDeploy ? longPath : [short];
    // One that limits nothing and stands in the other place would contradict the new one.
    if (service.entry(...(inDeploy ? [short] : longPath)) !== undefined) return [];
    const most = amount(service);
    const edits = setPath(model.document, service.map, path, inDeploy && long === "cpus" ? String(most) : most);
    const title = `Set \`${path.at(-1) ?? short}\` of \`${service.name}\` to ${most} (${breaks})`;
    return reviewed(title, edits);
  }
}
