import { type Span, shift } from "../text/span.ts";
import type { ImageUse } from "./image/reference.ts";
import type { ParsedFile } from "./index.ts";

/** The image that a file names at an offset, its last character's end included; `span` counts in the whole file. */
export function imageAt(
  parsed: ParsedFile,
  offset: number,
): { readonly use: ImageUse; readonly span: Span } | undefined {
  const unit = parsed.units.findLast(({ base }) => base <= offset);
  if (unit === undefined || !("images" in unit.model)) return undefined;
  const at = offset - unit.base;
  const use = unit.model.images.find(({ span }) => span.start <= at && at <= span.end);
  return use === undefined ? undefined : { use, span: shift(use.span, unit.base) };
}
