import { defineRule, type Problem, type Rule, type RuleMetadata, type Severity } from "../../../engine/rule.ts";
import type { PodSecurityCheck } from "../../../knowledge/pod-security.ts";
import { fieldProblems } from "../../../languages/kubernetes/fields.ts";
import type { KubernetesModel } from "../../../languages/kubernetes/model.ts";
import { removePath, setPath, type YamlValue } from "../../../languages/yaml/edit.ts";
import type { YamlEntry } from "../../../languages/yaml/node.ts";
import { entryAt } from "../../../languages/yaml/path.ts";
import { reviewed } from "../../shared/edit-fixes.ts";
import { oncePerPlace } from "../../shared/once-per-place.ts";
import { type PodSecurityViolation, violationsOf } from "./pod-security.ts";
import { type Workload, workloadsOf } from "./workloads.ts";

/** What the rules about one check of the Pod Security Standards differ in. */
export interface RefusedSetting extends Omit<RuleMetadata, "category" | "since" | "fix"> {
  readonly check: PodSecurityCheck;
  /** As in `RuleSpec.keys`. */
  readonly keys: readonly string[];
  /** Null where none of what it says comes with a fix. */
  readonly fix?: null;
  /** What to say of something that the check found; `undefined` where it is fine all the same, or another rule's business. */
  readonly say: (violation: PodSecurityViolation, workload: Workload, model: KubernetesModel) => Said | undefined;
}

/** A problem's message, and what the fix does to the setting. */
export interface Said {
  readonly message: string;
  /** As in `Problem.severity`. */
  readonly severity?: Severity;
  /** Takes the setting away, or gives it another value. */
  readonly fix?: { readonly title: string; readonly value?: YamlValue };
}

/** A rule for a setting that is written and should not be; what is missing is told by rules of their own. */
export function refusedSetting(spec: RefusedSetting): Rule {
  const { check, keys, say, fix = "review", ...metadata } = spec;
  return defineRule("kubernetes", {
    ...metadata,
    category: "security",
    since: "0.1.0",
    fix,
    keys,
    *check(model) {
      yield* oncePerPlace(problems(model));
    },
  });

  function* problems(model: KubernetesModel): Iterable<Problem> {
    for (const workload of workloadsOf(model)) {
      for (const violation of violationsOf(check, workload.pod, model.release)) {
        if (violation.missing || isRefused(model, violation)) continue;
        const said = say(violation, workload, model);
        if (said === undefined) continue;
        const { fix, ...rest } = said;
        yield { ...rest, at: violation.at, fixes: () => (fix === undefined ? [] : changing(model, violation, fix)) };
      }
    }
  }
}

/** Whether the value is none that the field takes at all: `unknown-value` and `wrong-type` say so. */
function isRefused(model: KubernetesModel, { place }: PodSecurityViolation): boolean {
  const entry = place === undefined ? undefined : entryAt(place.map, ...place.path);
  return entry !== undefined && model.once(refusedEntries).has(entry);
}

function refusedEntries(model: KubernetesModel): ReadonlySet<YamlEntry> {
  const refused = model
    .once(fieldProblems)
    .flatMap((problem) => (problem.type === "unknown-value" || problem.type === "wrong-type" ? [problem] : []));
  return new Set(refused.flatMap(({ entry, below }) => (below.length === 0 ? [entry] : [])));
}

/** A fix that takes away what a violation found, with the maps and lists that would be left empty, or gives it another value. */
export function changing(
  model: KubernetesModel,
  { place }: Pick<PodSecurityViolation, "place">,
  { title, value }: NonNullable<Said["fix"]>,
): ReturnType<typeof reviewed> {
  if (place === undefined) return [];
  const { map, path } = place;
  const edits = value === undefined ? removePath(model.document, map, path) : setPath(model.document, map, path, value);
  return reviewed(title, edits);
}
