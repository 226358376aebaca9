import { fingerprint } from "../engine/baseline.ts";
import type { Finding, SuppressedFinding } from "../engine/finding.ts";
import type { ParsedFile } from "../languages/index.ts";
import type { Lines } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import type { LocatedFinding, LocatedNote, Range, SuppressedLocatedFinding } from "./result.ts";

/** What `locate` needs to know of the file a finding is in. */
export interface Place {
  readonly parsed: ParsedFile;
  readonly lines: Lines;
  /** The file's path as it is shown. */
  readonly shown: string;
  /** How the path of a file that the engine speaks of is shown. */
  pathOf(path: string): string;
  /** Another file of the same workspace, for places in it: how its path is shown and its lines; `undefined` where it cannot be read. */
  other(path: string): { readonly shown: string; readonly lines: Lines } | undefined;
}

/** Longest part of a line that is kept for display, in UTF-16 code units. */
const longestExcerpt = 400;

/** A finding with lines and columns instead of offsets, free of the text it is about. */
export function locate(finding: Finding, place: Place): LocatedFinding {
  const { lines, parsed } = place;
  return {
    rule: finding.rule,
    ...(finding.code === undefined ? {} : { code: finding.code }),
    severity: finding.severity,
    message: finding.message,
    range: rangeOf(finding.at, lines),
    fixes: finding.fixes.map((fix) => ({
      title: fix.title,
      safety: fix.safety,
      replacements:
        "edits" in fix ? fix.edits.map((edit) => ({ range: rangeOf(edit.span, lines), text: edit.text })) : undefined,
      creates: "edits" in fix ? (fix.creates ?? []).map((file) => ({ ...file, path: place.pathOf(file.path) })) : [],
      appends: "edits" in fix && fix.appends !== undefined,
    })),
    related: finding.related.flatMap((related) => noteOf(related, place)),
    excerpt: excerptOf(parsed.file.text, lines, finding.at),
    fingerprint: fingerprint(finding, parsed),
  };
}

/** The same for a finding that somebody accepted. */
export function locateSuppressed(finding: SuppressedFinding, place: Place): SuppressedLocatedFinding {
  return { ...locate(finding, place), by: finding.by, reason: finding.reason };
}

function noteOf(related: Finding["related"][number], place: Place): readonly LocatedNote[] {
  if (related.path === undefined || related.path === place.parsed.file.path) {
    return [{ path: place.shown, range: rangeOf(related.at, place.lines), message: related.message }];
  }
  const other = place.other(related.path);
  return other === undefined
    ? []
    : [{ path: other.shown, range: rangeOf(related.at, other.lines), message: related.message }];
}

function rangeOf(span: Span, lines: Lines): Range {
  return { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
}

function excerptOf(text: string, lines: Lines, at: Span): LocatedFinding["excerpt"] {
  const line = lines.span(lines.lineAt(at.start));
  const from =
    line.end - line.start <= longestExcerpt ? line.start : Math.max(line.start, at.start - longestExcerpt / 4);
  const shown = text.slice(from, Math.min(line.end, from + longestExcerpt));
  // a slice would keep the whole text of the file in memory; a copy does not
  return { text: Buffer.from(shown, "utf16le").toString("utf16le"), cut: from - line.start };
}
