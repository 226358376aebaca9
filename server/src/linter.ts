import type { FileConfig } from "./engine/config.ts";
import type { Baseline } from "./engine/baseline.ts";
import type { Finding, SuppressedFinding } from "./engine/finding.ts";
import type { ParsedFile, SourceFile } from "./languages/index.ts";
import type { WorkspaceView } from "./workspace/workspace.ts";

/** Everything known of one text after one check. Frozen; the editor keeps one for each version of a document. */
export interface Report {
  readonly parsed: ParsedFile;
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
}

export interface CheckRequest {
  readonly file: SourceFile;
  readonly config: FileConfig;
  readonly workspace: WorkspaceView;
  readonly baseline?: Baseline;
  /** The last report of the same file: what did not change is taken over. */
  readonly previous?: Report;
}

// export function check(request: CheckRequest): Report | undefined                        undefined: not a file of ours
// export function* checkInSteps(request: CheckRequest): Generator<void, Report | undefined>   yields between units, so that a caller can stop
