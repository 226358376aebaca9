import type { PinOptions } from "../pin-options.ts";
import { pinCounts, type PinResult } from "../pin-result.ts";

/** Version 1 of the JSON of `pin`: places count from 0 as in that of `check`; what there is not, is null. */
export function pinJson(result: PinResult, { task, dryRun }: Pick<PinOptions, "task" | "dryRun">): string {
  const report = {
    version: 1,
    task,
    written: task !== "check" && !dryRun,
    images: result.images.map(({ path, range, text, role, owner, outcome }) => ({
      path,
      range,
      image: text,
      role,
      owner: owner ?? null,
      outcome: outcome.type,
      before: "before" in outcome ? outcome.before : null,
      digest: "digest" in outcome ? outcome.digest : null,
      singlePlatform: "single" in outcome ? outcome.single : null,
      reason: "reason" in outcome ? outcome.reason : null,
    })),
    summary: {
      files: result.files,
      ...pinCounts(result),
      freshness: result.freshness,
      notices: result.notices.map(({ text }) => text),
    },
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
