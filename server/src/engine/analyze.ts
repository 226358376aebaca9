import type { DockerfileModel } from "../languages/dockerfile/model.ts";
import type { Kind, Models, ParsedFile, Unit } from "../languages/index.ts";
import { inOrder } from "../languages/in-order.ts";
import { shift } from "../text/span.ts";
import { shiftEdit } from "../text/edit.ts";
import type { WatchedView } from "../workspace/watched-view.ts";
import type { WorkspaceView } from "../workspace/workspace.ts";
import type { FileConfig, RuleConfig } from "./config.ts";
import type { DirectiveReport, OwnDirective } from "./directives.ts";
import type { Finding, SuppressedFinding } from "./finding.ts";
import type { RuleNames } from "./names.ts";
import type { Fix, Problem, Related, Rule, RuleModels } from "./rule.ts";
import { type Suspicions, rulesByKeyword, suspectsOf } from "./suspicion.ts";
import { judgedDirectives, readSuppressions, silence } from "./suppression.ts";

/** The problems of one unit by rule, kept for the next check. */
export interface UnitResult {
  readonly model: Models[Kind];
  /** Where the unit began when its findings were last put together. */
  readonly base: number;
  /** `FileConfig.key` of that check. */
  readonly key: string;
  /** Of rules that look at a unit as a whole and found something, in the order they ran; places count from the unit's start. */
  readonly reports: readonly UnitReport[];
  /** What came of the reports; places count in the file. */
  readonly findings: readonly Finding[];
  /** No rule threw. */
  readonly faultless: boolean;
  /** What was asked of the workspace: problems of `workspace` rules hold as long as it does. */
  readonly watched: WatchedView;
  /** Of a Dockerfile. */
  readonly suspicions?: Suspicions;
  /** Which rules ran; it holds for the next check as long as the config and the kind stay the same. */
  readonly plan: RulePlan;
}

interface UnitReport {
  readonly rule: Rule;
  readonly setting: RuleConfig;
  readonly list: readonly Problem[];
}

/** The rules that are on for a kind of file under a config. */
interface RulePlan {
  readonly kind: Kind;
  readonly rules: readonly Rule[];
  /** Those that look at a unit as a whole. */
  readonly whole: readonly ActiveRule[];
  /** Those that go by instructions. */
  readonly settings: ReadonlyMap<Rule, RuleConfig>;
  readonly byKeyword: ReadonlyMap<string, readonly Rule[]>;
}

/** What analysis needs to know. */
export interface AnalysisInput {
  readonly parsed: ParsedFile;
  readonly config: FileConfig;
  readonly workspace: WorkspaceView;
  readonly rules: readonly Rule[];
  readonly names: RuleNames;
  readonly previous?: readonly UnitResult[] | undefined;
  readonly onError?: ((rule: string, error: unknown) => void) | undefined;
  readonly onRule?: ((rule: string) => void) | undefined;
}

