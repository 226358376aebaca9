import { defineRule, type EditFix, type Preset, type Problem, type Rule, type Severity } from "../../../engine/rule.ts";
import type { ComposeModel, ComposeService } from "../../../languages/compose/model.ts";
import { setPath } from "../../../languages/yaml/edit.ts";
import { isUnknown, scalarText } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { joined } from "../../shared/joined-edits.ts";
import { composeWith, type ExampleParts } from "./example.ts";
import { limitsInDeploy, placeOfLimit, takesPids } from "./limits.ts";
import { oncePerMap, saidOnce } from "./said-once.ts";
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
  /** The same to many services, of which it is then said once; each by itself where left out. */
  readonly adviceForEach?: string;
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
  const {
    short,
    long,
    may,
    advice,
    adviceForEach,
    adviceForNone,
    example,
    without,
    measure,
    amount,
    inDeploy,
    breaks,
    ...metadata
  } = spec;
  const longPath = ["deploy", "resources", "limits", long];
  return defineRule("compose", {
    ...metadata,
    category: "resources",
    since: "0.1.0",
    fix: "review",
    reads: "workspace",
    examples: [{ bad: composeWith({ ...without }), good: composeWith({ ...without, own: [example] }) }],
    *check(model, _options, workspace) {
      const silent: ComposeService[] = [];
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
        if (empty === undefined && adviceForEach !== undefined) {
          silent.push(service);
          continue;
        }
        yield {
          at: empty?.value.span ?? placeOfLimit(service),
          message:
            empty === undefined
              ? `\`${service.name}\` may ${may}: ${advice}.`
              : `\`${scalarText(empty.value) ?? ""}\` limits nothing, so \`${service.name}\` may ${may}: ${adviceForNone ?? advice}.`,
          fixes: () => fixes(model, service),
        };
      }
      yield* ofSilent(model, silent);
    },
  });

  /** Those without any limit: each by itself, or many at once. */
  function* ofSilent(model: ComposeModel, silent: readonly ComposeService[]): Iterable<Problem> {
    const once = saidOnce(model, silent);
    if (once !== undefined) {
      yield {
        at: once.at,
        message: `${once.whose} may ${may}: ${adviceForEach ?? advice}.`,
        fixes: () => {
          const each = oncePerMap(silent).flatMap((service) => fixes(model, service).map(({ edits }) => edits));
          const title = `Set \`${long}\` limits for ${each.length} services, by what each of them runs (${breaks})`;
          return each.length === 0 ? [] : reviewed(title, joined(model.document.text, each));
        },
      };
      return;
    }
    for (const service of silent) {
      yield {
        at: placeOfLimit(service),
        message: `\`${service.name}\` may ${may}: ${advice}.`,
        fixes: () => fixes(model, service),
      };
    }
  }

  function fixes(model: ComposeModel, service: ComposeService): readonly EditFix[] {
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
