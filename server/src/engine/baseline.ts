import type { ParsedFile } from "../languages/index.ts";
import type { Finding, SuppressedFinding } from "./finding.ts";

/** Findings of one file that look the same. */
export interface BaselineEntry {
  readonly path: string;
  /** The rule's id. */
  readonly rule: string;
  /** 16 hexadecimal digits; see `fingerprint`. */
  readonly fingerprint: string;
  readonly count: number;
}

/** Findings that were there when the baseline was written, and are accepted. Keys: path, then fingerprint. */
export interface Baseline {
  readonly files: ReadonlyMap<string, ReadonlyMap<string, BaselineEntry>>;
}

/**
 * What identifies a finding: rule, path, the text at fault and where it stands (the keys above it, or stage and instruction), but no line
 * numbers, so it stays the same when lines move. Findings alike in all of it share one.
 */
export declare function fingerprint(finding: Finding, parsed: ParsedFile): string;

/** The accepted findings of files that were checked, baselined ones included, so that a new baseline keeps them. */
export declare function baselineOf(
  reports: Iterable<{
    readonly parsed: ParsedFile;
    readonly findings: readonly Finding[];
    readonly suppressed: readonly SuppressedFinding[];
  }>,
): Baseline;

/** As JSON, sorted, with a line for each entry so that it merges well. */
export declare function printBaseline(baseline: Baseline): string;

/** Reads what `printBaseline` wrote. Never throws; `folder` is put before the paths. */
export declare function parseBaseline(
  text: string,
  folder?: string,
): { readonly baseline: Baseline; readonly problems: readonly string[] };

/** Splits a file's findings into new ones and accepted ones; `stale` are the entries of that file that nothing matches any more (`count`: how many). */
export declare function applyBaseline(
  findings: readonly Finding[],
  parsed: ParsedFile,
  baseline: Baseline,
): {
  readonly findings: readonly Finding[];
  readonly accepted: readonly SuppressedFinding[];
  readonly stale: readonly BaselineEntry[];
};
