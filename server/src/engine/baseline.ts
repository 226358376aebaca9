import type { ParsedFile } from "../languages/index.ts";
import { isRecord } from "../languages/json/record.ts";
import type { Finding, SuppressedFinding } from "./finding.ts";
import { fingerprint } from "./fingerprint.ts";

export { fingerprint } from "./fingerprint.ts";

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

/** A baseline of what these files show now: what is open and what the baseline before accepted, but nothing that a comment accepts. */
export function baselineOf(
  reports: Iterable<{
    readonly parsed: ParsedFile;
    readonly findings: readonly Finding[];
    readonly suppressed: readonly SuppressedFinding[];
  }>,
): Baseline {
  const files = new Map<string, Map<string, BaselineEntry>>();
  for (const { parsed, findings, suppressed } of reports) {
    for (const finding of [...findings, ...suppressed.filter(({ by }) => by === "baseline")]) {
      addTo(files, {
        path: parsed.file.path,
        rule: finding.rule,
        fingerprint: fingerprint(finding, parsed),
        count: 1,
      });
    }
  }
  return { files };
}

/** As JSON, sorted, with a line for each entry so that it merges well. */
export function printBaseline(baseline: Baseline): string {
  const files = [...baseline.files].filter(([, entries]) => entries.size > 0).sort(([a], [b]) => compare(a, b));
  const blocks = files.map(([path, entries]) => {
    const lines = [...entries.values()]
      .sort((a, b) => compare(a.rule, b.rule) || compare(a.fingerprint, b.fingerprint))
      .map(({ rule, fingerprint: print, count }) => `      ${JSON.stringify({ rule, fingerprint: print, count })}`);
    return `    ${JSON.stringify(path)}: [\n${lines.join(",\n")}\n    ]`;
  });
  const body = blocks.length === 0 ? "{}" : `{\n${blocks.join(",\n")}\n  }`;
  return `{\n  "version": 1,\n  "files": ${body}\n}\n`;
}

/** Reads what `printBaseline` wrote. Never throws; `folder` is put before the paths. */
export function parseBaseline(
  text: string,
  folder = "",
): { readonly baseline: Baseline; readonly problems: readonly string[] } {
  const files = new Map<string, Map<string, BaselineEntry>>();
  const problems: string[] = [];
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch (error) {
    problems.push(`The baseline is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    return { baseline: { files }, problems };
  }
  if (!isRecord(root) || root["version"] !== 1 || !isRecord(root["files"])) {
    problems.push("The baseline is not of a version this Seaworthy reads; write it anew.");
    return { baseline: { files }, problems };
  }
  const prefix = folder === "" || folder.endsWith("/") ? folder : `${folder}/`;
  for (const [path, entries] of Object.entries(root["files"])) {
    for (const entry of Array.isArray(entries) ? entries : [undefined]) {
      const read = readEntry(entry, prefix + path);
      if (read === undefined) problems.push(`An entry of the baseline for \`${path}\` is not understood.`);
      else addTo(files, read);
    }
  }
  return { baseline: { files }, problems };
}

/** Splits a file's findings into new ones and accepted ones; `stale` are the entries of that file that nothing matches any more (`count`: how many). */
export function applyBaseline(
  findings: readonly Finding[],
  parsed: ParsedFile,
  baseline: Baseline,
): {
  readonly findings: readonly Finding[];
  readonly accepted: readonly SuppressedFinding[];
  readonly stale: readonly BaselineEntry[];
} {
  const entries = baseline.files.get(parsed.file.path);
  if (entries === undefined) return { findings, accepted: [], stale: [] };
  const left = new Map([...entries].map(([print, { count }]) => [print, count]));
  const open: Finding[] = [];
  const accepted: SuppressedFinding[] = [];
  for (const finding of findings) {
    const print = fingerprint(finding, parsed);
    const count = left.get(print) ?? 0;
    if (count === 0) {
      open.push(finding);
      continue;
    }
    left.set(print, count - 1);
    accepted.push({ ...finding, by: "baseline", reason: undefined });
  }
  const stale = [...entries.values()].flatMap((entry) => {
    const count = left.get(entry.fingerprint) ?? 0;
    return count === 0 ? [] : [{ ...entry, count }];
  });
  return { findings: open, accepted, stale };
}

function addTo(files: Map<string, Map<string, BaselineEntry>>, entry: BaselineEntry): void {
  let entries = files.get(entry.path);
  if (entries === undefined) {
    entries = new Map();
    files.set(entry.path, entries);
  }
  const before = entries.get(entry.fingerprint);
  entries.set(entry.fingerprint, before === undefined ? entry : { ...before, count: before.count + entry.count });
}

function readEntry(value: unknown, path: string): BaselineEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { rule, fingerprint: print, count } = value;
  if (typeof rule !== "string" || typeof print !== "string" || typeof count !== "number") return undefined;
  return Number.isInteger(count) && count > 0 ? { path, rule, fingerprint: print, count } : undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
