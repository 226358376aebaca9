import { existsSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import { type Baseline, type BaselineEntry, parseBaseline, printBaseline } from "../engine/baseline.ts";
import { readText, writeText } from "./files.ts";
import { slashed } from "./paths.ts";

/** A baseline whose paths are absolute and native; in the file they count from the file's own folder. */
export type AbsoluteBaseline = Baseline;

/** Throws what the file system throws. */
export function readBaseline(path: string): {
  readonly baseline: AbsoluteBaseline;
  readonly problems: readonly string[];
} {
  const { baseline, problems } = parseBaseline(readText(path).text);
  return { baseline: withPaths(baseline, (entry) => resolve(dirname(path), entry)), problems };
}

/**
 * Writes the entries to a file. What the file said before of files that were not checked this time, and still exist, is kept.
 * Throws what the file system throws.
 */
export function writeBaseline(path: string, entries: AbsoluteBaseline, checked: ReadonlySet<string>): number {
  const files = new Map(entries.files);
  if (existsSync(path)) {
    for (const [file, kept] of readBaseline(path).baseline.files) {
      if (!checked.has(file) && existsSync(file)) files.set(file, kept);
    }
  }
  const folder = dirname(path);
  writeText(path, printBaseline(withPaths({ files }, (file) => slashed(relative(folder, file)))));
  return countOf({ files });
}

/** The same baseline with other paths. */
export function withPaths(baseline: Baseline, path: (path: string) => string): Baseline {
  const files = new Map<string, ReadonlyMap<string, BaselineEntry>>();
  for (const [old, entries] of baseline.files) {
    const renamed = path(old);
    files.set(renamed, new Map([...entries].map(([key, entry]) => [key, { ...entry, path: renamed }])));
  }
  return { files };
}

/** How many findings it accepts. */
export function countOf(baseline: Baseline): number {
  let count = 0;
  for (const entries of baseline.files.values()) for (const entry of entries.values()) count += entry.count;
  return count;
}
