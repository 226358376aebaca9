import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  CodeActionTriggerKind,
  type WorkspaceEdit,
} from "vscode-languageserver";
import { type CheckText, chosenFix, fixAll, fixesOfRule } from "../engine/fix.ts";
import type { Finding } from "../engine/finding.ts";
import { ignoreHere, ignoreInFile } from "../engine/ignore.ts";
import type { EditFix } from "../engine/rule.ts";
import type { Linter, OfferedRefactoring } from "../linting.ts";
import type { TextEdit } from "../text/edit.ts";
import { touches } from "../text/span.ts";
import { isRecord } from "../languages/json/record.ts";
import type { Checked, Outcome } from "./checker.ts";
import { configDiagnostic, diagnosticOf, type DiagnosticsContext, otherText } from "./diagnostics.ts";
import type { OpenDocument } from "./documents.ts";
import { type AnnotatedEdits, annotatedEdit, canMake, type Changes, snippetEdit, workspaceEdit } from "./edits.ts";
import { isReviewable, reviewableChanges } from "./reviewable.ts";

/** Applies every safe fix of the file; what editors run on save. */
const fixAllKind = `${CodeActionKind.SourceFixAll}.seaworthy`;
/** Applies the fixes of the file that a person should look at; the kinds of refactors are below it, by their names. */
export const reviewKind = `${CodeActionKind.RefactorRewrite}.seaworthy`;

/** What says something and changes nothing, which is none of the kinds that editors know. */
export const lookUpKind = "seaworthy.look-up";

export const codeActionKinds: readonly string[] = [CodeActionKind.QuickFix, fixAllKind, reviewKind, lookUpKind];

/** What code actions are made with. */
export type CodeActionsContext = DiagnosticsContext;

/** The code actions for a range of a checked version. `params.context.only` and the way they were asked for decide which. */
export function codeActionsOf(checked: Checked, params: CodeActionParams, context: CodeActionsContext): CodeAction[] {
  const { outcome, document } = checked;
  const range = document.places.span(params.range);
  const { only, triggerKind } = params.context;
  const invited = triggerKind !== CodeActionTriggerKind.Automatic;
  const wants = (kind: string): boolean => only === undefined || only.some((one) => isWithinKind(kind, one));
  const actions: CodeAction[] = [];
  if (outcome.type === "config" && wants(CodeActionKind.QuickFix)) {
    for (const problem of outcome.file.problems.filter(({ at }) => touches(at, range))) {
      for (const { title, edits } of problem.fixes ?? []) {
        const diagnostics = [configDiagnostic(problem, document)];
        const edit = editHere(document, { edits }, context);
        actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred: true, edit });
      }
    }
  }
  if (outcome.type !== "report") return actions;
  if (wants(CodeActionKind.QuickFix)) {
    const here = outcome.report.findings.filter(({ at }) => touches(at, range));
    actions.push(...quickFixes(checked, outcome, here, context));
  }
  // Actions on the whole file would be offered on every line; they are for those who ask.
  if (invited || only !== undefined) {
    actions.push(...refactorActions(checked, outcome, range.start, wants, context));
    const lazy: FileAction[] = [];
    if (wants(fixAllKind)) lazy.push({ type: "safe" });
    if (wants(reviewKind)) lazy.push({ type: "review" });
    for (const action of lazy) actions.push(...fileAction(checked, outcome, action, context));
  }
  return actions;
}

/** The action with its edit; as it came where the document has changed since, so that nothing wrong is done. */
export function resolveCodeAction(action: CodeAction, checked: Checked, context: CodeActionsContext): CodeAction {
  const data = decodeData(action.data);
  if (data === undefined || data.version !== checked.document.version || checked.outcome.type !== "report")
    return action;
  const edit =
    data.action.type === "refactor"
      ? refactorEdit(checked, checked.outcome, data.action, context)
      : fileEdit(checked, checked.outcome, data.action, context);
  return edit === undefined ? action : { ...action, edit };
}

/** The URI of the document an unresolved action is for. */
export function documentOfAction(action: CodeAction): string | undefined {
  return decodeData(action.data)?.uri;
}

type ReportOutcome = Outcome & { readonly type: "report" };

/** An action on the whole file, whose edit costs more than a look at the report. */
type FileAction =
  | { readonly type: "safe" }
  | { readonly type: "review" }
  | { readonly type: "rule"; readonly rule: string; readonly safety: "safe" | "review" };

/** A refactor at an offset. */
interface RefactorAction {
  readonly type: "refactor";
  readonly slug: string;
  readonly offset: number;
}

interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly action: FileAction | RefactorAction;
}

