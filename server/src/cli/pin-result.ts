import type { ImageUse } from "../languages/image/index.ts";
import type { Notice, Range } from "./result.ts";

/** What became of the images of all files. */
export interface PinResult {
  /** File by file, in the order of their texts. */
  readonly images: readonly PinnedImage[];
  /** How many files were looked through. */
  readonly files: number;
  /** Whether bots keep the digests fresh, a sentence for each repository. */
  readonly freshness: readonly string[];
  readonly notices: readonly Notice[];
}

/** One reference and what became of it. */
export interface PinnedImage {
  /** As a person in the current folder would write it, with `/`. */
  readonly path: string;
  readonly range: Range;
  /** As it stood in the file. */
  readonly text: string;
  readonly role: ImageUse["role"];
  readonly owner: string | undefined;
  readonly outcome: PinOutcome;
}

/** Digests are whole; `before` is the one in the file. `single`: the digest is of an image of one platform, not of an index of several. */
export type PinOutcome =
  /** It was given a digest, or would be. */
  | { readonly type: "pinned"; readonly digest: string; readonly single: boolean }
  /** Its digest was replaced, or would be. */
  | { readonly type: "updated"; readonly before: string; readonly digest: string; readonly single: boolean }
  /** The tag stands for the digest beside it. */
  | { readonly type: "current"; readonly digest: string }
  /** The tag stands for another digest than the one beside it, which stays. */
  | { readonly type: "moved"; readonly before: string; readonly digest: string; readonly single: boolean }
  /** It has a digest, and nobody asked whether the tag has moved. */
  | { readonly type: "kept"; readonly before: string }
  /** It has no digest, and none was asked for. */
  | { readonly type: "unpinned" }
  | { readonly type: "skipped"; readonly reason: string }
  /** `reason` is one sentence. */
  | { readonly type: "failed"; readonly reason: string };

/** How many images there are of each outcome. */
export type PinCounts = Readonly<Record<PinOutcome["type"], number>>;

/** Counts what a result holds. */
export function pinCounts({ images }: PinResult): PinCounts {
  const counts = { pinned: 0, updated: 0, current: 0, moved: 0, kept: 0, unpinned: 0, skipped: 0, failed: 0 };
  for (const { outcome } of images) counts[outcome.type] += 1;
  return counts;
}
