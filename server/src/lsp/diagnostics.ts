import type { Diagnostic } from "vscode-languageserver";
import type { ConfigProblem } from "../engine/config.ts";
import type { Finding } from "../engine/finding.ts";
import type { Linter } from "../linter.ts";
import { helpUrl } from "../reference/help-url.ts";
import type { Abilities } from "./abilities.ts";
import type { Checked } from "./checker.ts";
import { diagnosticSource, placesOf, toDiagnostic, toLspSeverity } from "./convert.ts";
import type { Documents, OpenDocument } from "./documents.ts";
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

export function diagnosticOf(finding: Finding, document: OpenDocument, context: DiagnosticsContext): Diagnostic {
  return toDiagnostic(finding, {
    uri: document.uri,
    places: document.places,
    can: context.abilities.diagnostics,
    rule: (id) => context.linter.rule(id),
    helpUrl,
    other(path) {
      const uri = siblingUri(document.uri, path);
      const open = context.documents.byKey(keyOf(uri));
      if (open !== undefined) return open;
      const text = context.folders.of(uri).looked.get(path)?.text;
      // Without the file's text an offset says nothing to an editor; the beginning of the file is near enough.
      return { uri, places: placesOf(text ?? "", context.abilities.encoding) };
    },
  });
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
