import type { Kind, Models } from "../languages/index.ts";
import type { Problem } from "./rule.ts";

/** The problems of one unit by rule, kept for the next check. */
export interface UnitResult {
  readonly model: Models[Kind];
  /** `FileConfig.key` of that check. */
  readonly key: string;
  /** Of `document` rules only; places count from the unit's start. */
  readonly problems: ReadonlyMap<string, readonly Problem[]>;
}
