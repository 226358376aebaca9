import { analyze, type UnitResult } from "./engine/analyze.ts";
import { applyBaseline, type Baseline, type BaselineEntry } from "./engine/baseline.ts";
import type { FileConfig } from "./engine/config.ts";
import type { OwnDirective } from "./engine/directives.ts";
import type { Finding, SuppressedFinding } from "./engine/finding.ts";
import { type RuleNames, ruleNames } from "./engine/names.ts";
import type { Rule, RuleCard } from "./engine/rule.ts";
import type { DetectOptions } from "./languages/detect.ts";
import {
  inDialect,
  type Kind,
  type ParsedFile,
  parseFile,
  readAs,
  type SourceFile,
  withDescriptions,
} from "./languages/index.ts";
import type { Refactor } from "./refactors/refactor.ts";
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
  /** Every rule there is, loaded or not: what configs and directives may name. */
  readonly cards: readonly RuleCard[];
  /** The rules that are loaded; all of them but for a linter that loads them by kinds. */
  readonly rules: readonly Rule[];
  readonly names: RuleNames;
  /** A rule by its id, where it is loaded. */
  rule(id: string): Rule | undefined;
  /** Settles when the rules and refactors for this kind of file, or for all, are loaded. Before, files of that kind must not be checked. */
  load(kind?: Kind): Promise<void>;
  /** `undefined`: not a file of ours, or excluded. Never throws where the file's kind is loaded. */
  check(request: CheckRequest): Report | undefined;
  /** The same in steps, one for each unit, so that a caller can stop between them. */
  checkInSteps(request: CheckRequest): Generator<void, Report | undefined>;
  /** What there is to refactor at an offset of a parsed file. */
  refactorings(parsed: ParsedFile, offset: number, workspace: WorkspaceView): readonly OfferedRefactoring[];
}

/** What judges and changes files of one kind. */
export interface Loaded {
  readonly rules: readonly Rule[];
  readonly refactors: readonly Refactor[];
}

/** A linter of these rules, and refactors, alone. */
export function createLinter(rules: readonly Rule[], refactors: readonly Refactor[] = []): Linter {
  const loaded: Loaded = { rules, refactors };
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return linterOf(rules, { rules: () => rules, rule: (id) => byId.get(id), of: () => loaded, load: async () => {} });
}

/** A linter that loads what it needs for a kind of file when somebody asks for that kind; `cards` are those of all its rules. */
export function createLazyLinter(
  cards: readonly RuleCard[],
  loaders: Readonly<Record<Kind, () => Promise<Loaded>>>,
): Linter {
  const loaded = new Map<Kind, Loaded>();
  const loading = new Map<Kind, Promise<void>>();
  const byId = new Map<string, Rule>();
  const load = (kind: Kind): Promise<void> => {
    const begun = loading.get(kind);
    if (begun !== undefined) return begun;
    const work = loaders[kind]().then((parts) => {
      loaded.set(kind, parts);
      for (const rule of parts.rules) byId.set(rule.id, rule);
    });
    loading.set(kind, work);
    // What failed may be there the next time somebody asks: an update of the extension replaces its files one by one.
    work.catch(() => loading.delete(kind));
    return work;
  };
  const kinds: readonly Kind[] = ["dockerfile", "compose", "kubernetes", "ignore"];
  return linterOf(cards, {
    rules: () => [...byId.values()],
    rule: (id) => byId.get(id),
    of(kind) {
      const parts = loaded.get(kind);
      if (parts === undefined) throw new Error(`The rules of ${kind} files are not loaded yet`);
      return parts;
    },
    async load(kind) {
      await (kind === undefined ? Promise.all(kinds.map(load)) : load(kind));
    },
  });
}

/** Where a linter has its rules from. */
interface Source {
  rules(): readonly Rule[];
  rule(id: string): Rule | undefined;
  /** The same object each time, so that what was found with it can be kept. */
  of(kind: Kind): Loaded;
  load(kind?: Kind): Promise<void>;
}

function linterOf(cards: readonly RuleCard[], source: Source): Linter {
  const names = ruleNames(cards);
  function* checkInSteps(request: CheckRequest): Generator<void, Report | undefined> {
    const { file, config, baseline, previous } = request;
    if (config.excluded) return undefined;
    const read = request.parsed ?? parseFile(file, request.detect, previous?.parsed);
    if (read === undefined) return undefined;
    const workspace = request.workspace.reading(read);
    const patch = read.kind === "kubernetes" && workspace.manifests().patch;
    const readFor = readAs(inDialect(read, config.dialect), { release: config.kubernetes, patch });
    const parsed = withDescriptions(readFor, workspace.registryDescriptions());
    const analysis = yield* analyze({
      parsed,
      config,
      workspace,
      rules: source.of(parsed.kind).rules,
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
    cards,
    get rules() {
      return source.rules();
    },
    names,
    rule: (id) => source.rule(id),
    load: (kind) => source.load(kind),
    checkInSteps,
    refactorings: (parsed, offset, workspace) => offered(source.of(parsed.kind).refactors, parsed, offset, workspace),
    check(request) {
      const steps = checkInSteps(request);
      for (;;) {
        const step = steps.next();
        if (step.done === true) return step.value;
      }
    },
  };
}

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