/** What can be refactored at an offset: each part of it is left to the person to confirm. */
function refactorActions(
  checked: Checked,
  outcome: ReportOutcome,
  offset: number,
  wants: (kind: string) => boolean,
  context: CodeActionsContext,
): readonly CodeAction[] {
  const { document } = checked;
  return offeredAt(outcome, offset, context).flatMap(({ slug, title }): readonly CodeAction[] => {
    const kind = `${reviewKind}.${slug}`;
    if (!wants(kind)) return [];
    const action: RefactorAction = { type: "refactor", slug, offset };
    if (context.abilities.lazyEdits) {
      const data: ActionData = { uri: document.uri, version: document.version, action };
      return [{ title, kind, data }];
    }
    const edit = refactorEdit(checked, outcome, action, context);
    return edit === undefined ? [] : [{ title, kind, edit }];
  });
}

function offeredAt(
  { report, folder }: ReportOutcome,
  offset: number,
  { linter }: CodeActionsContext,
): readonly OfferedRefactoring[] {
  const { parsed } = report;
  return linter.refactorings(parsed, offset, folder.workspace.view(parsed.file.path));
}

function refactorEdit(
  { document }: Checked,
  outcome: ReportOutcome,
  { slug, offset }: RefactorAction,
  context: CodeActionsContext,
): WorkspaceEdit | undefined {
  const found = offeredAt(outcome, offset, context).find((refactoring) => refactoring.slug === slug);
  if (found === undefined) return undefined;
  const changes = found.parts.map(({ title, edits }) => ({ label: title, description: found.title, edits }));
  return annotatedEdit(document, changes, context.abilities, (path) => otherText(path, document, context));
}

function quickFixes(
  checked: Checked,
  outcome: ReportOutcome,
  findings: readonly Finding[],
  context: CodeActionsContext,
): readonly CodeAction[] {
  const { document, settings } = checked;
  const fixes = findings.flatMap((finding): readonly CodeAction[] => {
    const diagnostics = [diagnosticOf(finding, document, context)];
    const made = finding.fixes.flatMap((fix) => ("edits" in fix && canMake(fix, context.abilities) ? [fix] : []));
    return made.map((fix, index) => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics,
      ...(index === 0 ? { isPreferred: true } : {}),
      edit: editOf(document, { ...fix, label: fix.title, description: finding.message }, context),
    }));
  });
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  const ofRules = rules.flatMap((rule): readonly CodeAction[] => {
    const allows = allowed(context);
    const safety = fixesOfRule(outcome.report, rule, "safe", allows).count > 1 ? "safe" : "review";
    if (fixesOfRule(outcome.report, rule, safety, allows).count < 2) return [];
    return fileAction(checked, outcome, { type: "rule", rule, safety }, context);
  });
  const ignores =
    settings.offerIgnore && outcome.config.ignoreComments
      ? findings.flatMap((finding) => ignoreActions(checked, outcome, finding, context))
      : [];
  return [...fixes, ...ofRules, ...ignores];
}

function ignoreActions(
  { document }: Checked,
  { report }: ReportOutcome,
  finding: Finding,
  context: CodeActionsContext,
): readonly CodeAction[] {
  const slug = finding.code ?? slugOf(finding.rule, context.linter);
  const diagnostics = [diagnosticOf(finding, document, context)];
  const action = (title: string, ignore: typeof ignoreHere): readonly CodeAction[] => {
    const edit = ignoreEdit(document, (reason) => ignore(report.parsed, finding, reason), context);
    return edit === undefined ? [] : [{ title, kind: CodeActionKind.QuickFix, diagnostics, edit }];
  };
  return [...action(`Ignore ${slug} here`, ignoreHere), ...action(`Ignore ${slug} in this file`, ignoreInFile)];
}

/** Stands for the reason until a person types it. */
const reasonMark = "reason-to-be-typed";

/** The edit that silences; where the editor can, with the reason as a placeholder to be typed over. A comment that is there already keeps its own. */
function ignoreEdit(
  document: OpenDocument,
  ignore: (reason?: string) => TextEdit | undefined,
  context: CodeActionsContext,
): WorkspaceEdit | undefined {
  const asking = context.abilities.snippetEdits ? ignore(reasonMark) : undefined;
  if (asking?.text.includes(reasonMark) === true) return snippetEdit(document, asking, reasonMark, "reason");
  const edit = ignore();
  return edit === undefined ? undefined : editHere(document, { edits: [edit] }, context);
}