/** What analysis came to; places count in the file. */
export interface Analysis {
  /** By place, then by rule. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly directives: readonly OwnDirective[];
  readonly units: readonly UnitResult[];
}

/** The rule of the finding that stands for a rule that threw. There is no such rule to configure: it is a fault of ours to be reported. */
export const internalErrorId = "seaworthy/internal-error";

/** Runs the rules over a parsed file, unit by unit, and takes out what directives accept. */
export function* analyze(input: AnalysisInput): Generator<void, Analysis> {
  const { parsed, config } = input;
  const [last] = input.previous ?? [];
  const plan =
    last?.key === config.key && last.plan.kind === parsed.kind && sameItems(last.plan.rules, input.rules)
      ? last.plan
      : planOf(input.rules, config, parsed.kind);
  const earlier = inOrder(input.previous ?? [], ({ model }) => model);
  const units: UnitResult[] = [];
  const found: Finding[] = [];
  for (const [index, unit] of parsed.units.entries()) {
    if (index > 0) yield;
    const known = earlier(unit.model, index);
    const result = analyzeUnit(input, unit, plan, known?.plan === plan ? known : undefined, found);
    units.push(result);
  }
  const written = readSuppressions(parsed, input.names);
  const suppressions = config.ignoreComments ? written : { ...written, own: [], foreign: [] };
  const first = silence(found, suppressions);
  // Where comments do not count, one that silences nothing is no slip.
  const judged = (): ((rule: string) => boolean) => (config.ignoreComments ? heard(input) : () => false);
  const directives = written.own.length === 0 ? [] : judgedDirectives(written.own, first.used, judged());
  const about: Finding[] = [];
  const { misspelt } = written;
  const foreign = written.foreign.map(({ at }) => at);
  if (directives.length > 0 || misspelt.length > 0 || foreign.length > 0) {
    const model: DirectiveReport = { text: parsed.file.text, directives, misspelt, foreign };
    for (const { rule, setting } of activeRules(input.rules, config, "seaworthy")) {
      collect(input, run(input, rule, model, setting, about, 0), rule, setting, 0, about);
    }
  }
  const second = silence(about, suppressions);
  return {
    findings: [...first.findings, ...second.findings].sort(byPlace),
    suppressed: [...first.suppressed, ...second.suppressed].sort(byPlace),
    directives,
    units,
  };
}

/** Whether a rule's silence means something: it is not off, or is for another kind of file. */
function heard({ rules, parsed, config }: AnalysisInput): (rule: string) => boolean {
  const unheard = new Set(
    rules.filter((rule) => rule.appliesTo(parsed.kind) && config.rule(rule.id).severity === "off").map(({ id }) => id),
  );
  return (id) => !unheard.has(id);
}

interface ActiveRule {
  readonly rule: Rule;
  readonly setting: RuleConfig;
}

function activeRules(rules: readonly Rule[], config: FileConfig, kind: Kind | "seaworthy"): readonly ActiveRule[] {
  const active: ActiveRule[] = [];
  for (const rule of rules) {
    if (kind === "seaworthy" ? rule.kind !== kind : rule.kind === "seaworthy" || !rule.appliesTo(kind)) continue;
    const setting = config.rule(rule.id);
    if (setting.severity !== "off") active.push({ rule, setting });
  }
  return active;
}

function sameItems<T>(some: readonly T[], others: readonly T[]): boolean {
  return some === others || (some.length === others.length && some.every((one, index) => one === others[index]));
}

function planOf(rules: readonly Rule[], config: FileConfig, kind: Kind): RulePlan {
  const active = activeRules(rules, config, kind);
  const settings = new Map(active.flatMap(({ rule, setting }) => (rule.each === undefined ? [] : [[rule, setting]])));
  return {
    kind,
    rules,
    whole: active.filter(({ rule }) => rule.each === undefined),
    settings,
    byKeyword: rulesByKeyword([...settings.keys()]),
  };
}

function analyzeUnit(
  input: AnalysisInput,
  unit: Unit,
  plan: RulePlan,
  known: UnitResult | undefined,
  found: Finding[],
): UnitResult {
  const { parsed, config } = input;
  const { model, base } = unit;
  const watched = input.workspace.watched(known?.watched);
  const unchanged = watched === known?.watched;
  if (known !== undefined && unchanged && known.suspicions === undefined && known.faultless) {
    // Where nothing was found, it does not matter where the unit went.
    if (known.base === base || known.reports.length === 0) {
      for (const finding of known.findings) found.push(finding);
      return known;
    }
    const first = found.length;
    for (const { rule, setting, list } of known.reports) collect(input, list, rule, setting, base, found);
    return { ...known, base, findings: found.slice(first) };
  }
  const images: RuleModels["image"] = {
    kind: parsed.kind,
    text: "document" in model ? model.document.text : model.text,
    images: model.images,
  };
  const asking = { ...input, workspace: watched.view };
  const keys = "document" in model ? model.document.keys : undefined;
  // A rule that threw is asked again, so that its fault is not forgotten, and the others with it.
  const before = known?.faultless === true ? new Map(known.reports.map(({ rule, list }) => [rule, list])) : undefined;
  const reports: UnitReport[] = [];
  const first = found.length;
  let faultless = true;
  for (const { rule, setting } of plan.whole) {
    const lasts = rule.reads === "document" || unchanged;
    const kept = (lasts && before !== undefined) || !concerns(rule, keys) ? (before?.get(rule) ?? none) : undefined;
    const faults = found.length;
    const list = kept ?? run(asking, rule, rule.kind === "image" ? images : model, setting, found, base);
    if (found.length > faults) faultless = false;
    if (list.length === 0) continue;
    reports.push({ rule, setting, list });
    collect(input, list, rule, setting, base, found);
  }
  const findings = found.slice(first);
  // A Dockerfile is one unit, so what was known of it is the first result of the last check.
  const last = input.previous?.[0];
  const suspicions =
    "instructions" in model
      ? analyzeInstructions(input, model, plan, last?.key === config.key ? last.suspicions : undefined, found)
      : undefined;
  return {
    model,
    base,
    key: config.key,
    reports,
    findings,
    faultless,
    watched,
    plan,
    ...(suspicions === undefined ? {} : { suspicions }),
  };
}

/** Runs the rules that go by instructions on those they suspect. */
function analyzeInstructions(
  input: AnalysisInput,
  model: DockerfileModel,
  { settings, byKeyword }: RulePlan,
  earlier: Suspicions | undefined,
  found: Finding[],
): Suspicions {
  const { suspects, suspicions } = suspectsOf(
    model,
    byKeyword,
    (rule) => settings.get(rule)?.options ?? {},
    earlier,
    (rule, error) => {
      found.push(faultOf(input, rule, error, 0));
    },
  );
  input.onRule?.("suspicions");
  for (const { instruction, rules } of suspects) {
    for (const rule of rules) {
      const setting = settings.get(rule);
      if (setting === undefined || rule.each === undefined) continue;
      const { each } = rule;
      const problems = gather(input, rule, found, 0, () =>
        each.run(instruction, model, setting.options, input.workspace),
      );
      collect(input, problems, rule, setting, 0, found);
    }
  }
  return suspicions;
}

/** Whether the rule may have something to say of a document with these keys. */
function concerns(rule: Rule, keys: ReadonlySet<string> | undefined): boolean {
  return keys === undefined || rule.keys?.some((key) => keys.has(key)) !== false;
}

function run(
  input: AnalysisInput,
  rule: Rule,
  model: RuleModels[keyof RuleModels],
  setting: RuleConfig,
  faults: Finding[],
  base: number,
): readonly Problem[] {
  return gather(input, rule, faults, base, () => rule.run(model, setting.options, input.workspace));
}

/** What a rule yields, one problem at a place (of each code, where it passes on another tool's); where it throws, what it yielded until then and a fault. */
function gather(
  input: AnalysisInput,
  rule: Rule,
  faults: Finding[],
  base: number,
  check: () => Iterable<Problem>,
): readonly Problem[] {
  // Most rules have nothing to say most of the time, and this runs for each suspected instruction: nothing is made ahead of a problem.
  let problems: Problem[] | undefined;
  let places: Set<string> | undefined;
  try {
    for (const problem of check()) {
      const place = `${problem.at.start}:${problem.at.end}:${problem.code ?? ""}`;
      places ??= new Set();
      if (places.has(place)) continue;
      places.add(place);
      problems ??= [];
      problems.push(problem);
    }
  } catch (error) {
    faults.push(faultOf(input, rule, error, base));
  }
  input.onRule?.(rule.id);
  return problems ?? none;
}

const none: readonly Problem[] = [];

function faultOf(input: AnalysisInput, rule: Rule, error: unknown, base: number): Finding {
  input.onError?.(rule.id, error);
  return {
    rule: internalErrorId,
    severity: "info",
    severityFrom: "a fault in Seaworthy",
    message: `The rule \`${rule.id}\` failed on this file (${firstLine(error)}). Please report it; the other rules ran.`,
    at: { start: base, end: base },
    fixes: [],
    related: [],
  };
}

function collect(
  input: AnalysisInput,
  problems: readonly Problem[],
  rule: Rule,
  setting: RuleConfig,
  base: number,
  found: Finding[],
): void {
  if (setting.severity === "off") return;
  const { onError } = input;
  for (const problem of problems) {
    let fixes: readonly Fix[] | undefined;
    found.push({
      rule: rule.id,
      severity: setting.fixed ? setting.severity : (problem.severity ?? setting.severity),
      severityFrom: setting.from,
      message: oneLine(problem.message),
      at: shift(problem.at, base),
      get fixes() {
        return (fixes ??= fixesOf(problem, (error) => onError?.(rule.id, error)).map((fix) => shiftFix(fix, base)));
      },
      related: (problem.related ?? []).map((related) => shiftRelated(related, base)),
      ...(problem.tag === undefined ? {} : { tag: problem.tag }),
      ...(problem.code === undefined ? {} : { code: problem.code }),
    });
  }
}

/** None where making them fails: the finding is true all the same. */
function fixesOf({ fixes }: Problem, onError: (error: unknown) => void): readonly Fix[] {
  if (typeof fixes !== "function") return fixes ?? [];
  try {
    return fixes();
  } catch (error) {
    onError(error);
    return [];
  }
}

function shiftFix(fix: Fix, by: number): Fix {
  const title = oneLine(fix.title);
  if ("resolve" in fix) return { ...fix, title, resolve: { ...fix.resolve, span: shift(fix.resolve.span, by) } };
  return { ...fix, title, edits: by === 0 ? fix.edits : fix.edits.map((edit) => shiftEdit(edit, by)) };
}

function shiftRelated(related: Related, by: number): Related {
  return related.path === undefined ? { ...related, at: shift(related.at, by) } : related;
}

/** Words of the file in a message may hold line breaks; the Problems panel cuts there. */
function oneLine(text: string): string {
  return /[\r\n\u0085\u2028\u2029]/.test(text) ? text.replaceAll(/\s*[\r\n\u0085\u2028\u2029]\s*/g, " ").trim() : text;
}

function byPlace(a: Finding, b: Finding): number {
  return a.at.start - b.at.start || a.at.end - b.at.end || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0);
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split(/\r?\n/, 1)[0] ?? "";
}
