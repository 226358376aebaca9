import { pathToFileURL } from "node:url";
import { isAbsolute } from "node:path";
import type { Rule, Severity } from "../../engine/rule.ts";
import type { Linter } from "../../linter.ts";
import { helpUrl } from "../../reference/help-url.ts";
import type {
  CheckResult,
  FileResult,
  LocatedFinding,
  LocatedFix,
  Range,
  SuppressedLocatedFinding,
} from "../result.ts";
import { version } from "../../reference/version.ts";

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
  hint: "note",
};

/** A SARIF 2.1.0 log, as code scanning services read it. Paths count from the folder the command ran in. */
export function sarifReport(result: CheckResult, linter: Linter): string {
  const indexes = new Map(linter.rules.map((rule, index) => [rule.id, index]));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Seaworthy",
            semanticVersion: version,
            informationUri: "https://github.com/seaworthy-dev/seaworthy",
            rules: linter.rules.map(descriptor),
          },
        },
        columnKind: "utf16CodeUnits",
        invocations: [
          {
            executionSuccessful: result.notices.every(({ failure }) => !failure),
            toolExecutionNotifications: result.notices.map(({ text, failure }) => ({
              level: failure ? "error" : "warning",
              message: { text },
            })),
          },
        ],
        results: result.files.flatMap((file) => [
          ...file.findings.map((finding) => resultOf(finding, file, indexes)),
          ...file.suppressed.map((finding) => ({
            ...resultOf(finding, file, indexes),
            suppressions: [suppression(finding)],
          })),
        ]),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function descriptor(rule: Rule): unknown {
  const helpUri = helpUrl(rule);
  return {
    id: rule.id,
    name: rule.slug
      .split("-")
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(""),
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why },
    help: { text: `${rule.summary}\n\n${rule.why}\n\n${helpUri}`, markdown: `${rule.why}\n\n[${rule.id}](${helpUri})` },
    helpUri,
    defaultConfiguration: { level: levels[rule.severity], enabled: rule.preset !== "strict" && rule.preset !== "all" },
    properties: { tags: [rule.category, rule.kind], aliases: rule.aliases },
  };
}

function resultOf(finding: LocatedFinding, file: FileResult, indexes: ReadonlyMap<string, number>): object {
  const fixes = finding.fixes.flatMap((fix) => fixOf(fix, file.path));
  const index = indexes.get(finding.rule);
  return {
    ruleId: finding.rule,
    ...(index !== undefined && { ruleIndex: index }),
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: place(file.path, finding.range) }],
    ...(finding.related.length > 0 && {
      relatedLocations: finding.related.map((note, id) => ({
        id,
        message: { text: note.message },
        physicalLocation: place(note.path, note.range),
      })),
    }),
    partialFingerprints: { "seaworthy/v1": finding.fingerprint },
    ...(finding.code !== undefined && { properties: { code: finding.code } }),
    ...(fixes.length > 0 && { fixes }),
  };
}

function fixOf(fix: LocatedFix, path: string): readonly unknown[] {
  const { replacements, creates } = fix;
  // half of a fix would be a wrong one
  if (replacements === undefined || fix.appends || (replacements.length === 0 && creates.length === 0)) return [];
  const start = { line: 0, character: 0 };
  const changes = [
    ...creates.map((file) => ({ path: file.path, replacements: [{ range: { start, end: start }, text: file.text }] })),
    ...(replacements.length === 0 ? [] : [{ path, replacements }]),
  ];
  return [
    {
      description: { text: fix.title },
      artifactChanges: changes.map((change) => ({
        artifactLocation: artifact(change.path),
        replacements: change.replacements.map(({ range, text }) => ({
          deletedRegion: region(range),
          insertedContent: { text },
        })),
      })),
      properties: { safety: fix.safety },
    },
  ];
}

function suppression(finding: SuppressedLocatedFinding): unknown {
  return {
    kind: finding.by === "baseline" ? "external" : "inSource",
    status: "accepted",
    justification: finding.reason ?? (finding.by === "baseline" ? "recorded in the baseline" : "no reason given"),
  };
}

function place(path: string, range: Range): unknown {
  return { artifactLocation: artifact(path), region: region(range) };
}

function artifact(path: string): unknown {
  return isAbsolute(path)
    ? { uri: pathToFileURL(path).href }
    : { uri: path.split("/").map(encodeURIComponent).join("/"), uriBaseId: "%SRCROOT%" };
}

function region({ start, end }: Range): unknown {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}
