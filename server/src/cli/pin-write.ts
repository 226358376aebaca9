import { parseFile } from "../languages/index.ts";
import { pinnedText } from "../languages/image/index.ts";
import { pinEdit, type PinTarget, pinTargets } from "../registry/pins.ts";
import { applyEdits } from "../text/edit.ts";
import { readText, writeText } from "./files.ts";
import type { FileOfImages } from "./pin-images.ts";
import { reasonOf } from "./walk.ts";

/** A digest for an image of a file. */
export interface NewDigest {
  readonly target: PinTarget;
  readonly digest: string;
}

/**
 * Writes digests into a file, all of them or none; with `dryRun` it does all but that. Why the file was left as it is, in one sentence; `undefined` where
 * all is well.
 */
export function writePins(file: FileOfImages, digests: readonly NewDigest[], dryRun: boolean): string | undefined {
  const { parsed, absolutePath } = file;
  if (digests.length === 0) return undefined;
  if (!file.faithful) return "The file is not UTF-8, so it was left as it is.";
  const edits = digests.flatMap(({ target, digest }) => pinEdit(parsed, target, digest) ?? []);
  const after = edits.length === digests.length ? applyEdits(parsed.file.text, edits) : undefined;
  if (after === undefined || !reads(file, after, digests)) {
    return "The file would not read as it should afterwards, so it was left as it is.";
  }
  if (dryRun) return undefined;
  try {
    if (readText(absolutePath).text !== parsed.file.text) {
      return "The file has changed meanwhile, so it was left as it is: run the command again.";
    }
    writeText(absolutePath, after, file.mark);
    return undefined;
  } catch (error) {
    return `The file could not be written: ${reasonOf(error)}.`;
  }
}

/** Whether the new text names the same images, those with their new digests. */
function reads({ parsed }: FileOfImages, after: string, digests: readonly NewDigest[]): boolean {
  const wanted = new Map(
    digests.map(({ target, digest }) => [target.span.start, pinnedText(target.reference, digest)]),
  );
  const again = parseFile({ ...parsed.file, text: after });
  const found = again === undefined ? [] : pinTargets(again).map(({ reference }) => reference.text);
  const expected = pinTargets(parsed).map(({ reference, span }) => wanted.get(span.start) ?? reference.text);
  return found.length === expected.length && found.every((text, index) => text === expected[index]);
}
