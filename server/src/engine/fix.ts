import type { ParsedFile } from "../languages/index.ts";
import { applyEdits, type TextEdit } from "../text/edit.ts";
import { touches } from "../text/span.ts";
import { editsBetween } from "./changes.ts";
import type { Finding } from "./finding.ts";
import type { EditFix, MoreLines, NewFile } from "./rule.ts";

export { editsBetween } from "./changes.ts";

/** A fix that was made. */
export interface AppliedFix {
  readonly rule: string;
  readonly title: string;
}

/** What `fixAll` came to. */
export interface FixResult {
  readonly text: string;
  /** From the text given to `text`: a few small edits, `[]` where nothing changed. */
  readonly edits: readonly TextEdit[];
  readonly applied: readonly AppliedFix[];
  /** Files to be written along with it, each path once. */
  readonly created: readonly NewFile[];
  /** Lines to be added to other files along with it, each path once. */
  readonly appended: readonly MoreLines[];
  /** Fixes left out because the file would not parse with them. */
  readonly refused: readonly AppliedFix[];
  readonly rounds: number;
}

/** Limits and choices of `fixAll`. */
export interface FixOptions {
  /** Only these rules' fixes, by id. */
  readonly rules?: readonly string[];
  /** Only findings that pass. */
  readonly only?: (finding: Finding) => boolean;
  /** Only fixes that pass; the next one of the finding stands for one that does not. */
  readonly allows?: (fix: EditFix) => boolean;
  /** Default 40. */
  readonly maxRounds?: number;
}

/** What `fixAll` asks of a text: its findings, `undefined` where the text is no file of ours any more. */
export type CheckText = (
  text: string,
) => { readonly findings: readonly Finding[]; readonly parsed?: ParsedFile } | undefined;

/**
 * Applies the first fitting fix of every finding until none is left: `safe` takes safe fixes alone, `review` both kinds. Fixes that
 * touch one another wait for the next round; one after which the file has more syntax problems is left out.
 */
export function fixAll(text: string, check: CheckText, wanted: "safe" | "review", options: FixOptions = {}): FixResult {
  const applied: AppliedFix[] = [];
  const refused: AppliedFix[] = [];
  const beside: Beside = { created: new Map(), appended: new Map() };
  const refusedKeys = new Set<string>();
  const seen = new Set([text]);
  let state: State | undefined = stateOf(text, check);
  let rounds = 0;
  while (state !== undefined && rounds < (options.maxRounds ?? 40)) {
    const wishes = wishesOf(state, wanted, options, beside).filter((wish) => !refusedKeys.has(keyOf(wish)));
    const { now } = together(wishes);
    if (now.length === 0) break;
    rounds += 1;
    const next = advance(state, now, check);
    for (const wish of next.refused) {
      refusedKeys.add(keyOf(wish));
      refused.push({ rule: wish.rule, title: wish.fix.title });
    }
    if (next.state === undefined) continue;
    const reaching = next.applied.some(({ fix }) => isNew(fix, beside));
    // Two rules that undo each other would go on for ever.
    if (seen.has(next.state.text) && !reaching) break;
    seen.add(next.state.text);
    for (const { fix } of next.applied) note(fix, beside);
    applied.push(...next.applied.map(({ rule, fix }) => ({ rule, title: fix.title })));
    state = next.state;
  }
  const after = state?.text ?? text;
  return { text: after, edits: editsBetween(text, after), applied, ...listed(beside), refused, rounds };
}

/** The fix that stands for a finding in `fixAll`: the first one made of edits or new files whose safety is allowed and that passes `allows`. */
export function chosenFix(
  finding: Finding,
  wanted: "safe" | "review",
  allows: (fix: EditFix) => boolean = () => true,
): EditFix | undefined {
  for (const fix of finding.fixes) {
    if (!("edits" in fix) || (fix.edits.length === 0 && !reachesOut(fix))) continue;
    if ((fix.safety === "safe" || wanted === "review") && allows(fix)) return fix;
  }
  return undefined;
}

/** Whether a fix does something to other files than the one that was checked. */
export function reachesOut(fix: EditFix): boolean {
  return fix.creates !== undefined || fix.appends !== undefined;
}

/** All fixes of one rule in a checked file as one list of edits; those that touch an earlier one are left out (`fixAll` with `rules` makes them too). */
export function fixesOfRule(
  report: { readonly findings: readonly Finding[] },
  rule: string,
  wanted: "safe" | "review" = "review",
  allows: (fix: EditFix) => boolean = () => true,
): { readonly edits: readonly TextEdit[]; readonly count: number } {
  const wishes = report.findings.flatMap((finding) => {
    const fix = finding.rule === rule ? chosenFix(finding, wanted, allows) : undefined;
    return fix === undefined ? [] : [{ rule, fix }];
  });
  const { edits, now } = together(wishes);
  return { edits, count: now.length };
}

interface Wish {
  readonly rule: string;
  readonly fix: EditFix;
}

/** What fixes have done to other files so far. */
interface Beside {
  readonly created: Map<string, NewFile>;
  readonly appended: Map<string, Set<string>>;
}

function isNew({ creates = [], appends = [] }: EditFix, { created, appended }: Beside): boolean {
  return (
    creates.some((file) => {
      const there = created.get(file.path);
      return there === undefined || both(there, file).text !== there.text;
    }) || appends.some(({ path, lines }) => lines.some((line) => appended.get(path)?.has(line) !== true))
  );
}

function note({ creates = [], appends = [] }: EditFix, { created, appended }: Beside): void {
  for (const file of creates) created.set(file.path, both(created.get(file.path), file));
  for (const { path, lines } of appends) appended.set(path, new Set([...(appended.get(path) ?? []), ...lines]));
}