function fileAction(
  checked: Checked,
  outcome: ReportOutcome,
  action: FileAction,
  context: CodeActionsContext,
): readonly CodeAction[] {
  const { document } = checked;
  const { findings } = outcome.report;
  const head = headOf(action, findings, context);
  if (head === undefined) return [];
  if (context.abilities.lazyEdits) {
    const data: ActionData = { uri: document.uri, version: document.version, action };
    return [{ ...head, data }];
  }
  const edit = fileEdit(checked, outcome, action, context);
  return edit === undefined ? [] : [{ ...head, edit }];
}

/** Title and kind of an action; `undefined` where there is nothing for it to do. */
function headOf(action: FileAction, findings: readonly Finding[], context: CodeActionsContext): CodeAction | undefined {
  if (action.type === "rule") {
    const title = `Fix all ${slugOf(action.rule, context.linter)} problems in this file`;
    return { title, kind: CodeActionKind.QuickFix };
  }
  if (action.type === "safe") {
    const any = findings.some((finding) => chosenFix(finding, "safe") !== undefined);
    return any ? { title: "Fix all safe problems", kind: fixAllKind } : undefined;
  }
  const count = findings.filter((finding) => isReviewable(finding, allowed(context))).length;
  const title = count === 1 ? "Apply the fix that needs a look" : `Apply the ${count} fixes that need a look`;
  return count === 0 ? undefined : { title, kind: reviewKind };
}

/** `undefined` where nothing changes. */
function fileEdit(
  checked: Checked,
  outcome: ReportOutcome,
  action: FileAction,
  context: CodeActionsContext,
): WorkspaceEdit | undefined {
  const { document } = checked;
  const check = checkerOf(outcome, context.linter);
  if (action.type === "review") {
    const changes = reviewableChanges(document.text, outcome.report.findings, check, allowed(context));
    return changes.length === 0
      ? undefined
      : annotatedEdit(document, changes, context.abilities, (path) => otherText(path, document, context));
  }
  const wanted = action.type === "rule" ? action.safety : "safe";
  const { edits, created, appended } = fixAll(document.text, check, wanted, {
    ...(action.type === "rule" ? { rules: [action.rule] } : {}),
    allows: allowed(context),
  });
  if (edits.length === 0 && created.length === 0 && appended.length === 0) return undefined;
  const changes = { edits, creates: created, appends: appended };
  const title = headOf(action, outcome.report.findings, context)?.title ?? "";
  const files = [...created, ...appended].map(({ path }) => `\`${path}\``);
  return editOf(document, { ...changes, label: title, description: `Writes ${files.join(", ")} as well.` }, context);
}

/** What reaches into other files is left to the person to confirm. */
function editOf(document: OpenDocument, changes: AnnotatedEdits, context: CodeActionsContext): WorkspaceEdit {
  const { creates = [], appends = [] } = changes;
  return creates.length === 0 && appends.length === 0
    ? editHere(document, changes, context)
    : annotatedEdit(document, [changes], context.abilities, (path) => otherText(path, document, context));
}

function editHere(document: OpenDocument, changes: Changes, context: CodeActionsContext): WorkspaceEdit {
  return workspaceEdit(document, changes, context.abilities, (path) => otherText(path, document, context));
}

/** Fixes that the client can make. */
function allowed({ abilities }: CodeActionsContext): (fix: EditFix) => boolean {
  return (fix) => canMake(fix, abilities);
}

/** Checks other texts as if they were the document's. */
function checkerOf({ report, config, folder }: ReportOutcome, linter: Linter): CheckText {
  let previous = report;
  return (text) => {
    const { file } = report.parsed;
    const workspace = folder.workspace.view(file.path);
    const next = linter.check({ file: { ...file, text }, config, workspace, previous });
    if (next !== undefined) previous = next;
    return next;
  };
}

function slugOf(rule: string, linter: Linter): string {
  return linter.rule(rule)?.slug ?? rule;
}

/** Whether a kind is the wanted one or below it. */
export function isWithinKind(kind: string, wanted: string): boolean {
  return wanted === "" || kind === wanted || kind.startsWith(`${wanted}.`);
}

function decodeData(data: unknown): ActionData | undefined {
  if (!isRecord(data)) return undefined;
  const { uri, version, action } = data;
  if (typeof uri !== "string" || typeof version !== "number" || !isRecord(action)) return undefined;
  const { type, rule, safety, slug, offset } = action;
  if (type === "refactor" && typeof slug === "string" && typeof offset === "number") {
    return { uri, version, action: { type, slug, offset } };
  }
  if (type === "safe" || type === "review") return { uri, version, action: { type } };
  if (type !== "rule" || typeof rule !== "string" || (safety !== "safe" && safety !== "review")) return undefined;
  return { uri, version, action: { type, rule, safety } };
}
