import { analyze, type UnitResult } from "./engine/analyze.ts";
import { applyBaseline, type Baseline, type BaselineEntry } from "./engine/baseline.ts";
import type { FileConfig } from "./engine/config.ts";
import type { OwnDirective } from "./engine/directives.ts";
import type { Finding, SuppressedFinding } from "./engine/finding.ts";
import { type RuleNames, ruleNames } from "./engine/names.ts";
import type { Rule } from "./engine/rule.ts";
import type { DetectOptions } from "./languages/detect.ts";
import { forRelease, inDialect, type ParsedFile, parseFile, type SourceFile } from "./languages/index.ts";
import { allRefactors } from "./refactors/index.ts";
import type { Refactor } from "./refactors/refactor.ts";
import { allRules } from "./rules/index.ts";
import { shiftEdit, type TextEdit } from "./text/edit.ts";
import type { WorkspaceView } from "./workspace/workspace.ts";

/** Everything known of one text after one check. Frozen; the editor keeps one for each version of a document. */
export interface Report {
  readonly parsed: ParsedFile;
  /** By place, then by rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  /** Our own directives of the file; places count in the file. */
  readonly directives: readonly OwnDirective[];
  /** Entries of the baseline for this file that nothing matches any more. */
  readonly stale: readonly BaselineEntry[];
  /** What the next check of the same file takes over. */
  readonly units: readonly UnitResult[];
}

/** What `check` is asked. */
export interface CheckRequest {
  readonly file: SourceFile;
  readonly config: FileConfig;
  readonly workspace: WorkspaceView;
  readonly baseline?: Baseline;
  /** The last report of the same file: what did not change is taken over. */
  readonly previous?: Report;
  /** How files are told apart, where a person said so. */
  readonly detect?: DetectOptions;
  /** The file already parsed, where the caller has done so for its facts; it must be of the same text. */
  readonly parsed?: ParsedFile;
  /** Called when a rule throws; the finding at info that says so is made anyway. */
  readonly onError?: (rule: string, error: unknown) => void;
  /** Called after each rule run on a unit, for a watchdog. */
  readonly onRule?: (rule: string) => void;
}

/** What a refactor would do at a place of a file. */
export interface OfferedRefactoring {
  /** The refactor's. */
  readonly slug: string;
  readonly title: string;
  /** Each can be left out by itself; the titles say what may break. Places count in the file. */
  readonly parts: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
}

/** An engine for a set of rules. */
export interface Linter {
  readonly rules: readonly Rule[];
  readonly names: RuleNames;
  rule(id: string): Rule | undefined;
  /** `undefined`: not a file of ours, or excluded. Never throws. */
  check(request: CheckRequest): Report | undefined;
  /** The same in steps, one for each unit, so that a caller can stop between them. */
  checkInSteps(request: CheckRequest): Generator<void, Report | undefined>;
  /** What there is to refactor at an offset of a parsed file. */
  refactorings(parsed: ParsedFile, offset: number, workspace: WorkspaceView): readonly OfferedRefactoring[];
}

/** A linter of these rules, and refactors, alone; tests use it. */
export function createLinter(rules: readonly Rule[], refactors: readonly Refactor[] = []): Linter {
  const names = ruleNames(rules);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  function* checkInSteps(request: CheckRequest): Generator<void, Report | undefined> {
    const { file, config, workspace, baseline, previous } = request;
    if (config.excluded) return undefined;
    const read = request.parsed ?? parseFile(file, request.detect, previous?.parsed);
    if (read === undefined) return undefined;
    const parsed = forRelease(inDialect(read, config.dialect), config.kubernetes);
    const analysis = yield* analyze({
      parsed,
      config,
      workspace,
      rules,
      names,
      previous: previous?.units,
      onError: request.onError,
      onRule: request.onRule,
    });
    const accepted = baseline === undefined ? undefined : applyBaseline(analysis.findings, parsed, baseline);
    return Object.freeze({
      parsed,
      findings: accepted?.findings ?? analysis.findings,
      suppressed: accepted === undefined ? analysis.suppressed : [...analysis.suppressed, ...accepted.accepted],
      directives: analysis.directives,
      stale: accepted?.stale ?? [],
      units: analysis.units,
    });
  }
  return {
    rules,
    names,
    rule: (id) => byId.get(id),
    checkInSteps,
    refactorings: (parsed, offset, workspace) => offered(refactors, parsed, offset, workspace),
    check(request) {
      const steps = checkInSteps(request);
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
      }
    },
  };
}

/** The linter of all rules: the one door for editor, command line and tests. */
export const linter: Linter = createLinter(allRules, allRefactors);

function offered(
  refactors: readonly Refactor[],
  { kind, units }: ParsedFile,
  offset: number,
  workspace: WorkspaceView,
): readonly OfferedRefactoring[] {
  const unit = units.findLast(({ base }) => base <= offset);
  if (unit === undefined) return [];
  return refactors.flatMap((refactor) => {
    const found = refactor.kind === kind ? refactor.offer(unit.model, offset - unit.base, workspace) : undefined;
    if (found === undefined) return [];
    const parts = found.parts.map(({ title, edits }) => ({
      title,
      edits: edits.map((edit) => shiftEdit(edit, unit.base)),
    }));
    return [{ slug: refactor.slug, title: found.title, parts }];
  });
}