function listed({ created, appended }: Beside): Pick<FixResult, "created" | "appended"> {
  return {
    created: [...created.values()],
    appended: [...appended].map(([path, lines]) => ({ path, lines: [...lines] })),
  };
}

interface State {
  readonly text: string;
  readonly findings: readonly Finding[];
  readonly broken: number;
}

function stateOf(text: string, check: CheckText): State | undefined {
  const report = check(text);
  if (report === undefined) return undefined;
  const { findings, parsed } = report;
  const broken =
    parsed === undefined
      ? findings.filter(({ rule }) => rule.endsWith("/syntax")).length
      : parsed.units.reduce((sum, { model }) => sum + model.problems.length, 0);
  return { text, findings, broken };
}

/** Safe fixes come first, so that a reviewed one never stands in their way. */
function wishesOf(state: State, wanted: "safe" | "review", options: FixOptions, beside: Beside): readonly Wish[] {
  const wishes: Wish[] = [];
  for (const finding of state.findings) {
    if (options.rules !== undefined && !options.rules.includes(finding.rule)) continue;
    if (options.only !== undefined && !options.only(finding)) continue;
    const fix = chosenFix(finding, wanted, options.allows);
    if (fix === undefined || clash(fix.creates, beside.created)) continue;
    if (isNew(fix, beside) || applyEdits(state.text, fix.edits) !== state.text)
      wishes.push({ rule: finding.rule, fix });
  }
  const rules = new Set(wishes.map(({ rule }) => rule));
  const ready = wishes.filter(({ fix }) => fix.after?.some((rule) => rules.has(rule)) !== true);
  return ready.sort((a, b) => Number(a.fix.safety === "review") - Number(b.fix.safety === "review"));
}

/** The wishes that can be made at once; equal edits of two fixes (one shared block, say) are one edit. */
function together(wishes: readonly Wish[]): { readonly now: readonly Wish[]; readonly edits: readonly TextEdit[] } {
  const now: Wish[] = [];
  const edits: TextEdit[] = [];
  const files = new Map<string, NewFile>();
  for (const wish of wishes) {
    if (clash(wish.fix.creates, files)) continue;
    const fresh = wish.fix.edits.filter((edit) => !edits.some((other) => sameEdit(edit, other)));
    if (fresh.some((edit) => edits.some((other) => touches(edit.span, other.span)))) continue;
    if (takesLast(fresh, edits)) continue;
    edits.push(...fresh);
    for (const file of wish.fix.creates ?? []) files.set(file.path, file);
    now.push(wish);
  }
  return { now, edits };
}

/** Whether nothing would be left of a whole of which other fixes take parts away, too. */
function takesLast(fresh: readonly TextEdit[], edits: readonly TextEdit[]): boolean {
  return fresh.some(({ partOf }) => {
    if (partOf === undefined) return false;
    const taken = (some: readonly TextEdit[]): number => some.filter((edit) => edit.partOf?.at === partOf.at).length;
    return taken(edits) > 0 && taken(edits) + taken(fresh) >= partOf.count;
  });
}

/** Applies the wishes, all at once if that parses, else one by one. */
function advance(
  state: State,
  wishes: readonly Wish[],
  check: CheckText,
): { readonly state: State | undefined; readonly applied: readonly Wish[]; readonly refused: readonly Wish[] } {
  const next = attempt(state, wishes, check);
  if (next !== undefined) return { state: next, applied: wishes, refused: [] };
  if (wishes.length === 1) return { state: undefined, applied: [], refused: wishes };
  const good: Wish[] = [];
  const refused: Wish[] = [];
  let last: State | undefined;
  for (const wish of wishes) {
    const tried = attempt(state, [...good, wish], check);
    if (tried === undefined) {
      // Alone it may still be right, in a later round.
      if (attempt(state, [wish], check) === undefined) refused.push(wish);
      continue;
    }
    good.push(wish);
    last = tried;
  }
  return { state: last, applied: good, refused };
}

function attempt(state: State, wishes: readonly Wish[], check: CheckText): State | undefined {
  const text = applyEdits(state.text, together(wishes).edits);
  if (text === undefined) return undefined;
  const next = stateOf(text, check);
  return next === undefined || next.broken > state.broken ? undefined : next;
}

/** Whether one of the files would be another one than is to be written there already, and the two do not go together. */
function clash(files: readonly NewFile[] | undefined, taken: ReadonlyMap<string, NewFile>): boolean {
  return files?.some((file) => !goTogether(taken.get(file.path), file)) ?? false;
}

/** Whether a fix can make a file where another one makes `there` at the same path, or nothing. */
export function goTogether(there: NewFile | undefined, file: NewFile): boolean {
  return there === undefined || there.text === file.text || (there.ofLines === true && file.ofLines === true);
}

/** A file that two fixes make: of lines, each once; else they make the same. */
function both(there: NewFile | undefined, file: NewFile): NewFile {
  if (there === undefined || there.text === file.text) return file;
  const lines = there.text.split("\n");
  const more = file.text.split("\n").filter((line) => !lines.includes(line));
  return { ...there, text: `${there.text}${more.map((line) => `${line}\n`).join("")}` };
}

function sameEdit(a: TextEdit, b: TextEdit): boolean {
  return a.span.start === b.span.start && a.span.end === b.span.end && a.text === b.text;
}

/** What a refused fix is known by in later rounds, when its place has moved. */
function keyOf({ rule, fix }: Wish): string {
  return JSON.stringify([
    rule,
    fix.title,
    fix.edits.map(({ text }) => text),
    fix.creates?.map(({ path }) => path),
    fix.appends,
  ]);
}
