import type { Diagnostic, Position } from "vscode-languageserver";
import type { ConfigProblem } from "../engine/config.ts";
import type { Finding } from "../engine/finding.ts";
import type { Linter } from "../linting.ts";
import { helpUrl } from "../reference/help-url.ts";
import type { Abilities } from "./abilities.ts";
import type { Checked } from "./checker.ts";
import { diagnosticSource, placesOf, toDiagnostic, toLspSeverity } from "./convert.ts";
import type { Documents, OpenDocument } from "./documents.ts";
import type { OtherText } from "./edits.ts";
import type { Folders } from "./folders.ts";
import { keyOf, siblingUri } from "./uri.ts";

/** What diagnostics of a connection are made with. */
export interface DiagnosticsContext {
  readonly linter: Linter;
  readonly documents: Documents;
  readonly folders: Folders;
  readonly abilities: Abilities;
}

export function diagnosticsOf(checked: Checked, context: DiagnosticsContext): Diagnostic[] {
  const { document, outcome } = checked;
  if (outcome.type === "config") return outcome.file.problems.map((problem) => configDiagnostic(problem, document));
  if (outcome.type === "nothing") return [];
  return outcome.report.findings.map((finding) => diagnosticOf(finding, document, context));
}

/** Whether two lists say the same at the same places. */
export function sameDiagnostics(some: readonly Diagnostic[], others: readonly Diagnostic[]): boolean {
  return (
    some.length === others.length &&
    some.every((one, index) => {
      const other = others[index];
      if (other === undefined || one.message !== other.message || one.code !== other.code) return false;
      if (one.severity !== other.severity) return false;
      if (!samePosition(one.range.start, other.range.start) || !samePosition(one.range.end, other.range.end))
        return false;
      const more = one.relatedInformation ?? one.tags ?? other.relatedInformation ?? other.tags;
      return more === undefined || JSON.stringify(one) === JSON.stringify(other);
    })
  );
}

function samePosition(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}

export function diagnosticOf(finding: Finding, document: OpenDocument, context: DiagnosticsContext): Diagnostic {
  return toDiagnostic(finding, {
    uri: document.uri,
    places: document.places,
    can: context.abilities.diagnostics,
    rule: (id) => context.linter.rule(id),
    helpUrl,
    other: (path) => otherText(path, document, context),
  });
}

/** Another file as it stands in the editor, else as it was read. Without its text an offset says nothing to an editor; its beginning is near enough. */
export function otherText(path: string, document: OpenDocument, context: DiagnosticsContext): OtherText {
  const uri = siblingUri(document.uri, path);
  const open = context.documents.byKey(keyOf(uri));
  if (open !== undefined) return open;
  const text = context.folders.of(uri).looked.get(path)?.text ?? "";
  return { uri, version: null, text, places: placesOf(text, context.abilities.encoding) };
}

export function configDiagnostic(problem: ConfigProblem, document: OpenDocument): Diagnostic {
  return {
    range: document.places.range(problem.at),
    severity: toLspSeverity(problem.severity),
    source: diagnosticSource,
    code: "config",
    message: problem.message,
  };
}
