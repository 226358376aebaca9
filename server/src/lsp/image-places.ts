import type { ImageReference, ImageUse } from "../languages/image/reference.ts";
import type { ParsedFile } from "../languages/index.ts";
import { contains, shift, type Span } from "../text/span.ts";

/** A place in a file that names an image which is pulled, and which is known by its name. */
export interface ImagePlace {
  readonly reference: ImageReference;
  /** In the whole file. */
  readonly span: Span;
  readonly use: ImageUse;
}

/** The image that is named at an offset; `undefined` at what is built there, and at a name that depends on what is not known. */
export function imageAt({ units }: ParsedFile, offset: number): ImagePlace | undefined {
  const unit = units.findLast(({ base }) => base <= offset);
  if (unit === undefined) return undefined;
  const place = { start: offset, end: offset };
  for (const use of unit.model.images) {
    const span = shift(use.span, unit.base);
    if (use.reference !== undefined && !use.built && contains(span, place)) {
      return { reference: use.reference, span, use };
    }
  }
  return undefined;
}

/** Of the places where a reference stands as it stood, the one nearest to where that was. */
export function nearest<T extends { readonly reference: ImageReference; readonly span: Span }>(
  places: readonly T[],
  image: string,
  offset: number,
): T | undefined {
  const distance = ({ span }: T): number => Math.abs(span.start - offset);
  return places
    .filter(({ reference }) => reference.text === image)
    .reduce<T | undefined>((best, place) => (best && distance(best) <= distance(place) ? best : place), undefined);
}
