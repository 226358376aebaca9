import { chosenFix } from "../engine/fix.ts";
import type { Finding } from "../engine/finding.ts";
import type { EditFix, Severity } from "../engine/rule.ts";
import type { ParsedFile } from "../languages/index.ts";
import type { Abilities } from "./abilities.ts";
import type { Checked } from "./checker.ts";
import { canMake } from "./edits.ts";
import type { StatusNote, StatusParams } from "./protocol.ts";

/** What the client's status item shows of a check. */
export function statusOf(
  { document, settings, outcome, milliseconds }: Checked,
  abilities: Pick<Abilities, "createsFiles" | "versionedEdits">,
): StatusParams {
  const base = { uri: document.uri, version: document.version, milliseconds };
  const none = { counts: countsOf([]), fixable: { safe: 0, review: 0 }, suppressed: 0 };
  if (outcome.type === "nothing") {
    const { why } = outcome;
    return { ...base, ...none, kind: null, config: "", note: { code: why, message: nothingNotes[why] } };
  }
  if (outcome.type === "config") {
    return { ...base, ...none, counts: countsOf(outcome.file.problems), kind: "config", config: outcome.file.path };
  }
  const { report, config } = outcome;
  const note = noteOf(report.parsed, settings);
  return {
    ...base,
    kind: report.parsed.kind,
    counts: countsOf(report.findings),
    fixable: fixableOf(report.findings, abilities),
    suppressed: report.suppressed.length,
    config: config.source,
    ...(note === undefined ? {} : { note }),
  };
}

const nothingNotes = {
  disabled: "turned off in the settings",
  excluded: "excluded by the config",
  "not-ours": "not a Dockerfile, Compose file or Kubernetes manifest",
  "too-large": "too large to check while you type: it is checked when it is saved",
} satisfies Partial<Record<StatusNote, string>>;

function noteOf(parsed: ParsedFile, settings: Checked["settings"]): StatusParams["note"] {
  if (isTemplated(parsed)) {
    return { code: "templated", message: "a template: nothing is called missing in what is not rendered yet" };
  }
  if (parsed.file.text.length > settings.maxFileSize) {
    return { code: "too-large", message: "too large to check while you type: it is checked when it is saved" };
  }
  if (settings.run === "onSave") return { code: "on-save", message: "checked when it is saved" };
  return undefined;
}

function isTemplated({ units }: ParsedFile): boolean {
  return units.some(({ model }) =>
    "templated" in model ? model.templated : "document" in model && model.document.templated,
  );
}

function countsOf(problems: readonly { readonly severity: Severity }[]): StatusParams["counts"] {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { severity } of problems) counts[severity] += 1;
  return counts;
}

function fixableOf(
  findings: readonly Finding[],
  abilities: Pick<Abilities, "createsFiles" | "versionedEdits">,
): StatusParams["fixable"] {
  const allows = (fix: EditFix): boolean => canMake(fix, abilities);
  const safe = findings.filter((finding) => chosenFix(finding, "safe", allows) !== undefined).length;
  const any = findings.filter((finding) => chosenFix(finding, "review", allows) !== undefined).length;
  return { safe, review: any - safe };
}
