import { type ImageUse, pinnedText } from "../../../languages/image/index.ts";
import { replace, type TextEdit } from "../../../text/edit.ts";
import { textOf } from "../../../text/span.ts";

/** Gives a reference this digest, in the place of one that it has, and the tag `latest` where it has none; no edit where it stands in another way than it reads (escapes, variables, folded lines). */
export function digestEdit(text: string, { reference, span }: ImageUse, digest: string): TextEdit | undefined {
  if (reference === undefined || textOf(text, span) !== reference.text) return undefined;
  return replace(span, pinnedText(reference, digest));
}

/** As much of a digest as people compare: `sha256:` and twelve digits. */
export function shortDigest(digest: string): string {
  return digest.slice(0, digest.indexOf(":") + 13);
}
