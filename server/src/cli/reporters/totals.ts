import { listed } from "../../text/words.ts";
import type { Summary } from "../result.ts";

/** "2 errors, 5 warnings and 1 note in 3 of 12 files", or that nothing was found. */
export function totals(summary: Summary): string {
  const counts = [
    counted(summary.errors, "error"),
    counted(summary.warnings, "warning"),
    counted(summary.infos, "note"),
    counted(summary.hints, "hint"),
  ].filter((part) => part !== undefined);
  if (counts.length === 0) return `No problems in ${summary.files} ${summary.files === 1 ? "file" : "files"}`;
  const files =
    summary.files === summary.filesWithFindings
      ? (counted(summary.files, "file") ?? "")
      : `${summary.filesWithFindings} of ${summary.files} files`;
  return `${listed(counts)} in ${files}`;
}

/** `undefined` for none. */
export function counted(count: number, noun: string): string | undefined {
  return count === 0 ? undefined : `${count} ${noun}${count === 1 ? "" : "s"}`;
}
